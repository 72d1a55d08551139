package newswire.fetcher;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/** Which hub and topic a feed names, in its HTTP headers or its document, or its operator for it. */
final class HubNames {
    private static final int LONGEST = 2_048;

    private HubNames() {}

    /** Where to subscribe, or nothing if there is no hub, no address that it knows the feed by, or no wish to. */
    static WebSubPlan.@Nullable Target target(Feed feed, @Nullable FeedState before, PollOutcome outcome) {
        if (!feed.enabled() || Boolean.FALSE.equals(feed.websub().enabled())) {
            return null;
        }
        var named = named(feed, before, outcome);
        var base = outcome.exchange().url();
        var hub = feed.websub().hub() == null
                ? address(named.hub(), base)
                : feed.websub().hub();
        var self = address(named.self(), base);
        var topic = self == null && feed.websub().hub() != null ? base : self;
        return hub == null || topic == null ? null : new WebSubPlan.Target(hub, topic);
    }

    private static LinkHeader named(Feed feed, @Nullable FeedState before, PollOutcome outcome) {
        var links = outcome.exchange().links();
        var byHeader = links == null ? new LinkHeader(null, null) : links;
        if (outcome instanceof PollOutcome.Changed changed) {
            var facts = changed.document().facts();
            return first(byHeader, new LinkHeader(facts.hubUrl(), facts.selfUrl()));
        }
        var document = before == null ? null : before.document();
        var inDocument = document == null ? byHeader : new LinkHeader(document.hubUrl(), document.selfUrl());
        var websub = before == null ? null : before.websub();
        boolean same = before != null && before.definitionRevision() == feed.revision();
        return websub == null || !same
                ? first(byHeader, inDocument)
                : first(byHeader, new LinkHeader(text(websub.hub()), text(websub.topic())));
    }

    private static LinkHeader first(LinkHeader one, LinkHeader other) {
        return new LinkHeader(
                one.hub() == null ? other.hub() : one.hub(), one.self() == null ? other.self() : one.self());
    }

    private static @Nullable String text(@Nullable URI url) {
        return url == null ? null : url.toString();
    }

    /** A web address in ASCII, or nothing. */
    static @Nullable URI address(@Nullable String text, URI base) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            var url = URI.create(base.resolve(new URI(text.strip())).toASCIIString());
            var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            boolean plain = url.getHost() != null && url.getRawUserInfo() == null;
            return web && plain && url.toString().length() <= LONGEST ? url : null;
        } catch (URISyntaxException | IllegalArgumentException ex) {
            return null;
        }
    }
}
