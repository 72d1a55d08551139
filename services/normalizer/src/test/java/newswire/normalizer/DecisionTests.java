package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import newswire.contract.Article;
import newswire.contract.Feed;
import newswire.contract.Format;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.Test;

/** What the ledger does with what it knows and what it sees. */
class DecisionTests {
    private static final Instant START = Instant.parse("2020-03-31T08:00:00Z");
    private static final Feed FEED = Raw.feed(URI.create("https://a.example/feed"));

    private static Sighting sighting(String title, Instant at) {
        return sighting(FEED, title, at);
    }

    private static Sighting sighting(Feed feed, String title, Instant at) {
        var document = Raw.rss(
                "<guid isPermaLink='false'>1</guid><title>%s</title><content:encoded>Text of it.</content:encoded>"
                        .formatted(title));
        var raw = Raw.of(feed, Format.RSS_2_0, document, at);
        return Sighting.of(Raw.normalized(raw), raw);
    }

    private static Decision next(Decision before, Sighting sighting) {
        return Decision.of(
                sighting, new Sighting.Resolution(sighting.identity().mint(), before.entry(), false, null), 0);
    }

    private static Decision first(String title) {
        var sighting = sighting(title, START);
        return Decision.of(sighting, new Sighting.Resolution(sighting.identity().mint(), null, false, null), 0);
    }

    private static Article published(Decision decision) {
        return Objects.requireNonNull(decision.article());
    }

    @Test
    void newerRulesMakeAReprocessOnlyOfWhatComesOutDifferent() {
        var before = first("One");
        var same = sighting("One", START);
        var newer = new Article.Revision(1, 1, Article.Revision.Kind.INITIAL, List.of());
        var unchanged = new Sighting(
                Articles.revised(same.article(), newer),
                same.identity(),
                same.updates(),
                same.fetch(),
                same.entryIndex());
        assertThat(next(before, unchanged).outcome()).isEqualTo(Outcome.UNCHANGED);
        var renamed = Articles.revised(sighting("Two", START).article(), newer);
        var digest = same.article().provenance();
        var changed = new Sighting(
                provenance(renamed, digest), same.identity(), same.updates(), same.fetch(), same.entryIndex());
        assertThat(published(next(before, changed)).revision())
                .isEqualTo(new Article.Revision(2, 1, Article.Revision.Kind.REPROCESS, List.of("title")));
        assertThat(published(next(before, changed)).version()).isEqualTo("2.1");
    }

    private static Article provenance(Article it, Article.Provenance provenance) {
        return Encoding.json()
                .readValue(
                        Encoding.json()
                                .writeValueAsString(it)
                                .replace(it.provenance().entryDigest(), provenance.entryDigest()),
                        Article.class);
    }

    @Test
    void whatComesBackAfterADayIsARevisionOnce() {
        var one = first("One");
        var two = next(one, sighting("Two", START.plusSeconds(60)));
        var back = next(two, sighting("One", START.plus(Duration.ofDays(2))));
        assertThat(published(back).version()).isEqualTo("3.0");
        var forth = next(back, sighting("Two", START.plus(Duration.ofDays(9))));
        assertThat(forth.outcome()).isEqualTo(Outcome.UNCHANGED);
        var third = next(back, sighting("Three", START.plus(Duration.ofDays(9))));
        assertThat(published(third).version()).isEqualTo("4.0");
    }

    @Test
    void operatorsDecideWhatCounts() {
        var silent = with(new Feed.Updates(false, List.of(), null));
        var blind = with(new Feed.Updates(null, List.of("title"), null));
        var before = first("One");
        assertThat(next(before, sighting(silent, "Two", START.plusSeconds(60))).outcome())
                .isEqualTo(Outcome.UNCHANGED);
        assertThat(next(before, sighting(blind, "Two", START.plusSeconds(60))).outcome())
                .isEqualTo(Outcome.UNCHANGED);
    }

    private static Feed with(Feed.Updates updates) {
        var it = FEED;
        return new Feed(
                it.schemaVersion(),
                it.feedId(),
                it.revision(),
                it.xmlUrl(),
                it.htmlUrl(),
                it.title(),
                it.description(),
                it.format(),
                it.language(),
                it.country(),
                it.categories(),
                it.priority(),
                it.enabled(),
                it.publisher(),
                it.poll(),
                it.http(),
                it.dates(),
                it.identity(),
                it.content(),
                updates,
                it.websub(),
                it.rights(),
                it.createdAt(),
                it.updatedAt());
    }

    @Test
    void withdrawalIsARevisionAndKeepsWhatIsKnown() {
        var before = first("One");
        var document = """
                <feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>F</title>
                <at:deleted-entry ref="1" when="2020-03-31T09:00:00Z"/></feed>""";
        var raw = Raw.of(FEED, Format.ATOM_1_0, document, START.plusSeconds(3600));
        var gone = next(before, Sighting.of(Raw.normalized(raw), raw));
        assertThat(published(gone).pubStatus()).isEqualTo(Article.PubStatus.CANCELED);
        assertThat(published(gone).revision())
                .isEqualTo(new Article.Revision(2, 0, Article.Revision.Kind.WITHDRAWAL, List.of("pubStatus")));
        assertThat(next(gone, sighting("One", START.plusSeconds(60))).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(Objects.requireNonNull(gone.entry()).full()).isTrue();
    }

    @Test
    void storedFormKeepsEverything() {
        var entry = Objects.requireNonNull(
                next(first("One"), sighting("Two", START.plusSeconds(60).plusNanos(7)))
                        .entry());
        assertThat(LedgerEntry.decode(entry.encode())).isEqualTo(entry);
        assertThat(entry.encode().length).isLessThan(300);
        var later = entry.encode();
        later[0] = 9;
        assertThatIllegalStateException()
                .isThrownBy(() -> LedgerEntry.decode(later))
                .withMessageContaining("version 9");
    }
}
