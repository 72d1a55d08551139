package newswire.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids are for ever: these were made with another implementation and may never change. */
class ArticleIdTests {

    @ParameterizedTest
    @CsvSource(textBlock = """
            dailynk.com, guid, https://www.dailynk.com/english/?p=123456, 11410d9c-4c88-58a1-9a65-e72d4e63171a
            example.org, url , example.org/ä                            , 96881ae4-c0b0-5d18-b8b8-7aba94e9a9ee
            example.org, hash, abc                                      , 32904ed0-f1cb-52d3-8e8b-7057f70a5f94
            """)
    void mints(String scope, String kind, String key, String id) {
        assertThat(ArticleId.of(new PublisherScope(scope), kind, key)).hasToString(id);
    }

    @Test
    void partsAreAsStableAsTheirNames() {
        var id = new ArticleId("11410d9c-4c88-58a1-9a65-e72d4e63171a");
        assertThat(id.part("image-1")).hasToString("urn:uuid:4f895c94-b37b-5a0f-9130-b0fdeb2fed58");
    }

    @Test
    void readsBothForms() {
        var id = new ArticleId("11410d9c-4c88-58a1-9a65-e72d4e63171a");
        assertThat(new ArticleId("urn:uuid:11410d9c-4c88-58a1-9a65-e72d4e63171a"))
                .isEqualTo(id);
        assertThat(new ArticleId(id.uri().toString())).isEqualTo(id);
        assertThatIllegalArgumentException().isThrownBy(() -> new ArticleId("urn:uuid:x"));
    }
}
