package newswire.normalizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is believed where an entry and its page differ: the feed for what was published, the page for where and for the full
 * text. What loses is kept where it is cheap: other titles, other dates.
 */
final class Conflicts {
    /** Dates of a page that are as good as a feed's own and more exact. */
    private static final Set<String> STRUCTURED = Set.of("datePublished", "article:published_time");

    private Conflicts() {}

    /** One entry of both. */
    static Entry settle(Entry feed, Entry page) {
        return new Entry(
                feed.guid(),
                feed.guidIsLink(),
                joined(feed.links(), page.links()),
                titles(feed.titles(), page.titles()),
                joined(feed.contents(), page.contents()),
                feed.summary() == null ? page.summary() : feed.summary(),
                people(feed, page),
                dates(feed.dates(), page.dates()),
                joined(feed.languages(), page.languages()),
                joined(feed.categories(), page.categories()),
                joined(feed.media(), page.media()),
                joined(feed.spots(), page.spots()),
                RssReader.first(feed.rights(), page.rights()),
                RssReader.first(feed.license(), page.license()),
                feed.source() == null ? page.source() : feed.source(),
                feed.deleted(),
                channel(feed.channel(), page.channel()),
                page.work());
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        var all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    /** A title that the feed cut short is the page's. */
    private static List<Entry.Text> titles(List<Entry.Text> feed, List<Entry.Text> page) {
        boolean cut = !feed.isEmpty()
                && !page.isEmpty()
                && Headlines.isCut(Headlines.plain(feed.getFirst()), Headlines.plain(page.getFirst()));
        return cut ? joined(page, feed.subList(1, feed.size())) : joined(feed, page);
    }

    /** The page is asked for authors only if the feed names none, or its own site; for other roles, if the feed has none of them. */
    private static List<Entry.Person> people(Entry feed, Entry page) {
        var site = RssReader.first(feed.channel().title(), page.channel().title());
        var people = new ArrayList<>(feed.people());
        boolean named = people.stream()
                .anyMatch(person -> person.role().equals("author")
                        && person.name() != null
                        && !person.name().equalsIgnoreCase(site)
                        && !person.name().equalsIgnoreCase(page.channel().title()));
        var authors = page.people().stream()
                .filter(person -> person.role().equals("author"))
                .toList();
        if (!named && !authors.isEmpty()) {
            people.removeIf(person -> person.role().equals("author"));
            people.addAll(0, authors);
        }
        for (var person : page.people()) {
            boolean known =
                    feed.people().stream().anyMatch(other -> other.role().equals(person.role()));
            if (!known && !person.role().equals("author")) {
                people.add(person);
            }
        }
        return people;
    }

    private static List<Entry.RawDate> dates(List<Entry.RawDate> feed, List<Entry.RawDate> page) {
        var dates = new ArrayList<Entry.RawDate>();
        page.stream().filter(date -> STRUCTURED.contains(date.source())).forEachOrdered(dates::add);
        dates.addAll(feed);
        page.stream().filter(date -> !STRUCTURED.contains(date.source())).forEachOrdered(dates::add);
        return dates;
    }

    private static Entry.Channel channel(Entry.Channel feed, Entry.Channel page) {
        return new Entry.Channel(
                first(feed.title(), page.title()),
                first(feed.url(), page.url()),
                feed.language(),
                feed.description(),
                feed.authors(),
                feed.updated(),
                feed.image(),
                feed.rights(),
                feed.license());
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return Objects.requireNonNullElse(one, "").isBlank() ? other : one;
    }
}
