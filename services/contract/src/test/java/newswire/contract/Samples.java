package newswire.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;

/** The golden samples: for every record one with all that it can have, and one with only what it must have. */
public final class Samples {
    private Samples() {}

    /**
     * The article of a sample.
     *
     * @param name {@code seed}, {@code full} or {@code minimal}
     */
    public static Article article(String name) {
        return read("article-" + name, Article.class);
    }

    /**
     * A sample as a record.
     *
     * @param name as in {@code feed-full}
     */
    public static <T extends NewsRecord> T read(String name, Class<T> type) {
        return switch (Encoding.decode(bytes(name), type)) {
            case Decoded.Value<T>(var value) -> value;
            case Decoded.Tombstone<T>() -> throw new AssertionError(name);
            case Decoded.Undecodable<T>(var reason, var detail) ->
                throw new AssertionError(name + ": " + reason + ", " + detail);
        };
    }

    /** A sample as it would stand on its topic, but for white space. */
    public static byte[] bytes(String name) {
        try (var stream = Samples.class.getResourceAsStream("/newswire/contract/samples/" + name + ".json")) {
            if (stream == null) {
                throw new IllegalArgumentException("no sample '" + name + "'");
            }
            return stream.readAllBytes();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
