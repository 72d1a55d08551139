package newswire.normalizer;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/** A piece of HTML, read once: sanitised, its references absolute, cut into blocks. The only class that knows jsoup. */
final class Html {
    private static final int DEPTH = 200;
    private static final Pattern TAG = Pattern.compile("<[a-zA-Z/!][^<>]*>");
    private static final Pattern BLOCK_TAG = Pattern.compile(
            "(?i)<(?:p|div|br|li|h[1-6]|blockquote|table|figure|section|article|ul|ol|pre|td|tr|hr)\\b");
    private static final Pattern BLANK_LINE = Pattern.compile("\\R[ \\t\\u00A0]*\\R\\s*");
    private static final Pattern SHORTCODE =
            Pattern.compile("(?is)\\[caption[^\\]]*\\](.*?(?:<img[^>]*>)(?:\\s*</a>)?)(.*?)\\[/caption\\]");
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");
    static final Evaluator IMAGE = Selector.evaluatorOf("img");

    private final boolean markup;
    private final Document document;
    private final List<BlockOf> blocks;
    private final List<Block.Picture> embedded;

    private Html(boolean markup, Document document, List<BlockOf> blocks, List<Block.Picture> embedded) {
        this.markup = markup;
        this.document = document;
        this.blocks = blocks;
        this.embedded = embedded;
    }

    /** A block and the nodes that make it. */
    record BlockOf(Block block, List<Node> nodes) {
        BlockOf {
            nodes = List.copyOf(nodes);
        }
    }

    /** The text of a short piece, on one line: markup and character references are resolved once. */
    static String plain(String html) {
        if (html.indexOf('<') >= 0) {
            return PlainText.line(parse(html, "").body().text());
        }
        return PlainText.line(html.indexOf('&') < 0 ? html : visible(Parser.unescapeEntities(html, false)));
    }

    /** As the tree's text is, without what only breaks lines. */
    private static String visible(String text) {
        return text.replace("\u200B", "").replace("\u00AD", "");
    }

    /** The tree of a whole document or a piece of one. */
    static Document parse(String html, String base) {
        var parser = Parser.htmlParser().setMaxDepth(DEPTH);
        return Jsoup.parse(html, base, parser);
    }

    /** Whether a text has tags at all. */
    static boolean isMarkup(String text) {
        return TAG.matcher(text).find();
    }

    /** Whether a text has the tags of a longer piece. */
    static boolean hasBlocks(String text) {
        return BLOCK_TAG.matcher(text).find();
    }

    /** Reads HTML; text without tags is taken as paragraphs parted by blank lines. */
    static Html read(String text, boolean html, URI base) {
        boolean markup = html && isMarkup(text);
        var source = markup ? withBreaks(text) : paragraphs(html ? Parser.unescapeEntities(text, false) : text);
        var dirty = parse(source, base.toString());
        var embedded = HtmlPreparation.prepare(dirty);
        var clean = HtmlSanitizer.clean(dirty);
        return new Html(markup, clean, new BlockWalk().of(clean.body()), embedded);
    }

    /** Editors leave blank lines as paragraph breaks and a shortcode as figure where a page template would resolve both. */
    private static String withBreaks(String html) {
        var figures = html.contains("[caption")
                ? SHORTCODE.matcher(html).replaceAll("<figure>$1<figcaption>$2</figcaption></figure>")
                : html;
        return BLOCK_TAG.matcher(html).find()
                ? figures
                : BLANK_LINE.matcher(figures).replaceAll("<br><br>");
    }

    private static String paragraphs(String text) {
        var lines = text.replace("&", "&amp;").replace("<", "&lt;");
        var separator = BLANK_LINE.matcher(lines.strip()).find() ? BLANK_LINE : LINE_BREAK;
        var paragraphs = new StringBuilder();
        for (var paragraph : separator.split(lines, -1)) {
            paragraphs
                    .append("<p>")
                    .append(LINE_BREAK.matcher(paragraph.strip()).replaceAll("<br>"))
                    .append("</p>");
        }
        return paragraphs.toString();
    }

    /** The blocks in reading order; none is empty of both text and pictures. */
    List<Block> blocks() {
        return blocks.stream().map(BlockOf::block).toList();
    }

    /** Films and sounds that the text embeds. */
    List<Block.Picture> embedded() {
        return List.copyOf(embedded);
    }

    /** Whether the source was HTML rather than plain text. */
    boolean isMarkup() {
        return markup;
    }

    /**
     * The sanitised HTML. To be called once: it cuts the tree.
     *
     * @param left indices of the blocks to leave out
     * @param figures names of associations by index of the block that shows them
     */
    String without(List<Integer> left, Map<Integer, String> figures) {
        for (var each : blocks) {
            if (left.contains(each.block.index())) {
                each.nodes.forEach(Html::cut);
            }
            var name = figures.get(each.block.index());
            if (name != null
                    && each.nodes.getFirst() instanceof Element figure
                    && figure.normalName().equals("figure")) {
                figure.attr("data-assoc-ref", name);
            }
        }
        return PlainText.strip(PlainText.clean(document.body().html()));
    }

    private static void cut(Node node) {
        var parent = node.parent();
        if (parent == null) {
            return;
        }
        node.remove();
        if (parent instanceof Element element && !element.normalName().equals("body") && isEmpty(element)) {
            cut(element);
        }
    }

    private static boolean isEmpty(Element element) {
        return !element.hasText() && element.selectFirst(IMAGE) == null;
    }

    /** Whether a node is text that shows nothing. */
    static boolean isBlank(Node node) {
        return node instanceof TextNode text
                && PlainText.strip(text.getWholeText()).isEmpty();
    }
}
