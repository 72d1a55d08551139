package newswire.normalizer;

import java.util.List;
import newswire.contract.Article;
import org.jspecify.annotations.Nullable;

/**
 * A text, sorted: what is the story, and what stands around it.
 *
 * @param paragraphs the story alone
 * @param left indices of the blocks that are not story
 * @param translators names
 * @param contacts e-mail addresses
 * @param corrections blocks that correct an earlier form of the story; they stay in it
 */
record Story(
        List<String> paragraphs,
        List<Integer> left,
        List<Article.Notice> notices,
        List<Figure> figures,
        List<String> translators,
        List<String> contacts,
        List<Link> languages,
        List<String> corrections) {

    /** Nothing. */
    static final Story EMPTY =
            new Story(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    Story {
        paragraphs = List.copyOf(paragraphs);
        left = List.copyOf(left);
        notices = List.copyOf(notices);
        figures = List.copyOf(figures);
        translators = List.copyOf(translators);
        contacts = List.copyOf(contacts);
        languages = List.copyOf(languages);
        corrections = List.copyOf(corrections);
    }

    /** The story as one text. */
    String text() {
        return String.join("\n\n", paragraphs);
    }

    /**
     * Pictures with a caption; in plain text a caption alone.
     *
     * @param block index of the block that shows them
     */
    record Figure(
            int block,
            List<Block.Picture> pictures,
            @Nullable String caption,
            @Nullable String credit) {
        Figure {
            pictures = List.copyOf(pictures);
        }
    }

    /** The story in another language. */
    record Link(String language, @Nullable String href, boolean hreflang) {}
}
