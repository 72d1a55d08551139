package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import newswire.contract.Article;
import newswire.contract.Feed;
import newswire.contract.Format;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;

/**
 * What holds whatever feeds do: names that come, go and are shared, texts that flip, clocks that go back, withdrawals. The
 * histories are the same in every build; another {@code seed} tries others.
 */
class AnyHistoryTests {
    private static final List<Feed> FEEDS = List.of(
            Raw.feed(URI.create("https://a.example/feed")), Raw.feed(URI.create("https://a.example/sport/feed")));
    private static final List<String> BODIES = List.of(
            "Boats on the quay.",
            "Salt in the store.",
            "",
            "The council met on the quay to speak of boats, nets and the price of salt. ".repeat(4),
            "Nobody had expected the mayor to resign over a bridge that was never built at all. ".repeat(4));

    /** A feed's document holds one to three entries; each choice is random. */
    private static List<RawArticle> history(Random random) {
        var history = new ArrayList<RawArticle>();
        for (int fetch = 0; history.size() < 40; fetch++) {
            int minute = 10 * fetch - (random.nextInt(8) == 0 ? random.nextInt(100) : 0);
            var at = Ledgers.START.plus(Duration.ofMinutes(minute));
            var feed = FEEDS.get(random.nextInt(FEEDS.size()));
            int entries = 1 + random.nextInt(3);
            for (int entry = 0; entry < entries; entry++) {
                history.add(
                        random.nextInt(15) == 0
                                ? Raw.of(feed, Format.ATOM_1_0, withdrawal(random), at, "f-" + fetch, entry)
                                : Raw.of(feed, Format.RSS_2_0, Raw.rss(item(random)), at, "f-" + fetch, entry));
            }
        }
        return history;
    }

    private static String item(Random random) {
        return element("guid isPermaLink='false'", some(random, "guid-%d"))
                + element("link", some(random, "https://a.example/story/%d"))
                + element("title", "Story %d of the day".formatted(random.nextInt(3)))
                + element("pubDate", some(random, "Tue, 31 Mar 2020 07:0%d:00 GMT"))
                + element("content:encoded", BODIES.get(random.nextInt(BODIES.size())));
    }

    private static String withdrawal(Random random) {
        return """
                <feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>F</title>
                <at:deleted-entry ref="guid-%d" when="2020-03-31T09:00:00Z"/></feed>""".formatted(random.nextInt(4));
    }

    private static @Nullable String some(Random random, String pattern) {
        return random.nextInt(5) == 0 ? null : pattern.formatted(random.nextInt(4));
    }

    private static String element(String name, @Nullable String text) {
        return text == null ? "" : "<%s>%s</%s>".formatted(name, text, name.replaceFirst(" .*", ""));
    }

    private static Map<String, List<Article>> events(List<RawArticle> raws) {
        try (var ledger = new Ledgers()) {
            return ledger.show(raws.toArray(RawArticle[]::new)).history();
        }
    }

    @Property(tries = 100, seed = "2020")
    void eachRevisionIsTheNextAndChangesWhatItSays(@ForAll long seed) {
        for (var revisions : events(history(new Random(seed))).values()) {
            assertThat(revisions)
                    .extracting(it -> it.revision().number())
                    .isEqualTo(
                            IntStream.rangeClosed(1, revisions.size()).boxed().toList());
            for (int at = 1; at < revisions.size(); at++) {
                check(revisions.get(at - 1), revisions.get(at));
            }
        }
    }

    private static void check(Article before, Article after) {
        assertThat(after.firstCreated()).isEqualTo(before.firstCreated());
        assertThat(after.versionCreated()).isAfterOrEqualTo(before.versionCreated());
        var changed = MaterialField.changed(MaterialField.digests(before), MaterialField.digests(after), List.of());
        if (after.pubStatus() == Article.PubStatus.CANCELED) {
            assertThat(after.revision().changed()).containsExactly("pubStatus");
        } else if (before.pubStatus() == Article.PubStatus.USABLE) {
            assertThat(after.revision().changed()).isNotEmpty().isEqualTo(changed);
        }
        if (before.datePublished() != null) {
            assertThat(after.datePublished()).isNotNull().isBeforeOrEqualTo(before.datePublished());
        }
    }

    @Property(tries = 100, seed = "2020")
    void whatIsReadAgainChangesNothing(@ForAll long seed) {
        var random = new Random(seed);
        var history = history(random);
        try (var ledger = new Ledgers()) {
            ledger.show(history.toArray(RawArticle[]::new)).published();
            var before = ledger.store(LedgerStores.ARTICLES);
            Collections.shuffle(history, random);
            ledger.replay(history.toArray(RawArticle[]::new));
            assertThat(ledger.published()).isEmpty();
            assertThat(ledger.store(LedgerStores.ARTICLES)).isEqualTo(before);
        }
    }

    @Property(tries = 100, seed = "2020")
    void whatIsSentTwiceIsPublishedOnce(@ForAll long seed) {
        var history = history(new Random(seed));
        var doubled = new ArrayList<RawArticle>();
        for (var raw : history) {
            doubled.add(raw);
            doubled.add(raw);
        }
        assertThat(summary(events(doubled))).isEqualTo(summary(events(history)));
    }

    private static String summary(Map<String, List<Article>> events) {
        var summary = new StringBuilder();
        for (var revisions : events.values()) {
            for (var it : revisions) {
                summary.append("%s %s %s %s %s %s %s%n"
                        .formatted(
                                it.id(),
                                it.revision(),
                                it.title(),
                                it.url(),
                                it.fingerprints().contentHash(),
                                it.altIds(),
                                it.provenance()));
            }
        }
        return summary.toString();
    }

    @Property(tries = 100, seed = "2020")
    void eachRawArticleIsCountedOnce(@ForAll long seed) {
        var history = history(new Random(seed));
        try (var ledger = new Ledgers()) {
            ledger.show(history.toArray(RawArticle[]::new));
            double counted = 0;
            for (var outcome : Outcome.values()) {
                counted += ledger.count(outcome);
            }
            assertThat(counted).isEqualTo(history.size());
            assertThat(ledger.count(Outcome.PUBLISHED))
                    .isEqualTo(ledger.published().size());
        }
    }

    /** Two feeds of a publisher show the same stories, each its states in order: whichever is first, the end is the same. */
    @Property(tries = 15, seed = "2020")
    void twoFeedsInAnyOrderEndAlike(@ForAll long seed) {
        var random = new Random(seed);
        int[][] next = new int[FEEDS.size()][4];
        var raws = new ArrayList<RawArticle>();
        while (raws.size() < 60 || left(next)) {
            int feed = random.nextInt(FEEDS.size());
            int story = random.nextInt(4);
            if (next[feed][story] < 3) {
                raws.add(state(feed, story, next[feed][story]++));
            } else {
                raws.add(raws.get(random.nextInt(raws.size())));
            }
        }
        var events = events(raws);
        assertThat(events).hasSize(4);
        assertThat(events.values()).allSatisfy(revisions -> {
            assertThat(revisions)
                    .extracting(it -> it.revision().number())
                    .isEqualTo(
                            IntStream.rangeClosed(1, revisions.size()).boxed().toList());
            assertThat(revisions.getLast().title()).endsWith("state 2");
        });
    }

    private static boolean left(int[][] next) {
        return java.util.Arrays.stream(next)
                .flatMapToInt(java.util.Arrays::stream)
                .anyMatch(state -> state < 3);
    }

    private static RawArticle state(int feed, int story, int state) {
        var item = "<guid>g-%d</guid><link>https://a.example/%d</link><title>Story %d, state %d</title>"
                .formatted(story, story, story, state);
        return Raw.of(
                FEEDS.get(feed), Format.RSS_2_0, Raw.rss(item), Ledgers.START.plus(Duration.ofMinutes(10L * state)));
    }
}
