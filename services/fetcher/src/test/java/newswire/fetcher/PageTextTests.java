package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTextTests {
    private static final URI URL = URI.create("https://news.example/1");

    private static RawArticle.@Nullable Page page(byte[] bytes, @Nullable String type, @Nullable String flaw) {
        var exchange = new FetchResult.Exchange(URL, null, 200, null, null, type, null, null, null, null, 1, 1);
        return PageText.of(URL, new FetchResult.Modified(exchange, new FetchResult.Body(bytes), flaw), Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # content type                 | bytes in      | page                                       | is HTML
            text/html; charset=EUC-KR      | EUC-KR        | <html><p>한국</p>                            | true
            text/html                      | EUC-KR        | <html><meta charset="euc-kr"><p>한국</p>      | true
            text/html                      | windows-1251  | <html><meta http-equiv=Content-Type content="text/html; charset=windows-1251"><p>Новости</p> | true
            text/html; charset=iso-8859-1  | UTF-8         | <html><p>한국</p>                            | true
            application/xhtml+xml          | UTF-8         | <html><p>x</p>                             | true
                                           | UTF-8         | <!DOCTYPE html><p>x</p>                    | true
            text/plain                     | UTF-8         | x                                          | false
            image/png                      | UTF-8         | <html><p>x</p>                             | false
            application/pdf                | UTF-8         | %PDF                                       | false
            """)
    void readsWhatIsHtml(@Nullable String type, Charset charset, String text, boolean html) {
        var page = page(text.getBytes(charset), type, null);
        assertThat(page != null).isEqualTo(html);
        if (page != null) {
            assertThat(page.html()).isEqualTo(text);
            assertThat(page.truncated()).isFalse();
        }
    }

    @Test
    void cutsBetweenTags() {
        var bytes = "<html><p>가</p><p>나다".getBytes(StandardCharsets.UTF_8);
        var cut = Arrays.copyOf(bytes, bytes.length - 1);
        var page = Objects.requireNonNull(page(cut, "text/html", Answer.CUT));
        assertThat(page.html()).isEqualTo("<html><p>가</p><p>");
        assertThat(page.truncated()).isTrue();
        assertThat(PageText.cut(page, 12).html()).isEqualTo("<html><p>");
    }
}
