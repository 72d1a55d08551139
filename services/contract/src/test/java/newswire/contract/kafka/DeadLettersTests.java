package newswire.contract.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import newswire.contract.DeadLetter;
import newswire.contract.DeadLetter.Stage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLettersTests {
    private static final Instant NOW = Instant.parse("2020-03-31T08:05:12Z");
    private static final int LARGEST_REQUEST = 4_194_304;

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "", "not JSON", "\u0000\u0001\uFEFFx\uFFFE", "smugglers – “hard labor” 밀수 🗞"})
    void keepsTextAsText(String text) {
        var payload = letter(text.getBytes(UTF_8)).payload();
        assertThat(payload.encoding()).isEqualTo("utf-8");
        assertThat(payload.value()).isEqualTo(text);
        assertThat(payload.bytes()).isEqualTo(text.getBytes(UTF_8).length);
    }

    @Test
    void keepsOtherBytesAsBase64() {
        var bytes = new byte[] {(byte) 0xff, 0, 1, (byte) 0xc3};
        var payload = letter(bytes).payload();
        assertThat(payload.encoding()).isEqualTo("base64");
        assertThat(Base64.getDecoder().decode(payload.value())).isEqualTo(bytes);
        assertThat(payload.sha256()).isEqualTo("9bbf05984b69a8e30fafcc8db67cb119d50d3e516bfe802d19db292c08ae7f6d");
    }

    @Test
    void comesBackThroughTheEncoding() {
        var letter = letter("\u0000\uFFFE𝄞\"\\".getBytes(UTF_8));
        assertThat(Encoding.decode(Encoding.encode(letter), DeadLetter.class)).isEqualTo(new Decoded.Value<>(letter));
    }

    @Test
    void idIsMadeOfThePlaceAndTheConsumer() {
        var one = letter("a".getBytes(UTF_8));
        var again = DeadLetters.of(record(3, 42, "b".getBytes(UTF_8)), "normalizer", Stage.STORE, "x", "y", NOW);
        assertThat(one.deadLetterId())
                .hasToString("ae8cf43f-b42a-52b4-8885-aa690c5b1e08")
                .isEqualTo(again.deadLetterId());
        assertThat(one.deadLetterId())
                .isNotEqualTo(DeadLetters.of(record(3, 43, null), "normalizer", Stage.STORE, "x", "y", NOW)
                        .deadLetterId())
                .isNotEqualTo(DeadLetters.of(record(3, 42, null), "store", Stage.STORE, "x", "y", NOW)
                        .deadLetterId());
    }

    @Test
    void keepsHeadersAndReadsWhatTheySay() {
        var record = record(3, 42, "{}".getBytes(UTF_8));
        record.headers()
                .add("ce_type", "newswire.article.published.v1".getBytes(UTF_8))
                .add("ce_subject", "11410d9c-4c88-58a1-9a65-e72d4e63171a".getBytes(UTF_8))
                .add("ce_id", "e".getBytes(UTF_8))
                .add("content-type", "application/json".getBytes(UTF_8))
                .add("offset", new byte[] {0, 0, 0, 7})
                .add("broken", new byte[] {(byte) 0xff})
                .add("empty", new byte[0])
                .add("none", null);
        var letter = DeadLetters.of(record, "store", Stage.CONSUME, "undecodable", "x", NOW);
        assertThat(requireNonNull(letter.record()).headers())
                .extracting(DeadLetter.Header::key, DeadLetter.Header::value, DeadLetter.Header::valueBase64)
                .endsWith(
                        tuple("content-type", "application/json", null),
                        tuple("offset", null, "AAAABw=="),
                        tuple("broken", null, "/w=="),
                        tuple("empty", "", null),
                        tuple("none", null, null));
        assertThat(requireNonNull(letter.refs()).articleId()).hasToString("11410d9c-4c88-58a1-9a65-e72d4e63171a");
        assertThat(requireNonNull(letter.refs()).feedId()).isNull();
        assertThat(requireNonNull(letter.refs()).eventId()).isEqualTo("e");
        assertThat(letter.payload().mediaType()).isEqualTo("application/json");
        assertThat(letter.problem().code()).isEqualTo("undecodable");
    }

    @Test
    @SuppressWarnings("NullAway") // Kafka's records may have no value
    void knowsThatAStrangersRecordSaysNothing() {
        var record = new ConsumerRecord<byte[], byte[]>("t", 0, 1, new byte[] {(byte) 0xff}, null);
        record.headers().add("ce_subject", "no id".getBytes(UTF_8)).add("ce_type", null);
        var letter = DeadLetters.of(record, "store", Stage.CONSUME, "undecodable", "x", NOW);
        assertThat(requireNonNull(letter.record()).key()).isEqualTo("base64:/w==");
        assertThat(requireNonNull(letter.refs()).feedId()).isNull();
        assertThat(letter.payload().bytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {'a', '"', 1, 0xff})
    void alwaysFitsIntoARequest(int filler) {
        for (int size : new int[] {1_000_000, 2_300_000, 2_500_000, 3_100_000, 4_194_304}) {
            var bytes = new byte[size];
            Arrays.fill(bytes, (byte) filler);
            var record = new ConsumerRecord<>("t", 0, 1, bytes, bytes);
            record.headers().add("a", Arrays.copyOf(bytes, 200_000)).add("b", bytes);
            var letter = DeadLetters.of(record, "store", Stage.CONSUME, "undecodable", "x", NOW);
            assertThat(Encoding.encode(letter)).hasSizeLessThan(LARGEST_REQUEST - 100_000);
            assertThat(letter.payload().truncated()).isEqualTo(letter.payload().value() == null);
            assertThat(letter.payload().truncated()).isEqualTo(size > (filler == 'a' ? 3_200_000 : 2_400_000));
        }
    }

    private static DeadLetter letter(byte[] value) {
        return DeadLetters.of(record(3, 42, value), "normalizer", Stage.NORMALIZE, "undecodable", "no", NOW);
    }

    @SuppressWarnings("NullAway") // Kafka's records may have no value
    private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "news.raw-article.v1",
                partition,
                offset,
                1000,
                TimestampType.LOG_APPEND_TIME,
                1,
                1,
                "dailynk.com".getBytes(UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
