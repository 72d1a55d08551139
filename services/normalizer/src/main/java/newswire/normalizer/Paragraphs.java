package newswire.normalizer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import newswire.contract.Article;
import org.jspecify.annotations.Nullable;

/** Sorts blocks into story, captions and notices. A sentence of the story is never taken for anything else. */
final class Paragraphs {
    private static final Pattern ADDRESS = Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)++");
    private static final Pattern CORRECTION = Pattern.compile(
            "(?siu)(?:correction|clarification|editor[’']s note|corrected|korrektur|correctif|corrección|정정)(?!\\p{L}).*");

    private final List<Block> blocks;
    private final Notices rules;
    private final List<Notices.@Nullable Match> matches = new ArrayList<>();
    private final Set<Integer> left = new HashSet<>();
    private final List<Article.Notice> notices = new ArrayList<>();
    private final List<Story.Figure> figures = new ArrayList<>();
    private final List<String> translators = new ArrayList<>();
    private final List<String> contacts = new ArrayList<>();
    private final List<Story.Link> languages = new ArrayList<>();

    private Paragraphs(List<Block> blocks, Notices rules) {
        this.blocks = blocks;
        this.rules = rules;
    }

    /** Sorts the blocks of one text. */
    static Story sort(List<Block> blocks, Notices rules) {
        var paragraphs = new Paragraphs(blocks, rules);
        paragraphs.captions();
        paragraphs.match();
        paragraphs.take();
        return paragraphs.story();
    }

    private void captions() {
        for (var block : blocks) {
            if (block.kind() == Block.Kind.FIGURE) {
                figure(block.index(), block, Captions.of(block.text()));
            } else if (block.kind() == Block.Kind.TEXT) {
                caption(block);
            }
        }
    }

    private void caption(Block block) {
        var caption = Captions.find(block.text());
        if (caption != null) {
            var above = aloneAbove(block);
            figure(block.index(), above == null ? block : above, caption);
        } else if (block.text().isEmpty()) {
            figure(block.index(), block, new Captions.Caption("", null));
        } else if (!block.pictures().isEmpty()) {
            figures.add(new Story.Figure(block.index(), block.pictures(), null, null));
        }
    }

    /** The block before a caption if it is nothing but a picture that has none yet. */
    private @Nullable Block aloneAbove(Block caption) {
        var above = caption.index() == 0 ? null : blocks.get(caption.index() - 1);
        boolean alone =
                above != null && above.text().isEmpty() && !above.pictures().isEmpty();
        if (alone && caption.pictures().isEmpty()) {
            figures.removeLast();
            return above;
        }
        return null;
    }

    private void figure(int index, Block pictured, Captions.Caption caption) {
        var text = caption.text().isEmpty() ? null : caption.text();
        figures.add(new Story.Figure(pictured.index(), pictured.pictures(), text, caption.credit()));
        if (!blocks.get(index).text().isEmpty() || pictured.kind() == Block.Kind.FIGURE) {
            left.add(index);
        }
    }

    private void match() {
        for (var block : blocks) {
            boolean told = left.contains(block.index()) || block.text().isEmpty();
            matches.add(told ? null : match(block));
        }
    }

    private Notices.@Nullable Match match(Block block) {
        var language = LanguageLinks.language(block.text());
        if (language != null) {
            return new Notices.Match("language-link", true, language);
        }
        var match = rules.match(block.text());
        if (match != null) {
            return match;
        }
        return block.role() == null ? rules.matchEdge(block) : new Notices.Match(block.role(), true, null);
    }

    private void take() {
        int first = 0;
        while (first < blocks.size() && isAside(first)) {
            first++;
        }
        int last = blocks.size() - 1;
        while (last > first && isAside(last)) {
            last--;
        }
        for (var block : blocks) {
            var match = matches.get(block.index());
            boolean edge = block.index() < first || block.index() > last;
            if (match != null && (match.anywhere() || edge)) {
                take(block, match);
            }
        }
    }

    private boolean isAside(int index) {
        return matches.get(index) != null
                || left.contains(index)
                || blocks.get(index).text().isEmpty();
    }

    private void take(Block block, Notices.Match match) {
        left.add(block.index());
        notices.add(new Article.Notice(match.role(), block.text(), block.index()));
        var name = match.name();
        if (match.role().equals("translator-credit") && name != null) {
            translators.add(PlainText.strip(name));
        } else if (match.role().equals("contact")) {
            ADDRESS.matcher(block.text()).results().map(found -> found.group()).forEachOrdered(contacts::add);
        } else if (match.role().equals("language-link") && name != null) {
            var anchor = block.anchors().isEmpty() ? null : block.anchors().getFirst();
            languages.add(new Story.Link(
                    name, anchor == null ? null : anchor.href(), anchor != null && anchor.language() != null));
        }
    }

    private Story story() {
        var paragraphs = new ArrayList<String>();
        var corrections = new ArrayList<String>();
        for (var block : blocks) {
            if (!left.contains(block.index()) && !block.text().isEmpty()) {
                paragraphs.add(block.text());
                if (CORRECTION.matcher(block.text()).matches()) {
                    corrections.add(block.text());
                }
            }
        }
        return new Story(
                paragraphs,
                left.stream().sorted().toList(),
                notices,
                figures,
                translators,
                contacts,
                languages,
                corrections);
    }
}
