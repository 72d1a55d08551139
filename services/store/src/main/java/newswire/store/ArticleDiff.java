package newswire.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import newswire.contract.Article;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What differs between two revisions: title and text word by word, other properties as a whole.
 *
 * @param from version
 * @param to version
 */
record ArticleDiff(String from, String to, List<WordDiff.Part> title, List<WordDiff.Part> body, List<Field> fields) {
    /** Shown as text, or different in every revision. */
    private static final Set<String> NOT_FIELDS = Set.of(
            "title",
            "headlines",
            "bodies",
            "version",
            "versionCreated",
            "revision",
            "fingerprints",
            "provenance",
            "standard");

    ArticleDiff {
        title = List.copyOf(title);
        body = List.copyOf(body);
        fields = List.copyOf(fields);
    }

    /**
     * A property that differs.
     *
     * @param from absent = it was not there
     * @param to absent = it is not there any more
     */
    record Field(
            String name, @Nullable JsonNode from, @Nullable JsonNode to) {}

    static ArticleDiff of(Article before, Article after) {
        return new ArticleDiff(
                before.version(),
                after.version(),
                WordDiff.of(before.title(), after.title()),
                WordDiff.of(body(before), body(after)),
                fields(Encoding.json().valueToTree(before), Encoding.json().valueToTree(after)));
    }

    private static String body(Article article) {
        return article.bodies().isEmpty() ? "" : article.bodies().getFirst().value();
    }

    private static List<Field> fields(JsonNode before, JsonNode after) {
        var names = new java.util.TreeSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        names.removeAll(NOT_FIELDS);
        var fields = new ArrayList<Field>();
        for (var name : names) {
            if (!Objects.equals(before.get(name), after.get(name))) {
                fields.add(new Field(name, before.get(name), after.get(name)));
            }
        }
        return fields;
    }

    /** An HTML fragment with {@code ins} and {@code del}; all that comes from a feed is escaped. */
    String html() {
        var html = new StringBuilder("<article class=\"diff\"><h2>");
        append(title, html);
        html.append("</h2><p>");
        append(body, html);
        html.append("</p>");
        if (!fields.isEmpty()) {
            html.append("<dl>");
            fields.forEach(field -> append(field, html));
            html.append("</dl>");
        }
        return html.append("</article>").toString();
    }

    private static void append(List<WordDiff.Part> parts, StringBuilder html) {
        for (var part : parts) {
            var text = Markup.escape(part.text()).replace("\n\n", "</p><p>");
            switch (part.kind()) {
                case SAME -> html.append(text);
                case REMOVED -> html.append(marked("del", text));
                case ADDED -> html.append(marked("ins", text));
            }
        }
    }

    /** A mark does not reach over the end of a paragraph. */
    private static String marked(String element, String text) {
        var mark = "<" + element + ">" + text.replace("</p><p>", "</" + element + "></p><p><" + element + ">") + "</"
                + element + ">";
        return mark.replace("<" + element + "></" + element + ">", "");
    }

    private static void append(Field field, StringBuilder html) {
        html.append("<dt>").append(Markup.escape(field.name())).append("</dt><dd>");
        if (field.from() != null) {
            html.append("<del>").append(Markup.escape(text(field.from()))).append("</del> ");
        }
        if (field.to() != null) {
            html.append("<ins>").append(Markup.escape(text(field.to()))).append("</ins>");
        }
        html.append("</dd>");
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }
}
