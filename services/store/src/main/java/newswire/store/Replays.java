package newswire.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import newswire.contract.DeadLetter;
import newswire.contract.NewsRecord;
import newswire.contract.Topics;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/** Sends dead letters again as they came, to the partition they came from; those who read that topic see no difference. */
@Component
class Replays implements DisposableBean {
    private static final Set<String> OURS =
            Set.of(Topics.RAW_ARTICLES, Topics.ARTICLES, Topics.FEEDS, Topics.FEED_STATES);

    private final KafkaProducer<byte[], byte[]> producer;
    private final DeadLetterTable table;
    private final TopicLookup topics;

    Replays(ProducerFactory<String, NewsRecord> producers, DeadLetterTable table, TopicLookup topics) {
        var settings = new HashMap<>(producers.getConfigurationProperties());
        settings.put("client.id", "store-replay");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.table = table;
        this.topics = topics;
    }

    /** A dead letter with its bytes as they came, if they were kept at all. */
    Optional<DeadLetter> find(UUID id) {
        return table.kept(id).map(this::exact);
    }

    /** The table cannot hold U+0000, so what had one is read from the topic, as long as that keeps it. */
    private DeadLetter exact(DeadLetterTable.Kept kept) {
        var letter = kept.letter();
        var payload = letter.payload();
        if (payload.value() == null || sha256(bytes(payload)).equals(payload.sha256())) {
            return letter;
        }
        return topics.find(Topics.DEAD_LETTERS, kept.partition(), kept.offset(), DeadLetter.class)
                .orElseGet(() -> withoutValue(letter));
    }

    private static DeadLetter withoutValue(DeadLetter it) {
        var payload = it.payload();
        return new DeadLetter(
                it.schemaVersion(),
                it.deadLetterId(),
                it.stage(),
                it.reason(),
                it.problem(),
                it.exception(),
                it.retryable(),
                it.attempts(),
                it.firstFailedAt(),
                it.failedAt(),
                it.application(),
                it.record(),
                new DeadLetter.Payload(
                        payload.mediaType(), payload.encoding(), null, payload.bytes(), payload.sha256(), true),
                it.refs());
    }

    /**
     * What became of many.
     *
     * @param refused those that cannot be sent again
     * @param left how many of the reason are still open
     */
    record Replayed(int replayed, List<UUID> refused, long left) {
        Replayed {
            refused = List.copyOf(refused);
        }
    }

    /** Sends all open ones of a reason again, oldest last, up to a limit. */
    Replayed replayAll(String reason, int limit) {
        var open = DeadLetterTable.Filter.open(reason);
        var refused = new ArrayList<UUID>();
        int sent = 0;
        for (var row : table.outlines(open, limit)) {
            var id = row.place().id();
            var letter = find(id);
            if (letter.isPresent() && replay(letter.get()) == null) {
                sent++;
            } else {
                refused.add(id);
            }
        }
        return new Replayed(sent, refused, table.countByReason(open).getOrDefault(reason, 0L));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every JVM has it", ex);
        }
    }

    /**
     * Sends one again, and notes it when the broker has it.
     *
     * @return why not, or null if it was sent
     */
    @Nullable
    String replay(DeadLetter letter) {
        var source = letter.record();
        if (source == null || !OURS.contains(source.topic())) {
            return "it does not say which topic it came from";
        }
        if (letter.payload().truncated() || letter.payload().value() == null) {
            return "its bytes are not kept";
        }
        try {
            producer.send(record(letter.deadLetterId(), source, letter.payload()))
                    .get();
        } catch (ExecutionException ex) {
            throw new KafkaException("the broker did not confirm a replay", ex.getCause());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", ex);
        }
        table.decide(letter.deadLetterId(), "replayed");
        return null;
    }

    @SuppressWarnings("NullAway") // a record may have no key
    private static ProducerRecord<byte[], byte[]> record(
            UUID id, DeadLetter.Source source, DeadLetter.Payload payload) {
        var record = new ProducerRecord<byte[], byte[]>(
                source.topic(), source.partition(), key(source.key()), bytes(payload));
        for (var header : source.headers()) {
            if (!header.key().equals("newswire-replay-of")) {
                record.headers().add(new RecordHeader(header.key(), value(header)));
            }
        }
        record.headers().add("newswire-replay-of", id.toString().getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static byte @Nullable [] key(@Nullable String key) {
        if (key == null) {
            return null;
        }
        return key.startsWith("base64:")
                ? Base64.getDecoder().decode(key.substring("base64:".length()))
                : key.getBytes(StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] value(DeadLetter.Header header) {
        if (header.valueBase64() != null) {
            return Base64.getDecoder().decode(header.valueBase64());
        }
        return header.value() == null ? null : header.value().getBytes(StandardCharsets.UTF_8);
    }

    /** The record's value, byte for byte. */
    static byte[] bytes(DeadLetter.Payload payload) {
        var value = payload.value() == null ? "" : payload.value();
        return payload.encoding().equals("base64")
                ? Base64.getDecoder().decode(value)
                : value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void destroy() {
        producer.close();
    }
}
