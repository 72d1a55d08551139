package newswire.normalizer;

import java.time.Duration;
import newswire.contract.Article;
import newswire.contract.DeadLetter;
import newswire.contract.NewsRecord;
import newswire.contract.RawArticle;
import newswire.contract.UnprocessableException;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The authority on which article a raw article shows and whether it is a new revision. */
final class Ledger implements Processor<String, Arrival, String, NewsRecord> {
    private static final Logger log = LoggerFactory.getLogger(Ledger.class);
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final int SWEPT = 2_000;
    private static final Duration RELEASE = Duration.ofSeconds(1);
    private static final int RELEASED = 200;

    /** Of an article's JSON: what any consumer may be asked to take. */
    private static final int LARGEST = 2 * 1024 * 1024;

    private final Counters counters;
    private final NormalizerTopology.Parts parts;
    private ProcessorContext<String, NewsRecord> context;
    private LedgerStores stores;
    private Rejects rejects;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init first
    Ledger(Counters counters, NormalizerTopology.Parts parts) {
        this.counters = counters;
        this.parts = parts;
    }

    @Override
    public void init(ProcessorContext<String, NewsRecord> processorContext) {
        context = processorContext;
        stores = new LedgerStores(processorContext);
        rejects = new Rejects(processorContext);
        var articles = new Sweep(stores.articles(), SWEPT);
        var feeds = new Sweep(stores.feeds(), SWEPT);
        var held = new Sweep(stores.held(), RELEASED);
        context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, now -> {
            int oldest = day(now) - (int) parts.retention().toDays();
            articles.next((id, bytes) -> forgetArticle(id, bytes, oldest));
            feeds.next((id, bytes) -> forgetFeed(id, bytes, oldest));
        });
        context.schedule(
                RELEASE, PunctuationType.WALL_CLOCK_TIME, now -> held.next((id, bytes) -> release(id, bytes, now)));
    }

    @Override
    public void process(Record<String, Arrival> record) {
        var arrival = record.value();
        var sighting = arrival.sighting().spaced(parts.spacing());
        counters.count(settle(sighting, arrival.raw(), record.headers()));
    }

    private Outcome settle(Sighting seen, Record<byte[], byte[]> raw, Headers lineage) {
        var trust = stores.trust(seen.feed());
        var sighting = seen.identity().isAutomatic() && trust.isDegraded() ? seen.under(trust.policy()) : seen;
        var resolution = seen.replayed() || trust.isDegraded() ? handled(seen, sighting) : resolve(seen, sighting);
        Decision decision;
        byte[] entry;
        try {
            decision = Decision.of(sighting, resolution, day(context.currentSystemTimeMs()));
            entry = encoded(decision);
        } catch (UnprocessableException ex) {
            return rejected(raw, lineage, ex.reason(), String.valueOf(ex.getMessage()));
        } catch (RuntimeException ex) { // the bulkhead: one article must not keep its publisher from being read
            return rejected(raw, lineage, RejectCode.LEDGER_FAILURE.toString(), ex.toString());
        }
        if (decision.entry() != null) {
            stores.save(resolution.id(), resolution.known(), decision.entry(), entry);
        }
        hold(decision, sighting, resolution, raw, lineage);
        if (decision.article() != null) {
            forward(decision.article(), raw.timestamp(), lineage);
        }
        boolean tells = resolution.known() != null || decision.article() != null;
        if (tells && seen.identity().isAutomatic() && !seen.replayed()) {
            learn(sighting, resolution, trust);
        }
        return decision.outcome();
    }

    private Outcome rejected(Record<byte[], byte[]> raw, Headers lineage, String reason, String detail) {
        rejects.reject(raw, lineage, DeadLetter.Stage.NORMALIZE, reason, detail);
        return Outcome.REJECTED;
    }

    /** The entry to store; nothing is stored or sent before it is sure that both can be written. */
    private static byte[] encoded(Decision decision) {
        if (decision.article() != null) {
            int size = Encoding.encode(decision.article()).length;
            if (size > LARGEST) {
                throw new UnprocessableException(RejectCode.TOO_LARGE.toString(), "an article of " + size + " bytes");
            }
        }
        return decision.entry() == null ? new byte[0] : LedgerEncoding.encode(decision.entry());
    }

    private Sighting.Resolution resolve(Sighting seen, Sighting sighting) {
        var resolution = sighting.resolve(stores.hits(sighting));
        if (resolution.known() != null) {
            return resolution;
        }
        var known = stores.find(resolution.id());
        if (known != null) { // its names were forgotten, it was not
            return new Sighting.Resolution(resolution.id(), known, resolution.split(), resolution.flag());
        }
        for (var hit : stores.candidates(sighting, seen.identity())) {
            if (!resolution.split() && sighting.isMoved(hit.entry())) {
                return new Sighting.Resolution(hit.id(), hit.entry(), false, "moved");
            }
        }
        return resolution;
    }

    /**
     * What comes again belongs to what was made of it, also if its names would now lead elsewhere. What is only read again is
     * never anything new if any of its names is known.
     */
    private Sighting.Resolution handled(Sighting seen, Sighting sighting) {
        var hits = stores.all(sighting, seen.identity());
        for (var hit : hits) {
            if (sighting.isSourceOf(hit.entry()) || sighting.isAt(hit.entry())) {
                return new Sighting.Resolution(hit.id(), hit.entry(), false, null);
            }
        }
        return hits.isEmpty() || !seen.replayed()
                ? resolve(seen, sighting)
                : new Sighting.Resolution(hits.getFirst().id(), hits.getFirst().entry(), false, null);
    }

    private void forward(Article article, long timestamp, Headers lineage) {
        context.forward(
                new Record<>(article.id().toString(), article, timestamp, lineage), NormalizerTopology.ARTICLES);
    }

    /** A change that comes too soon waits; whatever is newer takes its place. */
    private void hold(
            Decision decision,
            Sighting sighting,
            Sighting.Resolution resolution,
            Record<byte[], byte[]> raw,
            Headers lineage) {
        var known = resolution.known();
        if (known == null || sighting.replayed() || sighting.spacing().isZero()) {
            return;
        }
        var key = LedgerStores.key(resolution.id());
        if (decision.outcome() == Outcome.DEFERRED) {
            stores.held().put(key, Held.of(sighting, known, lineage, raw).encode());
        } else if (decision.outcome() != Outcome.OBSERVED) {
            var held = stores.held().get(key);
            boolean newer = held != null
                    && sighting.article().versionCreated().toEpochMilli()
                            >= Held.decode(held).fetched();
            if (newer) {
                stores.held().delete(key);
            }
        }
    }

    private void release(Bytes id, byte[] bytes, long now) {
        var held = Held.decode(bytes);
        if (held.due() > now) {
            return;
        }
        stores.held().delete(id);
        if (Encoding.decode(held.raw().value(), RawArticle.class) instanceof Decoded.Value<RawArticle>(var raw)
                && parts.rules().apply(raw) instanceof Normalizer.Normalized normalized) {
            settle(Sighting.of(normalized, raw, false).released(), held.raw(), held.lineage());
        }
    }

    private void learn(Sighting sighting, Sighting.Resolution resolution, FeedTrust trust) {
        var after = trust.after(sighting.sign(resolution), day(context.currentSystemTimeMs()));
        if (!after.equals(trust)) {
            stores.save(sighting.feed(), after);
        }
        if (after.policy() != trust.policy()) {
            log.warn("Feed's names do not tell its articles apart, policy={} feed={}", after.policy(), sighting.feed());
            counters.degraded(after.policy());
        }
    }

    private static int day(long millis) {
        return (int) Duration.ofMillis(millis).toDays();
    }

    private void forgetArticle(Bytes id, byte[] bytes, int oldest) {
        var entry = LedgerEncoding.decode(bytes);
        if (entry.place().day() < oldest) {
            stores.forget(id, entry);
            counters.forgotten();
        }
    }

    private void forgetFeed(Bytes id, byte[] bytes, int oldest) {
        if (FeedTrust.decode(bytes).day() < oldest) {
            stores.feeds().delete(id);
        }
    }
}
