package newswire.store;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Writes an XML document. Characters that XML 1.0 cannot hold are left out. */
final class Xml {
    private final StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Begins an element.
     *
     * @param attributes name, value, …; one without a value is left out
     */
    Xml begin(String element, @Nullable String... attributes) {
        tag(element, attributes).append('>');
        open.push(element);
        return this;
    }

    private StringBuilder tag(String element, @Nullable String... attributes) {
        text.append('<').append(element);
        for (int i = 0; i + 1 < attributes.length; i += 2) {
            var value = attributes[i + 1];
            if (value != null) {
                text.append(' ')
                        .append(attributes[i])
                        .append("=\"")
                        .append(clean(value))
                        .append('"');
            }
        }
        return text;
    }

    Xml end() {
        text.append("</").append(open.pop()).append(">\n");
        return this;
    }

    Xml empty(String element, @Nullable String... attributes) {
        tag(element, attributes).append("/>\n");
        return this;
    }

    /** An element with text; nothing at all if there is none. */
    Xml text(String element, @Nullable Object value, @Nullable String... attributes) {
        if (value != null) {
            begin(element, attributes);
            text.append(clean(value.toString()));
            end();
        }
        return this;
    }

    private static String clean(String value) {
        var kept = new StringBuilder(value.length());
        value.codePoints().filter(Xml::isCharacter).forEachOrdered(kept::appendCodePoint);
        return Markup.escape(kept.toString());
    }

    private static boolean isCharacter(int c) {
        boolean space = c == '\t' || c == '\n' || c == '\r';
        boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
        return space || (c >= ' ' && !surrogate && c != 0xFFFE && c != 0xFFFF);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
