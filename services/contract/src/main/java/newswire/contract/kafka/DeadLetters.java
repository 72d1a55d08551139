package newswire.contract.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import newswire.contract.ArticleId;
import newswire.contract.DeadLetter;
import newswire.contract.FeedId;
import newswire.contract.NameBasedUuid;
import newswire.contract.Problem;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Makes dead letters: the record byte for byte, so that it can be sent again, and why it could not be processed. */
public final class DeadLetters {
    private static final UUID NAMESPACE = NameBasedUuid.of(NameBasedUuid.URL_NAMESPACE, "urn:newswire:ns:dead-letter");

    /** Bytes in JSON; with key and headers at their largest, the dead letter still fits into one request. */
    private static final int LARGEST_PAYLOAD = 3_200_000;

    private static final int LARGEST_HEADERS = 256 * 1024;
    private static final int LARGEST_KEY = 16 * 1024;

    private DeadLetters() {}

    /**
     * The dead letter of a consumed record.
     *
     * @param service who gave up; also the consumer group
     * @param reason stable code
     */
    public static DeadLetter of(
            ConsumerRecord<byte[], byte[]> record,
            String service,
            DeadLetter.Stage stage,
            String reason,
            String detail,
            Instant now) {
        var place = record.topic() + "/" + record.partition() + "/" + record.offset() + "/" + service;
        return new DeadLetter(
                DeadLetter.SCHEMA_VERSION,
                NameBasedUuid.of(NAMESPACE, place),
                stage,
                reason,
                Problem.of(reason, null, detail),
                null,
                true,
                1,
                null,
                now,
                new DeadLetter.Application(service, null, null),
                source(record, service),
                payload(record),
                refs(record.headers()));
    }

    private static DeadLetter.Source source(ConsumerRecord<byte[], byte[]> record, String service) {
        return new DeadLetter.Source(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp() < 0 ? null : Instant.ofEpochMilli(record.timestamp()),
                record.timestampType().toString(),
                keyText(record.key()),
                service,
                headers(record.headers()));
    }

    private static @Nullable String keyText(byte @Nullable [] key) {
        if (key == null || key.length > LARGEST_KEY) {
            return null;
        }
        var text = utf8(key);
        return text == null ? "base64:" + base64(key) : text;
    }

    private static List<DeadLetter.Header> headers(Headers headers) {
        var list = new ArrayList<DeadLetter.Header>();
        int size = 0;
        for (Header header : headers) {
            var value = header.value();
            size += header.key().length() + (value == null ? 0 : value.length);
            if (size > LARGEST_HEADERS) {
                break;
            }
            list.add(header(header.key(), value));
        }
        return list;
    }

    private static DeadLetter.Header header(String key, byte @Nullable [] value) {
        if (value == null) {
            return new DeadLetter.Header(key, null, null);
        }
        var text = utf8(value);
        return text == null || text.chars().anyMatch(Character::isISOControl)
                ? new DeadLetter.Header(key, null, base64(value))
                : new DeadLetter.Header(key, text, null);
    }

    private static DeadLetter.Payload payload(ConsumerRecord<byte[], byte[]> record) {
        var bytes = record.value() == null ? new byte[0] : record.value();
        var text = utf8(bytes);
        boolean asText = text != null && sizeInJson(text, bytes.length) <= LARGEST_PAYLOAD;
        boolean tooLarge = !asText && (bytes.length + 2) / 3 * 4 > LARGEST_PAYLOAD;
        return new DeadLetter.Payload(
                text(record.headers(), "content-type"),
                asText ? "utf-8" : "base64",
                tooLarge ? null : asText ? text : base64(bytes),
                bytes.length,
                sha256(bytes),
                tooLarge);
    }

    private static long sizeInJson(String text, int utf8Length) {
        return utf8Length
                + text.chars().filter(c -> c == '"' || c == '\\').count()
                + 5 * text.chars().filter(c -> c < ' ').count();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static DeadLetter.Refs refs(Headers headers) {
        var type = text(headers, "ce_type");
        var subject = text(headers, "ce_subject");
        boolean article = type != null && type.startsWith("newswire.article.");
        return new DeadLetter.Refs(
                subject == null || article ? null : uuid(subject, FeedId::new),
                subject == null || !article ? null : uuid(subject, ArticleId::new),
                text(headers, "ce_id"),
                type,
                text(headers, "traceparent"));
    }

    private static <T> @Nullable T uuid(String text, java.util.function.Function<UUID, T> id) {
        try {
            return id.apply(UUID.fromString(text));
        } catch (IllegalArgumentException ex) {
            return null; // a stranger's header: the dead letter still has it among its headers
        }
    }

    private static @Nullable String text(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : utf8(header.value());
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException ex) {
            return null;
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }
}
