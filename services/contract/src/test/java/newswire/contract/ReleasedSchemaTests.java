package newswire.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A schema that was released never changes: others hold their records against it. A change makes the next minor version, as
 * a new file with a new line in {@code released-schemas.sha256}, and the old lines stay.
 */
class ReleasedSchemaTests {

    @Test
    void staysAsItWasReleased() throws Exception {
        var released = released();
        assertThat(released).isNotEmpty();
        for (var resource : released.keySet()) {
            assertThat(sha256(SchemaAssert.text(resource))).as(resource).isEqualTo(released.get(resource));
        }
    }

    @Test
    void everySchemaIsListed() throws Exception {
        var all = SchemaAssert.NAMES.keySet().stream()
                .flatMap(type -> Stream.of("", "-reader").map(suffix -> SchemaAssert.resource(type, suffix)));
        assertThat(released()).containsKeys(all.toArray(String[]::new));
    }

    private static Map<String, String> released() throws Exception {
        try (var list = ReleasedSchemaTests.class.getResourceAsStream("/newswire/contract/released-schemas.sha256")) {
            assertThat(list).isNotNull();
            return new String(list.readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> line.split(" {2}"))
                    .collect(Collectors.toMap(line -> line[1], line -> line[0]));
        }
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }
}
