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
        return Sighting.of(Raw.normalized(raw), raw, false);
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

    private static Sighting reread(Sighting it, Article article) {
        var newer = new Article.Revision(1, 1, Article.Revision.Kind.INITIAL, List.of());
        return new Sighting(
                Articles.revised(article, newer),
                it.identity(),
                it.updates(),
                it.entry(),
                it.page(),
                it.fetch(),
                it.entryIndex(),
                true);
    }

    @Test
    void newerRulesMakeAReprocessOnlyOfWhatComesOutDifferent() {
        var before = first("One");
        var same = sighting("One", START);
        var unchanged = next(before, reread(same, same.article()));
        assertThat(unchanged.outcome()).isEqualTo(Outcome.UNCHANGED);
        var changed = reread(same, sighting("Two", START).article());
        assertThat(next(unchanged, changed).outcome())
                .as("the same rules once more")
                .isEqualTo(Outcome.UNCHANGED);
        var reprocessed = published(next(before, changed));
        assertThat(reprocessed.version()).isEqualTo("2.1");
        assertThat(reprocessed.revision())
                .isEqualTo(new Article.Revision(
                        2, 1, Article.Revision.Kind.REPROCESS, List.of("title", "headlines", "fingerprints")));
    }

    @Test
    void newerRulesPublishWhatIsNotMaterialToo() {
        var same = sighting("One", START);
        var json = Encoding.json().writeValueAsString(same.article());
        var subject = json.replaceFirst("\\{", "{\"subjects\":[{\"name\":\"Trade\",\"creator\":\"publisher\"}],");
        var changed = reread(same, Encoding.json().readValue(subject, Article.class));
        assertThat(published(next(first("One"), changed)).revision().changed()).containsExactly("subjects");
    }

    @Test
    void readingAgainWhatHasBeenSupersededChangesNothing() {
        var one = sighting("One", START);
        var two = next(first("One"), sighting("Two", START.plusSeconds(60)));
        var again =
                next(two, reread(one, sighting("Three", START.plusSeconds(600)).article()));
        assertThat(again).isEqualTo(new Decision(Outcome.UNCHANGED, null, null));
    }

    @Test
    void imprintKnowsEveryProperty() {
        var known = new java.util.TreeSet<>(Imprint.STAMPED);
        known.addAll(Imprint.PROPERTIES);
        for (var field : MaterialField.values()) {
            known.add(field.property());
        }
        assertThat(known)
                .containsExactlyInAnyOrderElementsOf(java.util.Arrays.stream(Article.class.getRecordComponents())
                        .map(java.lang.reflect.RecordComponent::getName)
                        .toList());
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
        return Raw.with(FEED, FEED.identity(), updates);
    }

    private static Sighting withdrawal(Instant at) {
        var document = """
                <feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>F</title>
                <at:deleted-entry ref="1" when="2020-03-31T09:00:00Z"/></feed>""";
        var raw = Raw.of(FEED, Format.ATOM_1_0, document, at);
        return Sighting.of(Raw.normalized(raw), raw, false);
    }

    @Test
    void withdrawalIsARevisionAndKeepsWhatIsKnown() {
        var before = first("One");
        var gone = next(before, withdrawal(START.plusSeconds(3600)));
        assertThat(published(gone).pubStatus()).isEqualTo(Article.PubStatus.CANCELED);
        assertThat(published(gone).revision())
                .isEqualTo(new Article.Revision(2, 0, Article.Revision.Kind.WITHDRAWAL, List.of("pubStatus")));
        assertThat(next(gone, sighting("One", START.plusSeconds(60))).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(Objects.requireNonNull(gone.entry()).imprint().full()).isTrue();
    }

    @Test
    void whatWasWithdrawnMayComeBackOnce() {
        var gone = next(first("One"), withdrawal(START.plusSeconds(60)));
        var back = next(gone, sighting("One", START.plusSeconds(120)));
        assertThat(published(back).revision().changed()).containsExactly("pubStatus");
        var again = next(back, withdrawal(START.plusSeconds(180)));
        assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void storedFormKeepsEverything() {
        var entry = Objects.requireNonNull(
                next(first("One"), sighting("Two", START.plusSeconds(60).plusNanos(7)))
                        .entry());
        assertThat(LedgerEncoding.decode(LedgerEncoding.encode(entry))).isEqualTo(entry);
        assertThat(LedgerEncoding.encode(entry).length).isLessThan(360);
        var later = LedgerEncoding.encode(entry);
        later[0] = 9;
        assertThatIllegalStateException()
                .isThrownBy(() -> LedgerEncoding.decode(later))
                .withMessageContaining("version 9");
    }
}
