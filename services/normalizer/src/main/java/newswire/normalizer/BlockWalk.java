package newswire.normalizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** Cuts a sanitised tree into the blocks that a page would show apart; part of {@link Html}. */
final class BlockWalk {
    private static final Set<String> APART = Set.of(
            "p",
            "div",
            "ul",
            "ol",
            "li",
            "blockquote",
            "pre",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "table",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "dl",
            "dt",
            "dd",
            "hr",
            "figcaption",
            "caption",
            "body");

    private static final Pattern AROUND_LINES = Pattern.compile(" *\\n *");
    private static final Pattern LINES = Pattern.compile("\\n{2,}");

    private final List<Html.BlockOf> blocks = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Block.Anchor> anchors = new ArrayList<>();
    private final List<Block.Picture> pictures = new ArrayList<>();
    private int breaks;
    private boolean preformatted;

    /** The blocks below an element. */
    List<Html.BlockOf> of(Element body) {
        children(body);
        flush();
        return blocks;
    }

    private void children(Element parent) {
        for (var child : parent.childNodes()) {
            visit(child);
        }
    }

    private void visit(Node node) {
        if (node instanceof TextNode leaf) {
            append(leaf);
        } else if (node instanceof Element element) {
            element(element);
        }
    }

    private void append(TextNode leaf) {
        if (breaks > 1 && !Html.isBlank(leaf)) {
            flush();
        }
        var words = preformatted ? leaf.getWholeText() : collapsed(leaf.getWholeText());
        boolean doubled = !preformatted
                && words.startsWith(" ")
                && (text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1)));
        text.append(doubled ? words.substring(1) : words);
        nodes.add(leaf);
        breaks = Html.isBlank(leaf) ? breaks : 0;
    }

    private static String collapsed(String text) {
        var out = new StringBuilder(text.length());
        boolean before = false;
        for (int at = 0; at < text.length(); at++) {
            char one = text.charAt(at);
            boolean space = " \t\r\n\f".indexOf(one) >= 0;
            if (!(space && before)) {
                out.append(space ? ' ' : one);
            }
            before = space;
        }
        return out.toString();
    }

    private void element(Element element) {
        switch (element.normalName()) {
            case "br" -> {
                text.append('\n');
                nodes.add(element);
                breaks++;
            }
            case "img" -> {
                pictures.add(picture(element));
                nodes.add(element);
            }
            case "figure" -> figure(element);
            case "td", "th" -> {
                text.append(text.isEmpty() ? "" : "\t");
                children(element);
            }
            default -> nested(element);
        }
    }

    private void nested(Element element) {
        if (element.hasAttr(HtmlPreparation.BOX)) {
            whole(element, Block.Kind.BOX, element.wholeText(), List.of(), element.attr(HtmlPreparation.BOX));
        } else if (APART.contains(element.normalName())) {
            apart(element);
        } else {
            if (breaks > 1 && element.hasText()) {
                flush();
            }
            if (element.normalName().equals("a") && element.hasAttr("href")) {
                var language = element.attr("hreflang");
                anchors.add(new Block.Anchor(
                        element.attr("href"), PlainText.line(element.text()), language.isEmpty() ? null : language));
            }
            children(element);
        }
    }

    private void apart(Element element) {
        boolean around = preformatted;
        preformatted |= element.normalName().equals("pre");
        flush();
        children(element);
        flush();
        preformatted = around;
    }

    private void figure(Element figure) {
        var images = figure.select(Html.IMAGE).stream().map(BlockWalk::picture).toList();
        var caption = figure.selectFirst("figcaption");
        if (images.isEmpty()) {
            apart(figure);
        } else {
            whole(figure, Block.Kind.FIGURE, caption == null ? figure.text() : caption.text(), images, null);
        }
    }

    private void whole(
            Element element, Block.Kind kind, String content, List<Block.Picture> images, @Nullable String role) {
        flush();
        anchors.clear();
        var line = PlainText.line(content);
        blocks.add(new Html.BlockOf(new Block(blocks.size(), kind, line, List.of(), images, role), List.of(element)));
    }

    private static Block.Picture picture(Element image) {
        var alt = PlainText.line(image.attr("alt"));
        return new Block.Picture(
                "picture",
                image.attr("src"),
                alt.isEmpty() ? null : alt,
                HtmlPreparation.number(image.attr("width")),
                HtmlPreparation.number(image.attr("height")));
    }

    private static String lines(String text) {
        return text.indexOf('\n') < 0
                ? text
                : LINES.matcher(AROUND_LINES.matcher(text).replaceAll("\n")).replaceAll("\n");
    }

    private void flush() {
        var content = PlainText.strip(lines(PlainText.clean(text.toString())));
        pictures.removeIf(picture -> picture.href().isEmpty());
        if (!content.isEmpty() || !pictures.isEmpty()) {
            blocks.add(new Html.BlockOf(
                    new Block(blocks.size(), Block.Kind.TEXT, content, anchors, pictures, null), nodes));
        }
        text.setLength(0);
        nodes.clear();
        anchors.clear();
        pictures.clear();
        breaks = 0;
    }
}
