package newswire.store;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newswire.contract.Article;
import org.jspecify.annotations.Nullable;
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

    private static final List<Form<OutputFeed>> FEEDS = List.of(
            new Form<>(".rss", RSS, RssFeed::of),
            new Form<>(".atom", ATOM, AtomFeed::of),
            new Form<>(".json", JSON_FEED, JsonFeed::of));
    private final ArticleSearch search;
    private final ArticleTable table;
    private final StoreProperties.Output properties;
    private final List<Form<Article>> articles;

    OutputController(ArticleSearch search, ArticleTable table, Templates templates, StoreProperties properties) {
        this.search = search;
        this.table = table;
        this.properties = properties.output();
        this.articles = List.of(
                new Form<>(".ninjs", NINJS, ArticleForm::ninjs),
                new Form<>(".jsonld", JSON_LD, ArticleForm::jsonLd),
                new Form<>(".html", MediaType.TEXT_HTML_VALUE, article -> templates.html("article-form", article)));
    }

    /**
     * A form in which something is served.
     *
     * @param ending of its path
     */
    private record Form<T>(String ending, String type, Function<T, String> writer) {
        /** The form that the path ends with, or else the one that its reader likes best. */
        static <T> Form<T> of(List<Form<T>> forms, HttpServletRequest request) {
            var path = request.getRequestURI();
            return forms.stream()
                    .filter(form -> path.endsWith(form.ending()))
                    .findFirst()
                    .or(() -> accepted(forms, request.getHeader(HttpHeaders.ACCEPT)))
                    .orElse(forms.getFirst());
        }

        private static <T> Optional<Form<T>> accepted(List<Form<T>> forms, @Nullable String header) {
            return MediaType.parseMediaTypes(header).stream()
                    .sorted(Comparator.comparingDouble(MediaType::getQualityValue)
                            .reversed())
                    .flatMap(type -> forms.stream().filter(form -> type.includes(MediaType.valueOf(form.type()))))
                    .findFirst();
        }

        /** With a validator, by which the framework answers conditional requests. Weak, for a compressed answer is the same. */
        ResponseEntity<byte[]> answer(T content) {
            var bytes = writer.apply(content).getBytes(StandardCharsets.UTF_8);
            return ResponseEntity.ok()
                    .header(HttpHeaders.CONTENT_TYPE, type + ";charset=UTF-8")
                    .eTag("W/\"" + DigestUtils.md5DigestAsHex(bytes) + "\"")
                    .body(bytes);
        }
    }

    @GetMapping({"/api/articles.rss", "/api/articles.atom", "/api/articles.json"})
    ResponseEntity<byte[]> feed(@Valid SearchRequest wanted, HttpServletRequest request) {
        return Form.of(FEEDS, request).answer(found(wanted, request));
    }

    @GetMapping(
            path = "/api/articles",
            produces = {RSS, ATOM, JSON_FEED})
    ResponseEntity<byte[]> acceptedFeed(@Valid SearchRequest wanted, HttpServletRequest request) {
        return feed(wanted, request);
    }

    @GetMapping({"/api/articles/{id}.ninjs", "/api/articles/{id}.jsonld", "/api/articles/{id}.html"})
    ResponseEntity<byte[]> article(@PathVariable UUID id, HttpServletRequest request) {
        return Form.of(articles, request).answer(article(id));
    }

    @GetMapping(
            path = "/api/articles/{id}",
            produces = {NINJS, JSON_LD, MediaType.TEXT_HTML_VALUE})
    ResponseEntity<byte[]> acceptedArticle(@PathVariable UUID id, HttpServletRequest request) {
        return article(id, request);
    }

    private Article article(UUID id) {
        return RevisionTable.article(table.find(id)
                .orElseThrow(() -> Refusal.notFound("article", id))
                .json());
    }

    private OutputFeed found(SearchRequest wanted, HttpServletRequest request) {
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
        return Stream.of(properties.title(), wanted.q(), wanted.publisher(), wanted.subject(), wanted.language())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(": "));
    }
}
