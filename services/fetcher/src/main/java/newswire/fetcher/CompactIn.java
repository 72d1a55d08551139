package newswire.fetcher;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** Reads what {@link CompactOut} wrote, in the same order. */
final class CompactIn {
    private final CompactWords words = new CompactWords();
    private final byte[] bytes;
    private int at;

    CompactIn(byte[] bytes) {
        this.bytes = bytes;
    }

    CompactWords words() {
        return words;
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    long number() {
        return signed(unsigned());
    }

    private static long signed(long zigzag) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    double fraction() {
        long digits = number();
        return bytes[at++] == 1 ? digits / 10_000.0 : Double.longBitsToDouble(fixed());
    }

    UUID id() {
        return new UUID(fixed(), fixed());
    }

    private long fixed() {
        long value = 0;
        for (int n = 0; n < Long.BYTES; n++) {
            value = (value << 8) | (bytes[at++] & 0xFF);
        }
        return value;
    }

    Instant time() {
        long how = unsigned();
        long beyond = (how & 1) == 0 ? 0 : unsigned();
        var value = beyond == CompactWords.NANOS_OF_MILLI
                ? Instant.ofEpochSecond(number(), unsigned())
                : words.time((int) ((how >>> 1) & 3))
                        .plusMillis(signed(how >>> 3))
                        .plusNanos(beyond);
        words.met(value);
        return value;
    }

    String text() {
        long how = unsigned();
        int number = (int) (how >>> 2);
        return switch ((int) (how & 3)) {
            case CompactWords.AGAIN -> words.texts().get(number);
            case CompactWords.HEX -> HexFormat.of().formatHex(raw(number));
            case CompactWords.BASE64 -> Base64.getEncoder().encodeToString(raw(number));
            default -> spelt(number);
        };
    }

    private byte[] raw(int length) {
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    private String spelt(int like) {
        var text = new StringBuilder();
        if (like > 0) {
            text.append(words.texts().get(like - 1), 0, (int) unsigned());
        }
        for (long left = unsigned(); left > 0; left--) {
            text.append((char) unsigned());
        }
        words.texts().add(text.toString());
        return text.toString();
    }
}
