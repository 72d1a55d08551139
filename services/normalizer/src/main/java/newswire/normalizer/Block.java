package newswire.normalizer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a text that stands on its own: a paragraph, heading, list item, table row, or a figure.
 *
 * @param index among all blocks, from 0
 * @param kind what it is
 * @param text one or more lines; of a figure its caption
 * @param pictures in it
 * @param role of the notice that a box is
 */
record Block(
        int index,
        Kind kind,
        String text,
        List<Anchor> anchors,
        List<Picture> pictures,
        @Nullable String role) {

    Block {
        anchors = List.copyOf(anchors);
        pictures = List.copyOf(pictures);
    }

    /** What a block is. */
    enum Kind {
        TEXT,
        FIGURE,
        /** What a site puts around its stories: share buttons, related stories, forms. */
        BOX
    }

    /** A link in it. */
    record Anchor(String href, String text, @Nullable String language) {}

    /** An image in it, or a film or sound that is embedded. */
    record Picture(
            String kind,
            String href,
            @Nullable String alt,
            @Nullable Integer width,
            @Nullable Integer height) {}
}
