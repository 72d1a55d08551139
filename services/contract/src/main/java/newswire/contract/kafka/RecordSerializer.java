package newswire.contract.kafka;

import java.util.Map;
import newswire.contract.NewsRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes any record as JSON and gives it its CloudEvents headers; for producers and Kafka Streams sinks alike. */
public final class RecordSerializer implements Serializer<NewsRecord> {
    /** Producer setting: the service's name, which becomes {@code ce_source}. */
    public static final String SERVICE = "newswire.service";

    private String source = "urn:newswire";

    /** For Kafka, which then calls {@link #configure}. */
    public RecordSerializer() {}

    /**
     * For Kafka Streams.
     *
     * @param service name of the writing service, as in {@code fetcher}
     */
    public RecordSerializer(String service) {
        source = "urn:newswire:" + service;
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        if (settings.get(SERVICE) instanceof String service) {
            source = "urn:newswire:" + service;
        }
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable NewsRecord value) {
        return value == null ? null : Encoding.encode(value);
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable NewsRecord value) {
        if (value != null) {
            CloudEventHeaders.add(headers, value, source);
        }
        return serialize(topic, value);
    }
}
