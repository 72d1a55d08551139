package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the values of a {@link Compact}. */
final class CompactOut {
    private static final int SHORTEST_BINARY = 16;
    private static final int SHORTEST_BEGINNING = 4;
    private static final int DIGITS = 10_000;
    private static final long FARTHEST_SECONDS = 1L << 40;

    private final CompactWords words = new CompactWords();
    private byte[] bytes = new byte[512];
    private int size;

    CompactWords words() {
        return words;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void one(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = (byte) value;
    }

    private void all(byte[] raw) {
        for (byte value : raw) {
            one(value);
        }
    }

    /** Small ones take one byte. */
    void unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            one((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        one((int) rest);
    }

    void number(long value) {
        unsigned(zigzag(value));
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    /** Shares and chances have four digits at most, as a rule. */
    void fraction(double value) {
        long digits = Math.round(value * DIGITS);
        boolean exact = Double.doubleToLongBits((double) digits / DIGITS) == Double.doubleToLongBits(value);
        number(exact ? digits : 0);
        one(exact ? 1 : 0);
        if (!exact) {
            fixed(Double.doubleToLongBits(value));
        }
    }

    void id(UUID value) {
        fixed(value.getMostSignificantBits());
        fixed(value.getLeastSignificantBits());
    }

    private void fixed(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            one((int) (value >>> shift));
        }
    }

    /** By its distance from one that was met, and what it has beyond milliseconds, if anything. */
    void time(Instant value) {
        int from = words.nearest(value);
        var distance = Duration.between(words.time(from), value);
        int beyond = value.getNano() % CompactWords.NANOS_OF_MILLI;
        if (Math.abs(distance.toSeconds()) > FARTHEST_SECONDS) {
            unsigned(1);
            unsigned(CompactWords.NANOS_OF_MILLI);
            number(value.getEpochSecond());
            unsigned(value.getNano());
        } else {
            long millis = distance.minusNanos(beyond).toMillis();
            unsigned((zigzag(millis) << 3) | ((long) from << 1) | (beyond == 0 ? 0 : 1));
            if (beyond != 0) {
                unsigned(beyond);
            }
        }
        words.met(value);
    }

    void text(String value) {
        int known = words.texts().indexOf(value);
        byte @Nullable [] hex = known >= 0 ? null : hex(value);
        byte @Nullable [] base64 = known >= 0 || hex != null ? null : base64(value);
        if (known >= 0) {
            unsigned(((long) known << 2) | CompactWords.AGAIN);
        } else if (hex != null) {
            binary(hex, CompactWords.HEX);
        } else if (base64 != null) {
            binary(base64, CompactWords.BASE64);
        } else {
            beginning(value);
            words.texts().add(value);
        }
    }

    private void binary(byte[] value, int form) {
        unsigned(((long) value.length << 2) | form);
        all(value);
    }

    /** What it has in common with another, and the rest; character by character, since not all of them come in pairs. */
    private void beginning(String value) {
        int like = 0;
        int common = 0;
        for (int n = 0; n < words.texts().size(); n++) {
            int length = common(value, words.texts().get(n));
            if (length > common) {
                like = n;
                common = length;
            }
        }
        boolean any = common >= SHORTEST_BEGINNING;
        unsigned(((any ? like + 1L : 0) << 2) | CompactWords.TEXT);
        int from = any ? common : 0;
        if (any) {
            unsigned(common);
        }
        unsigned((long) value.length() - from);
        for (int n = from; n < value.length(); n++) {
            unsigned(value.charAt(n));
        }
    }

    private static int common(String one, String other) {
        int most = Math.min(one.length(), other.length());
        int same = 0;
        while (same < most && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return same;
    }

    private static byte @Nullable [] hex(String value) {
        boolean hex = value.length() >= SHORTEST_BINARY
                && value.length() % 2 == 0
                && value.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        return hex ? HexFormat.of().parseHex(value) : null;
    }

    private static byte @Nullable [] base64(String value) {
        int padding = value.endsWith("==") ? 2 : value.endsWith("=") ? 1 : 0;
        boolean base64 = value.length() >= SHORTEST_BINARY
                && value.length() % 4 == 0
                && value.chars().limit(value.length() - padding).allMatch(CompactOut::base64);
        byte @Nullable [] raw = base64 ? Base64.getDecoder().decode(value) : null;
        return raw != null && Base64.getEncoder().encodeToString(raw).equals(value) ? raw : null;
    }

    private static boolean base64(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }

    /** A list whole, if it was met: returns whether it was. */
    boolean again(List<?> value) {
        int known = value.isEmpty() ? -1 : words.lists().indexOf(value);
        unsigned(known >= 0 ? ((long) known << 1) | 1 : (long) value.size() << 1);
        return known >= 0;
    }
}
