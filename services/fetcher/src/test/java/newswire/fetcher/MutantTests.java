package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import newswire.contract.Feed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The zoo's documents, broken by chance: whatever the bytes are, reading ends, throws nothing, and gives well-formed documents. */
@Timeout(120)
class MutantTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Feed FEED = Feed.of(URI.create("https://news.example/feed"), NOW);
    private static final int MUTANTS = Integer.getInteger("newswire.test.mutants", 20);

    @Test
    void anyBytesCanBeRead() throws Exception {
        var dice = new SplittableRandom(42);
        int entries = 0;
        for (var specimen : ZooTests.specimens().toList()) {
            for (int n = 0; n < MUTANTS; n++) {
                entries += check(mutated(specimen.bytes(), dice), specimen);
            }
        }
        assertThat(entries).isPositive();
    }

    private static int check(byte[] bytes, ZooTests.Specimen specimen) {
        try {
            var reading = FetcherApplication.read(FEED, bytes, specimen.type(), NOW);
            reading.entries().forEach(raw -> OneEntry.parsed(raw.document(), raw.format()));
            return reading.entries().size();
        } catch (RuntimeException | Error ex) {
            throw new AssertionError(
                    specimen.file() + " as\n" + new String(bytes, java.nio.charset.StandardCharsets.UTF_8), ex);
        }
    }

    private static byte[] mutated(byte[] bytes, SplittableRandom dice) throws IOException {
        var mutant = bytes.clone();
        for (int changes = 1 + dice.nextInt(4); changes > 0 && mutant.length > 2; changes--) {
            int at = dice.nextInt(mutant.length);
            int to = Math.min(mutant.length, at + 1 + dice.nextInt(60));
            mutant = switch (dice.nextInt(5)) {
                case 0 -> Arrays.copyOf(mutant, at);
                case 1 -> joined(Arrays.copyOf(mutant, at), Arrays.copyOfRange(mutant, to, mutant.length));
                case 2 -> joined(Arrays.copyOf(mutant, to), Arrays.copyOfRange(mutant, at, mutant.length));
                case 3 -> {
                    mutant[at] = (byte) dice.nextInt(256);
                    yield mutant;
                }
                default -> {
                    mutant[at] = (byte) "<>&\"'/![]-? ;:#x".charAt(dice.nextInt(16));
                    yield mutant;
                }
            };
        }
        return mutant;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
