package newswire.normalizer;

import org.apache.kafka.streams.processor.api.Record;

/**
 * A sighting with the record that it was read from, which goes to the dead letters if the ledger cannot take it.
 *
 * @param raw as it came
 */
record Arrival(Sighting sighting, Record<byte[], byte[]> raw) {}
