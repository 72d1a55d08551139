package newswire.fetcher;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/**
 * The search for the feed of a page: first what the page names, then where feeds usually are, then what robots.txt names.
 * Says what to ask next and takes the answers; each question is a poll of its own, so that the publisher's budget holds. One
 * thread at a time.
 */
final class Discovery {
    private static final int MOST_LINKS = 6;
    private static final int MOST_SITEMAPS = 3;
    private static final List<String> USUAL = List.of(
            "/feed", "/rss", "/atom.xml", "/feed.xml", "/rss.xml", "/index.xml", "/feed.json", "/feeds/posts/default");
    private static final Pattern SITEMAP = Pattern.compile("(?im)^\\s*sitemap\\s*:\\s*(\\S+)");
    private static final Duration AGAIN = Duration.ofDays(1);

    private final PollOutcome.Failed origin;
    private final URI page;
    private final Deque<Question> questions = new ArrayDeque<>();
    private final Set<URI> asked = new HashSet<>();
    private final List<FeedState.Candidate> found = new ArrayList<>();
    private Way way = Way.LINK;

    Discovery(PollOutcome.Failed origin) {
        this.origin = origin;
        this.page = origin.exchange().url();
        var links = origin.links() == null ? List.<FeedLink>of() : origin.links();
        links.stream().limit(MOST_LINKS).forEach(link -> ask(link.url(), link.title()));
    }

    /** The ways to find a feed, from the best on. */
    enum Way {
        LINK("link"),
        WELL_KNOWN("well-known"),
        ROBOTS("robots"),
        SITEMAP("sitemap");

        private final String label;

        Way(String label) {
            this.label = label;
        }
    }

    /** One URL to look at. */
    record Question(URI url, Way way, @Nullable String title) {}

    /** Whether it is time to look: the poll met a page, and nobody looked today. */
    static boolean due(@Nullable FeedState before, PollOutcome outcome, Instant now) {
        var last = before == null || before.url() == null ? null : before.url().discoveredAt();
        return outcome instanceof PollOutcome.Failed failed
                && failed.links() != null
                && (last == null || last.plus(AGAIN).isBefore(now));
    }

    /** What to ask next; nothing when the search is over. */
    @Nullable
    Question next() {
        while (questions.isEmpty() && found.isEmpty() && way != Way.SITEMAP) {
            way = way == Way.LINK ? Way.WELL_KNOWN : way == Way.WELL_KNOWN ? Way.ROBOTS : Way.SITEMAP;
            if (way == Way.WELL_KNOWN) {
                USUAL.forEach(path -> ask(page.resolve(path), null));
            } else if (way == Way.ROBOTS) {
                ask(page.resolve("/robots.txt"), null);
            }
        }
        return questions.peek();
    }

    private void ask(URI url, @Nullable String title) {
        if (!url.equals(page) && asked.add(url)) {
            questions.add(new Question(url, way, title));
        }
    }

    /** Takes an answer that was no document. */
    void nothing() {
        questions.remove();
    }

    /** Takes a document that answers the question. */
    void answer(byte[] body, FetchResult.Exchange exchange, int mostEntries) {
        var question = questions.remove();
        if (question.way() == Way.ROBOTS) {
            sitemaps(new String(body, StandardCharsets.UTF_8));
        } else if (FeedDocument.read(body, exchange.contentType(), mostEntries) instanceof FeedDocument.Parsed feed) {
            add(question, feed, exchange);
        }
    }

    private void sitemaps(String robots) {
        way = Way.SITEMAP;
        SITEMAP.matcher(robots)
                .results()
                .limit(MOST_SITEMAPS)
                .map(line -> FeedLink.resolved(page, line.group(1)))
                .forEach(url -> {
                    if (url != null) {
                        ask(url, null);
                    }
                });
    }

    private void add(Question question, FeedDocument.Parsed feed, FetchResult.Exchange exchange) {
        var url = exchange.permanent() == null ? question.url() : exchange.permanent();
        if (found.stream().anyMatch(known -> known.xmlUrl().equals(url))) {
            return;
        }
        var title =
                feed.facts().title() == null ? question.title() : feed.facts().title();
        int place = found.size();
        found.add(FeedRanking.ranked(
                page,
                url,
                question.way().label,
                title,
                feed.format(),
                feed.entries().size(),
                place));
        if (question.way() == Way.WELL_KNOWN) {
            questions.clear(); // the others are the same under other names
        }
    }

    /** The failure that the search began with, and what came of it. */
    PollOutcome.Failed outcome() {
        var candidates = FeedRanking.sorted(found);
        var problem = FetchProblems.of(
                origin.problem().code(),
                origin.problem().status(),
                origin.problem().detail() + "; feeds found: " + candidates.size());
        return new PollOutcome.Failed(
                origin.exchange(), problem, null, new Discovered(FeedRanking.best(candidates), candidates));
    }
}
