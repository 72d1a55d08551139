package newswire.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first vector is RFC 9562's own (A.4); the others were made with another implementation. */
class NameBasedUuidTests {

    @ParameterizedTest
    @CsvSource(textBlock = """
            # namespace                          , name           , uuid
            6ba7b810-9dad-11d1-80b4-00c04fd430c8, www.example.com, 2ed6657d-e927-568b-95e1-2665a8aea6a2
            6ba7b811-9dad-11d1-80b4-00c04fd430c8, Füße           , 60059e16-8050-5a6a-af03-b0cd9a7251b0
            6ba7b811-9dad-11d1-80b4-00c04fd430c8, ''             , 1b4db7eb-4057-5ddf-91e0-36dec72071f5
            """)
    void isVersion5(UUID namespace, String name, UUID uuid) {
        assertThat(NameBasedUuid.of(namespace, name)).isEqualTo(uuid);
    }

    @Test
    void carriesVersionAndVariant() {
        for (int i = 0; i < 1000; i++) {
            var uuid = NameBasedUuid.of(NameBasedUuid.URL_NAMESPACE, "name " + i);
            assertThat(uuid.version()).isEqualTo(5);
            assertThat(uuid.variant()).isEqualTo(2);
        }
    }
}
