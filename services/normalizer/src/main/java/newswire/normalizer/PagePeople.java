package newswire.normalizer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who made an article, by its page; part of {@link PageReader}. */
final class PagePeople {
    private static final List<String> ROLES = List.of("author", "editor", "translator", "contributor");

    private static final Pattern ADDRESS = Pattern.compile("(?i)(?:https?:/)?/.*|@\\w+");

    private PagePeople() {}

    /** @param site whose name is no author's */
    static List<Entry.Person> of(HtmlPage page, JsonLd.Thing article, @Nullable String site) {
        var people = new ArrayList<Entry.Person>();
        for (var role : ROLES) {
            for (var person : article.all(role)) {
                people.addAll(described(role, person));
            }
        }
        if (people.stream().noneMatch(PagePeople::isAuthor)) {
            for (var person : article.all("creator")) {
                people.addAll(described("author", person));
            }
        }
        people.removeIf(person -> site != null && isAuthor(person) && site.equalsIgnoreCase(person.name()));
        if (people.stream().noneMatch(PagePeople::isAuthor)) {
            people.addAll(stated(page, site));
        }
        return people;
    }

    private static boolean isAuthor(Entry.Person person) {
        return person.role().equals("author") && person.name() != null;
    }

    private static List<Entry.Person> described(String role, JsonLd.Thing person) {
        var url = person.first("url", "sameAs");
        var name = person.node().isString() ? person.text() : person.text("name");
        return name == null || name.startsWith("http")
                ? List.of()
                : PeopleReader.person(role, name, person.text("email"), url, "json-ld");
    }

    private static List<Entry.Person> stated(HtmlPage page, @Nullable String site) {
        var metas = new ArrayList<>(page.metas(
                "author",
                "byl",
                "article:author",
                "parsely-author",
                "sailthru.author",
                "dc.creator",
                "dcterms.creator"));
        metas.removeIf(
                name -> name.equalsIgnoreCase(site) || ADDRESS.matcher(name).matches());
        for (var names :
                List.of(metas.subList(0, Math.min(1, metas.size())), page.properties("author"), page.authors())) {
            var people = names.stream()
                    .filter(name -> !name.equalsIgnoreCase(site))
                    .flatMap(name -> PeopleReader.person("author", name, null, null, PageReader.SOURCE).stream())
                    .toList();
            if (!people.isEmpty()) {
                return people;
            }
        }
        return List.of();
    }
}
