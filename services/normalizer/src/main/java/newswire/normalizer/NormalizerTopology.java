package newswire.normalizer;

import java.time.Duration;
import newswire.contract.Topics;
import newswire.contract.kafka.RecordSerializer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/** Raw articles → normalizer → ledger → articles; what cannot be read → dead letters. All in one transaction. */
final class NormalizerTopology {
    static final String NAME = "normalizer";
    static final String LEDGER = "ledger";
    static final String DEAD_LETTERS = "dead-letters";
    private static final String RAW = "raw-articles";
    private static final String NORMALIZE = "normalize";

    private NormalizerTopology() {}

    /**
     * Builds it.
     *
     * @param retention how long the ledger remembers an article after it was last seen
     */
    static Topology of(Counters counters, Duration retention) {
        return new Topology()
                .addSource(RAW, new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.RAW_ARTICLES)
                .addProcessor(NORMALIZE, () -> new RawArticleProcessor(counters), RAW)
                .addProcessor(LEDGER, () -> new Ledger(counters, retention), NORMALIZE)
                .addStateStore(Ledger.store(Ledger.ALIASES), LEDGER)
                .addStateStore(Ledger.store(Ledger.ARTICLES), LEDGER)
                .addSink("articles-topic", Topics.ARTICLES, new StringSerializer(), new RecordSerializer(NAME), LEDGER)
                .addSink(
                        DEAD_LETTERS,
                        Topics.DEAD_LETTERS,
                        new StringSerializer(),
                        new RecordSerializer(NAME),
                        NORMALIZE);
    }
}
