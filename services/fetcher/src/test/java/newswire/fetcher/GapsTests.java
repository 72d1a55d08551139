package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import newswire.contract.FeedState;
import newswire.contract.FeedState.Gap.Outlook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GapsTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static FeedState poll(@Nullable FeedState before, Instant now, String entries) {
        return poll(before, now, FeedServer.rss(entries.split(" ")), true);
    }

    private static FeedState poll(@Nullable FeedState before, Instant now, String document, boolean known) {
        var parsed = (FeedDocument.Parsed)
                FeedDocument.read(document.getBytes(StandardCharsets.UTF_8), null, known ? 100 : 1);
        var outcome = Poller.changed(NextStateTests.exchange(null), parsed, null, "ab".repeat(32), before, false);
        return NextStateTests.next(before, outcome, now);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # before, now,   a gap
            b a,      c b a, false
            b a,      c b,   false
            b a,      d c,   true
            b a,      a,     false
            """)
    void isWhereTwoDocumentsShareNothing(String before, String now, boolean gap) {
        var first = poll(null, NOW, before);
        var second = poll(first, NOW.plusSeconds(60), now);
        assertThat(first.gaps()).isEmpty();
        assertThat(second.gaps())
                .isEqualTo(
                        gap ? List.of(new FeedState.Gap(NOW, NOW.plusSeconds(60), Outlook.OPEN, 0, null)) : List.of());
    }

    @Test
    void fiveAreRememberedAndAfterThreeThatStayedOpenNoneIsLookedInto() {
        var state = poll(null, NOW, "x");
        for (int i = 0; i < 3; i++) {
            state = poll(state, NOW.plusSeconds(60 + i), "y" + i);
            var given = Objects.requireNonNull(Gaps.open(state));
            state = NextState.with(
                    state,
                    Gaps.with(
                            state.gaps(),
                            given,
                            open -> new FeedState.Gap(open.from(), open.to(), Outlook.PERMANENT, 0, null)),
                    state.seen());
        }
        for (int i = 0; i < 3; i++) {
            state = poll(state, NOW.plusSeconds(70 + i), "z" + i);
            assertThat(Gaps.open(state)).isNull();
        }
        assertThat(state.gaps()).hasSize(5);
    }

    @Test
    void remembersWhereTheOlderPartIs() {
        var first = poll(null, NOW, "a");
        var paged = FeedServer.rss("b")
                .replace("<rss ", "<rss xmlns:atom=\"http://www.w3.org/2005/Atom\" ")
                .replace("<description>", "<atom:link rel=\"prev-archive\" href=\"feed/2\"/><description>");
        assertThat(poll(first, NOW.plusSeconds(60), paged, true).gaps())
                .extracting(FeedState.Gap::next)
                .containsExactly(URI.create("https://news.example/feed/2"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # what the gap says,       generator,                    first
            https://news.example/arch, https://wordpress.org/?v=6.9, https://news.example/arch
                                     , https://wordpress.org/?v=6.9, https://news.example/feed?paged=2
                                     , Hugo,
                                     , ,
            """)
    void knowsWhereToBegin(@Nullable URI next, @Nullable String generator, @Nullable URI first) {
        var gap = new FeedState.Gap(NOW, NOW, Outlook.OPEN, 0, next);
        assertThat(OlderParts.first(URI.create("https://news.example/feed"), gap, generator))
                .isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # document read,                     its link, generator, next
            https://news.example/feed?paged=2,   ,         WordPress, https://news.example/feed?paged=3
            https://news.example/?feed=rss,      ,         WordPress, https://news.example/?feed=rss&paged=2
            https://news.example/f?paged=9&x=1,  ,         ,          https://news.example/f?paged=10&x=1
            https://news.example/feed?paged=2,   /older,   WordPress, https://news.example/older
            https://news.example/feed,           ,         Hugo,
            https://news.example/feed,           /feed,    Hugo,
            https://news.example/feed,           mailto:x, Hugo,
            """)
    void knowsWhereToGoOn(URI url, @Nullable String link, @Nullable String generator, @Nullable URI next) {
        var facts = new ChannelFacts(generator, null, null, null, null, null, null, List.of(), List.of(), null, link);
        assertThat(OlderParts.after(url, facts)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # published,                    in the gap
            2026-03-01T10:30:00Z,           true
            2026-03-01T11:30:00+01:00,      true
            'Sun, 1 Mar 2026 10:30:00 GMT', true
            2026-03-01T11:00:00Z,           false
            2026-03-01T09:59:00Z,           false
            2026-03-01,                     false
            yesterday,                      false
                                    ,       false
            """)
    void sendsOnlyWhatSaysThatItIsOfTheGap(@Nullable String published, boolean within) {
        var gap = new FeedState.Gap(NOW, NOW.plusSeconds(3600), Outlook.OPEN, 0, null);
        var entry = new FeedDocument.Entry(0, "a", "", new EntryFacts(null, () -> true, published, 0), () -> "");
        assertThat(OlderParts.within(gap, entry)).isEqualTo(within);
    }

    @Test
    void knowsWhenItIsBackWhereItWas() {
        var memory = SeenEntries.of(
                poll(poll(null, NOW, "b a"), NOW.plusSeconds(60), "f e").seen());
        assertThat(memory.reachedBy(sightings(memory, "d", "c"))).isFalse();
        assertThat(memory.reachedBy(sightings(memory, "f", "e", "d")))
                .as("what it has now")
                .isFalse();
        assertThat(memory.reachedBy(sightings(memory, "c", "b"))).isTrue();
    }

    private static List<SeenEntries.Sighting> sightings(SeenEntries memory, String... names) {
        var bytes = FeedServer.rss(Arrays.copyOf(names, names.length)).getBytes(StandardCharsets.UTF_8);
        return memory.compare(((FeedDocument.Parsed) FeedDocument.read(bytes, null, 100)).entries());
    }
}
