package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import newswire.contract.FeedState;
import newswire.contract.Format;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HonestyTests {
    private static final Instant NOW = Instant.parse("2026-03-20T10:00:00Z");
    private static final URI URL = URI.create("https://a.example/feed");
    private static final FeedState.Validators OLD = new FeedState.Validators(URL, "\"1\"", null, "old", null, null);

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        # tag before, tag now, entry is, by an audit, is then
        1           , 2      , NEW     , false      , asked by 2
        1           , 1      , NEW     , false      , distrusted
        1           , 1      , CHANGED , false      , distrusted
        W/1         , W/1    , CHANGED , false      , asked by W/1
        W/1         , W/1    , NEW     , false      , distrusted
        1           , 1      , KNOWN   , false      , asked by 1
        1           , 1      , NEW     , true       , distrusted
        1           , 2      , NEW     , true       , probed by 1
        1           , 2      , KNOWN   , true       , asked by 2
        -           , -      , NEW     , false      , asked by nothing
        """)
    void trustsWhoMarksEveryChange(
            @Nullable String before, @Nullable String now, SeenEntries.Kind kind, boolean audit, String then) {
        var was = new FeedState.Validators(URL, before, null, "old", null, null);
        assertThat(named(Honesty.after(was, changed(now, kind, audit, true), NOW)))
                .isEqualTo(then);
    }

    @Test
    void catchesServerThatNeverSeesChange() {
        var probe = Honesty.after(OLD, changed("\"2\"", SeenEntries.Kind.NEW, true, true), NOW);
        assertThat(probe).isEqualTo(new FeedState.Validators(URL, "\"1\"", null, "sha", true, null));
        var caught = Honesty.after(probe, new PollOutcome.Unchanged(exchange("\"1\""), null), NOW);
        assertThat(caught).isEqualTo(new FeedState.Validators(URL, null, null, "sha", null, NOW));
        var later = Honesty.after(caught, changed("\"3\"", SeenEntries.Kind.NEW, false, true), NOW.plusSeconds(60));
        assertThat(named(later)).as("for ever").isEqualTo("distrusted");
        var broken = Honesty.after(later, changed("\"3\"", SeenEntries.Kind.NEW, false, false), NOW.plusSeconds(60));
        assertThat(named(broken)).isEqualTo("distrusted");
    }

    @Test
    void believesServerThatSendsTheDocumentAgain() {
        var probe = Honesty.after(OLD, changed("\"2\"", SeenEntries.Kind.NEW, true, true), NOW);
        var after = Honesty.after(probe, new PollOutcome.Unchanged(exchange("\"2\""), "sha"), NOW);
        assertThat(after).isEqualTo(new FeedState.Validators(URL, "\"2\"", null, "sha", null, null));
    }

    @Test
    void startsAnewAtAnotherAddress() {
        var liar = new FeedState.Validators(URI.create("https://old.example/feed"), null, null, "old", null, NOW);
        assertThat(named(Honesty.after(liar, changed("\"2\"", SeenEntries.Kind.NEW, false, true), NOW)))
                .isEqualTo("asked by \"2\"");
    }

    private static String named(FeedState.@Nullable Validators validators) {
        if (validators == null || validators.distrustedSince() != null) {
            return validators == null ? "forgotten" : "distrusted";
        }
        var tag = validators.etag() == null ? "nothing" : validators.etag();
        return (Boolean.TRUE.equals(validators.probe()) ? "probed by " : "asked by ") + tag;
    }

    private static PollOutcome changed(@Nullable String etag, SeenEntries.Kind kind, boolean audit, boolean complete) {
        var entry = new FeedDocument.Entry(0, "a", EntryDigest.sha256("a"), EntryFacts.NONE, () -> "");
        var facts = new ChannelFacts(null, null, null, null, null, null, null, List.of(), List.of(), null, null);
        var document = new FeedDocument.Parsed(Format.RSS_2_0, "UTF-8", List.of(), complete, List.of(entry), "", facts);
        var sighting = new SeenEntries.Sighting(entry, 1, kind);
        return new PollOutcome.Changed(exchange(etag), document, List.of(sighting), false, null, "sha", audit);
    }

    private static FetchResult.Exchange exchange(@Nullable String etag) {
        return new FetchResult.Exchange(URL, null, 200, etag, null, null, null, null, null, null, 0, 1);
    }
}
