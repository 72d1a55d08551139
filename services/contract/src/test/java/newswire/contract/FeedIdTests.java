package newswire.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first two vectors are those of the podcast namespace's documentation. */
class FeedIdTests {

    @ParameterizedTest
    @CsvSource(textBlock = """
            https://mp3s.nashownotes.com/pc20rss.xml   , 917393e3-1b1e-5cef-ace4-edaa54e1f810
            https://podnews.net/rss                    , 9b024349-ccf0-5f69-a609-6b82873eab3c
            http://podnews.net/rss                     , 9b024349-ccf0-5f69-a609-6b82873eab3c
            HTTPS://podnews.net/rss//                  , 9b024349-ccf0-5f69-a609-6b82873eab3c
            https://www.dailynk.com/english/feed/      , f7326444-2fe6-5e2f-a7cc-161818be903a
            https://a.example/x?y=1                    , 1cbb2c82-2a07-5720-966f-8fe3c914693d
            """)
    void followsPodcastGuid(URI url, String id) {
        assertThat(FeedId.of(url)).hasToString(id);
    }

    @Test
    void readsItsOwnText() {
        var id = FeedId.of(URI.create("https://a.example/"));
        assertThat(new FeedId(id.toString())).isEqualTo(id);
        assertThatIllegalArgumentException().isThrownBy(() -> new FeedId("a.example"));
    }
}
