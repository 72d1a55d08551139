package newswire.normalizer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** Texts beside the tests. */
final class TestText {
    private TestText() {}

    /** The whole of a resource of this package. */
    static String of(String name) {
        try (var in = Objects.requireNonNull(TestText.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Its lines, less empty ones and comments. */
    static Stream<String> lines(String name) {
        return of(name).lines().filter(line -> !line.isBlank() && !line.startsWith("# "));
    }
}
