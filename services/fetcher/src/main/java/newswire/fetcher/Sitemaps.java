package newswire.fetcher;

import com.google.common.hash.Hashing;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import newswire.contract.Format;
import newswire.contract.Problem;
import newswire.contract.PublisherScope;

/**
 * Reads the news sitemaps of an index as if they were one document. An index does not tell reliably that one of them changed,
 * so it is never asked for conditionally.
 */
final class Sitemaps {
    private final Visits visits;
    private final int most;
    private final int mostEntries;

    Sitemaps(Visits visits, FetcherProperties properties) {
        this.visits = visits;
        this.most = properties.parts().sitemaps();
        this.mostEntries = properties.limits().entries();
    }

    /** Goes on with a poll that has met an index: each sitemap is a request in its turn. */
    PollAttempt read(Poll poll, FetchResult.Modified index, FeedDocument.SitemapIndex content) {
        var errand = poll.errand();
        errand.shard().rest(errand.slot(), index);
        var gathering = new Gathering(poll, index.exchange());
        errand.loop().aside(() -> {
            content.sitemaps().stream()
                    .map(link -> Gaps.older(index.exchange().url(), link))
                    .filter(url -> url != null && gathering.isOurs(url))
                    .limit(most)
                    .forEachOrdered(gathering::read);
            return gathering;
        });
        return gathering.outcome();
    }

    /** What has been read of one index. */
    private final class Gathering {
        private final Poll poll;
        private final FetchResult.Exchange index;
        private final List<FeedDocument.Parsed> documents = new ArrayList<>();
        private final StringBuilder digests = new StringBuilder();
        private Problem problem = FetchProblems.of("not_a_feed", null, "an index without news sitemaps");
        private FetchResult.Exchange failed;
        private boolean complete = true;
        private boolean crowded;

        Gathering(Poll poll, FetchResult.Exchange index) {
            this.poll = poll;
            this.index = index;
            this.failed = index;
        }

        boolean isOurs(URI sitemap) {
            try {
                return PublisherScope.of(sitemap).equals(PublisherScope.of(index.url()));
            } catch (IllegalArgumentException ex) {
                return false;
            }
        }

        void read(URI sitemap) {
            var request = Request.part(poll.feed(), sitemap);
            switch (visits.follow(poll.errand(), request, poll.room()).orElse(null)) {
                case null -> fail(index, FetchProblems.of("interrupted", null, "no turn for '" + sitemap + "'"));
                case FetchResult.NotModified _ -> complete = false;
                case FetchResult.PutOff _ -> crowded = true;
                case FetchResult.Failed(var exchange, var what) -> fail(exchange, what);
                case FetchResult.Modified(var exchange, var body, var flaw) -> {
                    complete &= flaw == null;
                    var read = FeedDocument.read(body.bytes(), exchange.contentType(), mostEntries);
                    if (read instanceof FeedDocument.Parsed document) {
                        documents.add(document);
                        digests.append(Hashing.sha256().hashBytes(body.bytes()));
                    }
                }
            }
        }

        private void fail(FetchResult.Exchange exchange, Problem what) {
            complete = false;
            failed = exchange;
            problem = what;
        }

        PollAttempt outcome() {
            if (crowded) {
                return new PollAttempt.PutOff(index);
            }
            if (documents.isEmpty()) {
                return new PollOutcome.Failed(failed, problem);
            }
            var sha256 = EntryDigest.sha256(digests.toString());
            var before = poll.before();
            var known = before == null || before.validators() == null
                    ? null
                    : before.validators().documentSha256();
            var exchange = new FetchResult.Exchange(
                    index.url(),
                    index.permanent(),
                    index.status(),
                    null,
                    null,
                    index.contentType(),
                    index.maxAgeSeconds(),
                    index.expires(),
                    index.retryAfter(),
                    index.links(),
                    index.bytes(),
                    index.millis());
            return complete && sha256.equals(known)
                    ? new PollOutcome.Unchanged(exchange, sha256)
                    : Poller.changed(exchange, union(), null, sha256, before, false);
        }

        private FeedDocument.Parsed union() {
            var repairs = new TreeSet<String>();
            var entries = new ArrayList<FeedDocument.Entry>();
            boolean whole = complete;
            for (var document : documents) {
                repairs.addAll(document.repairs());
                whole &= document.complete();
                for (var entry : document.entries()) {
                    entries.add(new FeedDocument.Entry(
                            entries.size(), entry.key(), entry.digest(), entry.facts(), entry.document()));
                }
            }
            var newest = entries.subList(0, Math.min(mostEntries, entries.size()));
            var first = documents.getFirst();
            return new FeedDocument.Parsed(
                    Format.NEWS_SITEMAP,
                    first.charset(),
                    List.copyOf(repairs),
                    whole && newest.size() == entries.size(),
                    newest,
                    first.channel(),
                    first.facts());
        }
    }
}
