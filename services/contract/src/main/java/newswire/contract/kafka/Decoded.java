package newswire.contract.kafka;

import java.util.Set;
import newswire.contract.NewsRecord;

/**
 * A record's value, read. A record without a value is a tombstone and never confused with one whose value cannot be read.
 *
 * @param <T> what the topic carries
 */
public sealed interface Decoded<T extends NewsRecord> {

    /** The record as it was meant. */
    record Value<T extends NewsRecord>(T value) implements Decoded<T> {}

    /** No value: what the key names is gone. */
    record Tombstone<T extends NewsRecord>() implements Decoded<T> {}

    /**
     * Bytes that are not such a record.
     *
     * @param reason stable code: {@code undecodable} (not JSON), {@code schema-violation} (JSON of another shape) or
     *     {@code unsupported-version} (of a major version that this code does not know)
     */
    record Undecodable<T extends NewsRecord>(String reason, String detail) implements Decoded<T> {
        static final String NOT_JSON = "undecodable";
        static final String OTHER_SHAPE = "schema-violation";
        static final String OTHER_VERSION = "unsupported-version";

        /** Every reason that there is for bytes alone; whoever reads more into them may add their own. */
        public static final Set<String> REASONS = Set.of(NOT_JSON, OTHER_SHAPE, OTHER_VERSION);
    }
}
