package newswire.normalizer;

import java.time.Duration;
import java.util.function.Function;
import newswire.contract.RawArticle;
import newswire.contract.Topics;
import newswire.contract.kafka.RecordSerializer;
import newswire.contract.operation.Traces;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/** Raw articles → normalizer → ledger → articles; what cannot be read → dead letters. All in one transaction. */
final class NormalizerTopology {
    static final String NAME = "normalizer";
    static final String LEDGER = "ledger";
    static final String ARTICLES = "articles-topic";
    static final String DEAD_LETTERS = "dead-letters";
    private static final String RAW = "raw-articles";
    static final String NORMALIZE = "normalize";

    private NormalizerTopology() {}

    /**
     * What it is made with.
     *
     * @param retention how long the ledger remembers an article after it was last seen
     * @param spacing shortest time between two revisions of an article, where its feed does not say
     * @param rules the pure part
     * @param stores what keeps the ledger
     */
    record Parts(
            Duration retention,
            Duration spacing,
            Function<RawArticle, Normalizer.Result> rules,
            Function<String, KeyValueBytesStoreSupplier> stores) {

        /** As it runs. */
        static Parts of(Duration retention, Duration spacing) {
            return new Parts(retention, spacing, Normalizer::normalize, Stores::persistentKeyValueStore);
        }
    }

    /** Builds it, without traces. */
    static Topology of(Counters counters, Parts parts) {
        return of(counters, Traces.OFF, parts);
    }

    /** Builds it. */
    static Topology of(Counters counters, Traces traces, Parts parts) {
        var topology = new Topology()
                .addSource(RAW, new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.RAW_ARTICLES)
                .addProcessor(
                        NORMALIZE, () -> new Traced(new RawArticleProcessor(counters, parts.rules()), traces), RAW)
                .addProcessor(LEDGER, () -> new Ledger(counters, parts), NORMALIZE)
                .addSink(ARTICLES, Topics.ARTICLES, new StringSerializer(), new RecordSerializer(NAME), LEDGER)
                .addSink(
                        DEAD_LETTERS,
                        Topics.DEAD_LETTERS,
                        new StringSerializer(),
                        new RecordSerializer(NAME),
                        NORMALIZE,
                        LEDGER);
        LedgerStores.builders(parts.stores()).forEach(store -> topology.addStateStore(store, LEDGER));
        return topology;
    }
}
