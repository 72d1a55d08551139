package newswire.store;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newswire.contract.Article;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Searches as feeds and articles in others' forms: by the end of the path, or by {@code Accept}. */
@RestController
class OutputController {
    private static final String RSS = "application/rss+xml";
    private static final String ATOM = "application/atom+xml";
    private static final String JSON_FEED = "application/feed+json";
    private static final String JSON_LD = "application/ld+json";
    private static final String NINJS = "application/vnd.iptc.ninjs+json";
    private static final int MOST_REMOVED = 100;

    private final ArticleSearch search;
    private final ArticleTable table;
    private final StoreProperties.Output properties;

    OutputController(ArticleSearch search, ArticleTable table, StoreProperties properties) {
        this.search = search;
        this.table = table;
        this.properties = properties.output();
    }

    @GetMapping("/api/articles.rss")
    ResponseEntity<byte[]> rss(@Valid SearchRequest wanted, HttpServletRequest request) {
        return answer(RSS, RssFeed.of(feed(wanted, request)));
    }

    @GetMapping(path = "/api/articles", produces = RSS)
    ResponseEntity<byte[]> acceptingRss(@Valid SearchRequest wanted, HttpServletRequest request) {
        return rss(wanted, request);
    }

    @GetMapping("/api/articles.atom")
    ResponseEntity<byte[]> atom(@Valid SearchRequest wanted, HttpServletRequest request) {
        return answer(ATOM, AtomFeed.of(feed(wanted, request)));
    }

    @GetMapping(path = "/api/articles", produces = ATOM)
    ResponseEntity<byte[]> acceptingAtom(@Valid SearchRequest wanted, HttpServletRequest request) {
        return atom(wanted, request);
    }

    @GetMapping("/api/articles.json")
    ResponseEntity<byte[]> jsonFeed(@Valid SearchRequest wanted, HttpServletRequest request) {
        return answer(JSON_FEED, JsonFeed.of(feed(wanted, request)));
    }

    @GetMapping(path = "/api/articles", produces = JSON_FEED)
    ResponseEntity<byte[]> acceptingJsonFeed(@Valid SearchRequest wanted, HttpServletRequest request) {
        return jsonFeed(wanted, request);
    }

    @GetMapping("/api/articles/{id}.ninjs")
    ResponseEntity<byte[]> ninjs(@PathVariable UUID id) {
        return answer(NINJS, ArticleForm.ninjs(article(id)));
    }

    @GetMapping(path = "/api/articles/{id}", produces = NINJS)
    ResponseEntity<byte[]> acceptingNinjs(@PathVariable UUID id) {
        return ninjs(id);
    }

    @GetMapping("/api/articles/{id}.jsonld")
    ResponseEntity<byte[]> jsonLd(@PathVariable UUID id) {
        return answer(JSON_LD, ArticleForm.jsonLd(article(id)));
    }

    @GetMapping(path = "/api/articles/{id}", produces = JSON_LD)
    ResponseEntity<byte[]> acceptingJsonLd(@PathVariable UUID id) {
        return jsonLd(id);
    }

    @GetMapping("/api/articles/{id}.html")
    ResponseEntity<byte[]> html(@PathVariable UUID id) {
        return answer(MediaType.TEXT_HTML_VALUE, ArticleForm.html(article(id)));
    }

    @GetMapping(path = "/api/articles/{id}", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<byte[]> acceptingHtml(@PathVariable UUID id) {
        return html(id);
    }

    private Article article(UUID id) {
        return RevisionTable.article(table.find(id)
                .orElseThrow(() -> Refusal.notFound("article", id))
                .json());
    }

    private OutputFeed feed(SearchRequest wanted, HttpServletRequest request) {
        var page = search.find(wanted.query());
        var self = self(request);
        return OutputFeed.of(
                title(wanted),
                self,
                page.next() == null ? null : next(self, page.next()),
                properties.hub(),
                page.items().stream()
                        .map(item -> RevisionTable.article(item.json()))
                        .toList(),
                table.takenDown(MOST_REMOVED));
    }

    private URI self(HttpServletRequest request) {
        var asked = ServletUriComponentsBuilder.fromRequest(request).build(true).toUri();
        var url = properties.url();
        return url == null
                ? asked
                : url.resolve(asked.getRawPath() + (asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery()));
    }

    private static URI next(URI self, String cursor) {
        return ServletUriComponentsBuilder.fromUri(self)
                .replaceQueryParam("cursor", cursor)
                .build(true)
                .toUri();
    }

    private String title(SearchRequest wanted) {
        return Stream.of(properties.title(), wanted.q(), wanted.publisher(), wanted.language())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(": "));
    }

    /** With a validator, by which the framework answers conditional requests. Weak, for a compressed answer is the same. */
    private static ResponseEntity<byte[]> answer(String type, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, type + ";charset=UTF-8")
                .eTag("W/\"" + DigestUtils.md5DigestAsHex(bytes) + "\"")
                .body(bytes);
    }
}
