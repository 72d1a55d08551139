package newswire.normalizer;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import newswire.contract.Article;
import newswire.contract.ArticleId;
import newswire.contract.NewsRecord;
import newswire.contract.PublisherScope;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The authority on which article a raw article shows and whether it is a new revision. Its stores are those of one
 * partition, so of whole publishers.
 */
final class Ledger implements Processor<String, Sighting, String, NewsRecord> {
    static final String ALIASES = "aliases";
    static final String ARTICLES = "articles";
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final int SWEPT = 2_000;

    private final Counters counters;
    private final Duration retention;
    private ProcessorContext<String, NewsRecord> context;
    private KeyValueStore<Bytes, byte[]> aliases;
    private KeyValueStore<Bytes, byte[]> articles;
    private @Nullable Bytes sweptTo;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init first
    Ledger(Counters counters, Duration retention) {
        this.counters = counters;
        this.retention = retention;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    @Override
    public void init(ProcessorContext<String, NewsRecord> processorContext) {
        context = processorContext;
        aliases = context.getStateStore(ALIASES);
        articles = context.getStateStore(ARTICLES);
        context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, now -> sweep(day(now)));
    }

    @Override
    public void process(Record<String, Sighting> record) {
        var sighting = record.value();
        var resolution = known(sighting.resolve(hits(sighting)));
        var decision = Decision.of(sighting, resolution, day(context.currentSystemTimeMs()));
        counters.count(decision.outcome());
        if (decision.entry() != null) {
            save(resolution.id(), decision.entry());
        }
        if (decision.article() != null) {
            forward(record, decision.article());
        }
    }

    private void forward(Record<String, Sighting> record, Article article) {
        context.forward(new Record<>(article.id().toString(), article, record.timestamp(), record.headers()));
    }

    private static int day(long millis) {
        return (int) Duration.ofMillis(millis).toDays();
    }

    private Sighting.Hits hits(Sighting sighting) {
        var identity = sighting.identity();
        var split = hit(identity, identity.split(sighting.article().title()));
        Sighting.@Nullable Hit guid = null;
        Sighting.@Nullable Hit other = null;
        for (var alias : identity.aliases()) {
            var hit = hit(identity, alias);
            if (alias.role().equals("guid")) {
                guid = hit;
            } else if (other == null) {
                other = hit;
            }
        }
        return new Sighting.Hits(split, guid, other);
    }

    private Sighting.@Nullable Hit hit(Identity identity, Identity.Alias alias) {
        var id = aliases.get(key(identity.scope(), alias));
        if (id == null) {
            return null;
        }
        var entry = articles.get(Bytes.wrap(id));
        var bits = ByteBuffer.wrap(id);
        return entry == null
                ? null
                : new Sighting.Hit(new ArticleId(new UUID(bits.getLong(), bits.getLong())), LedgerEntry.decode(entry));
    }

    /** A new id may be one that is known: its names were forgotten, it was not. */
    private Sighting.Resolution known(Sighting.Resolution resolution) {
        var bytes = resolution.known() == null ? articles.get(key(resolution.id())) : null;
        return bytes == null
                ? resolution
                : new Sighting.Resolution(
                        resolution.id(), LedgerEntry.decode(bytes), resolution.split(), resolution.flag());
    }

    private void save(ArticleId id, LedgerEntry entry) {
        var key = key(id);
        articles.put(key, entry.encode());
        for (var alias : entry.aliases()) {
            aliases.putIfAbsent(key(entry.scope(), alias), key.get());
        }
    }

    private static Bytes key(ArticleId id) {
        return Bytes.wrap(ByteBuffer.allocate(16)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .array());
    }

    /** Names are kept as the first 128 bits of their SHA-256. */
    private static Bytes key(PublisherScope scope, Identity.Alias alias) {
        var name = scope + "\n" + alias.role() + "\n" + alias.value();
        return Bytes.wrap(HexFormat.of().parseHex(Fingerprints.sha256(name).substring(0, 32)));
    }

    /** Forgets articles that no feed has shown for the retention time, a few at a time. */
    private void sweep(int today) {
        int oldest = today - (int) retention.toDays();
        int seen = 0;
        @Nullable Bytes last = null;
        try (var range = articles.range(sweptTo, null)) {
            while (range.hasNext() && seen < SWEPT) {
                var next = range.next();
                last = next.key;
                seen++;
                forgetIfOlder(next.key, LedgerEntry.decode(next.value), oldest);
            }
        }
        sweptTo = seen < SWEPT ? null : last;
    }

    private void forgetIfOlder(Bytes id, LedgerEntry entry, int oldest) {
        if (entry.lastSeen() >= oldest) {
            return;
        }
        for (var alias : entry.aliases()) {
            var key = key(entry.scope(), alias);
            if (Arrays.equals(aliases.get(key), id.get())) {
                aliases.delete(key);
            }
        }
        articles.delete(id);
    }
}
