package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import newswire.contract.Article;
import newswire.contract.Feed;
import newswire.contract.Format;
import newswire.contract.RawArticle;

/** Entries in any interleaving, each any number of times: the same revisions of the same articles. */
class AnyOrderTests {
    private static final Instant START = Instant.parse("2020-03-31T08:00:00Z");
    private static final Feed FEED = Raw.feed(URI.create("https://a.example/feed"));
    private static final int ENTRIES = 5;
    private static final int STATES = 3;

    @Property(tries = 15, seed = "2020")
    void sameArticlesComeOut(@ForAll long seed) {
        var expected = run(inOrder());
        assertThat(expected).hasSize(ENTRIES);
        assertThat(expected.values()).allMatch(revisions -> revisions.size() == STATES);
        assertThat(run(shuffled(new Random(seed)))).isEqualTo(expected);
    }

    private static RawArticle raw(int entry, int state) {
        var item =
                "<guid isPermaLink='false'>%d</guid><link>https://a.example/%d</link><title>Entry %d, state %d</title>"
                        .formatted(entry, entry, entry, state);
        return Raw.of(FEED, Format.RSS_2_0, Raw.rss(item), START.plusSeconds(60L * state));
    }

    private static List<RawArticle> inOrder() {
        var all = new ArrayList<RawArticle>();
        for (int entry = 0; entry < ENTRIES; entry++) {
            for (int state = 0; state < STATES; state++) {
                all.add(raw(entry, state));
            }
        }
        return all;
    }

    /** The states of one entry stay in order; what was sent may be sent again at any later time. */
    private static List<RawArticle> shuffled(Random random) {
        int[] next = new int[ENTRIES];
        var sent = new ArrayList<RawArticle>();
        while (sent.size() < 60 || java.util.Arrays.stream(next).anyMatch(state -> state < STATES)) {
            int entry = random.nextInt(ENTRIES);
            boolean again = next[entry] == STATES || (!sent.isEmpty() && random.nextInt(3) == 0);
            if (!again) {
                sent.add(raw(entry, next[entry]++));
            } else if (!sent.isEmpty()) {
                sent.add(sent.get(random.nextInt(sent.size())));
            }
        }
        return sent;
    }

    private static Map<String, List<Article>> run(List<RawArticle> raws) {
        try (var ledger = new Ledgers()) {
            return ledger.show(raws.toArray(RawArticle[]::new)).history();
        }
    }
}
