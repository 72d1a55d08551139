package newswire.normalizer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import newswire.contract.Article;
import org.jspecify.annotations.Nullable;

/** Who made an article: the byline as it is printed, and the persons as far as the structure tells them apart. */
final class Credits {
    private static final Pattern BY = Pattern.compile("(?i)^(?:by|von|par|por|di|от)[ :]\\s*(?=\\p{Lu})");
    private static final int MOST = 20;

    private final List<Entry.Person> people;
    private final Story story;

    Credits(Entry entry, Story story) {
        var own = entry.people();
        this.people = own.isEmpty()
                ? entry.channel().authors().stream()
                        .filter(it -> it.role().equals("author"))
                        .toList()
                : own;
        this.story = story;
    }

    @Nullable
    String byline() {
        var names = people.stream()
                .filter(person -> person.role().equals("author"))
                .map(Credits::name)
                .filter(name -> !name.isEmpty())
                .distinct()
                .limit(MOST)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? null : PlainText.cut(names, 500);
    }

    private static String name(Entry.Person person) {
        return person.name() == null ? "" : BY.matcher(person.name()).replaceFirst("");
    }

    List<Article.Contributor> contributors() {
        var contributors = new ArrayList<Article.Contributor>();
        for (var person : people) {
            var name = name(person);
            var url = person.uri() != null && person.uri().startsWith("http")
                    ? CanonicalUrl.resolve(java.net.URI.create("about:blank"), person.uri())
                    : null;
            if (!name.isEmpty()) {
                add(
                        contributors,
                        new Article.Contributor(
                                PlainText.cut(name, 300), person.role(), url, person.email(), person.source()));
            }
        }
        for (var translator : story.translators()) {
            add(contributors, new Article.Contributor(translator, "translator", null, null, "body-text"));
        }
        return contributors;
    }

    private static void add(List<Article.Contributor> contributors, Article.Contributor one) {
        boolean known = contributors.stream()
                .anyMatch(
                        other -> other.name().equals(one.name()) && other.role().equals(one.role()));
        if (!known && contributors.size() < MOST) {
            contributors.add(one);
        }
    }
}
