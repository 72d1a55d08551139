package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.FeedState.WebSub.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubNamesTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final URI URL = URI.create("https://news.example/feed");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # headers, one a ~                                                         | hub           | self
            <https://h.example/>; rel="hub"                                            | https://h.example/ | -
            <https://h.example/>; rel=hub, <https://s.example/>; rel=self              | https://h.example/ | https://s.example/
            <https://h.example/>; rel="hub"~<https://s.example/>; rel="self"           | https://h.example/ | https://s.example/
            <https://s.example/>; title="a, b; rel=hub"; rel="self"                    | -             | https://s.example/
            <https://h.example/>; rel="alternate hub"; type="x"                        | https://h.example/ | -
            <https://h.example/>; REL="HUB"                                            | https://h.example/ | -
            <https://h.example/>; rel="github"                                         | -             | -
            <https://one.example/>; rel=hub, <https://two.example/>; rel=hub           | https://one.example/ | -
            <https://api.example/>; rel="https://api.w.org/"                           | -             | -
            rel=hub                                                                    | -             | -
            <                                                                          | -             | -
            """)
    void readsLinkHeaders(String headers, @Nullable String hub, @Nullable String self) {
        assertThat(LinkHeader.of(List.of(headers.split("~")))).isEqualTo(new LinkHeader(hub, self));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # named                  , meant
            https://h.example/       , https://h.example/
            /hub                     , https://news.example/hub
            //h.example/x            , https://h.example/x
            ' https://h.example/ '   , https://h.example/
            https://h.example/ü      , https://h.example/%C3%BC
            http://h.example:99/     , http://h.example:99/
            ftp://h.example/         , -
            javascript:alert(1)      , -
            https://me@h.example/    , -
            https:///x               , -
            'http://h.example/a b'   , -
            ''                       , -
            -                        , -
            """)
    void takesWebAddressesOnly(@Nullable String named, @Nullable URI meant) {
        assertThat(HubNames.address(named, URL)).isEqualTo(meant);
    }

    private static FetchResult.Exchange exchange(@Nullable LinkHeader links) {
        return new FetchResult.Exchange(URL, null, 200, null, null, null, null, null, null, links, 1, 1);
    }

    private static PollOutcome document(@Nullable LinkHeader links, @Nullable String hub, @Nullable String self) {
        var atom = hub == null && self == null
                ? ""
                : Stream.of(link("hub", hub), link("self", self)).reduce("", String::concat);
        var text = FeedServer.rss("a").replace("<description>", atom + "<description>");
        return FeedDocument.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), null, 10)
                        instanceof FeedDocument.Parsed parsed
                ? new PollOutcome.Changed(
                        exchange(links), parsed, SeenEntries.NOTHING.compare(parsed.entries()), false, null, "", false)
                : new PollOutcome.Unchanged(exchange(links), null);
    }

    private static String link(String rel, @Nullable String href) {
        return href == null
                ? ""
                : "<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"%s\" href=\"%s\"/>".formatted(rel, href);
    }

    private static Feed feed(@Nullable Boolean enabled, @Nullable String hub) {
        return WebSubIT.revised(Feed.of(URL, NOW), enabled, hub == null ? null : URI.create(hub));
    }

    @ParameterizedTest(name = "{0} {1} document {2} {3} header {4} {5}: {6} {7}")
    @CsvSource(nullValues = "-", textBlock = """
            # on , operator's hub , document's hub, self     , header's hub   , self    , hub            , topic
            -    , -              , https://d/    , https://s/, -             , -       , https://d/     , https://s/
            true , -              , https://d/    , https://s/, -             , -       , https://d/     , https://s/
            false, -              , https://d/    , https://s/, -             , -       , -              , -
            false, https://o/     , https://d/    , https://s/, -             , -       , -              , -
            -    , https://o/     , https://d/    , https://s/, -             , -       , https://o/     , https://s/
            -    , https://o/     , -             , -        , -              , -       , https://o/     , https://news.example/feed
            -    , -              , https://d/    , https://s/, https://h/    , https://t/, https://h/   , https://t/
            -    , -              , https://d/    , -        , -              , https://t/, https://d/   , https://t/
            -    , -              , https://d/    , -        , -              , -       , -              , -
            -    , -              , -             , https://s/, -             , -       , -              , -
            -    , -              , -             , -        , -              , -       , -              , -
            """)
    void headersGoBeforeTheDocumentAndTheOperatorBeforeBoth(
            @Nullable Boolean on,
            @Nullable String operators,
            @Nullable String hub,
            @Nullable String self,
            @Nullable String headersHub,
            @Nullable String headersSelf,
            @Nullable URI wanted,
            @Nullable URI topic) {
        var links = headersHub == null && headersSelf == null ? null : new LinkHeader(headersHub, headersSelf);
        var target = HubNames.target(feed(on, operators), null, document(links, hub, self));
        assertThat(target).isEqualTo(wanted == null || topic == null ? null : new WebSubPlan.Target(wanted, topic));
    }

    @Test
    void unchangedDocumentNamesWhatItNamedBefore() {
        var feed = feed(null, null);
        var plan = new PollSchedule.Plan(
                NOW, java.time.Duration.ZERO, FeedState.Status.ACTIVE, 0, List.of(), NextStateTests.WHY);
        var state = NextState.of(
                feed, null, document(null, "https://d/", "https://s/"), plan, NOW, java.time.Duration.ofDays(7));
        var unchanged = new PollOutcome.Unchanged(exchange(null), null);
        var byDocument = new WebSubPlan.Target(URI.create("https://d/"), URI.create("https://s/"));
        assertThat(HubNames.target(feed, state, unchanged)).isEqualTo(byDocument);

        var byHeader = new FeedState.WebSub(
                URI.create("https://h/"), URI.create("https://t/"), State.ACTIVE, null, "x", null, 0);
        var subscribed = NextState.with(state, state.schedule(), state.seen(), byHeader, NOW);
        assertThat(HubNames.target(feed, subscribed, unchanged))
                .isEqualTo(new WebSubPlan.Target(URI.create("https://h/"), URI.create("https://t/")));
        var redefined = WebSubIT.revised(feed, null, null);
        assertThat(HubNames.target(redefined, subscribed, unchanged)).isEqualTo(byDocument);
    }
}
