package newswire.store;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.UUID;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The feeds for people: which there are, how they fare, and how to add more. */
@RestController
@RequestMapping("/feeds")
class FeedsPageController {
    private static final MediaType HTML = MediaType.valueOf(MediaType.TEXT_HTML_VALUE + ";charset=UTF-8");
    private static final int PAGE = 50;
    private static final int REFRESH_SECONDS = 2;

    private final Feeds feeds;
    private final FeedTable table;
    private final OpmlImports imports;
    private final Templates templates;

    FeedsPageController(Feeds feeds, FeedTable table, OpmlImports imports, Templates templates) {
        this.feeds = feeds;
        this.table = table;
        this.imports = imports;
        this.templates = templates;
    }

    /** How far an import is, as its template wants it. */
    record ImportPage(Shell shell, OpmlImports.Report report) {}

    @GetMapping
    ResponseEntity<String> list(@Valid FeedsPage.Form form, HttpServletRequest request) {
        return page(HttpStatus.OK, form, null, null, request);
    }

    private ResponseEntity<String> page(
            HttpStatus status,
            FeedsPage.Form form,
            FeedsPage.@Nullable Wish wish,
            @Nullable String refused,
            HttpServletRequest request) {
        var found = table.list(form.filter(), form.cursor() == null ? "" : form.cursor(), PAGE + 1).stream()
                .map(FeedSummary::of)
                .toList();
        var shown = found.size() > PAGE ? found.subList(0, PAGE) : found;
        var next = found.size() > PAGE
                ? form.with(
                        "cursor", table.position(shown.getLast().feed().feedId().value()))
                : null;
        return ResponseEntity.status(status)
                .contentType(HTML)
                .body(templates.html(
                        "feeds",
                        new FeedsPage(
                                Shell.of("Feeds", "feeds", request),
                                form,
                                FeedsPage.choices(form, table.countByStatus()),
                                shown,
                                next,
                                wish,
                                refused)));
    }

    private ResponseEntity<String> refused(
            HttpStatus status, FeedsPage.@Nullable Wish wish, String reason, HttpServletRequest request) {
        return page(status, new FeedsPage.Form(null, null, null, null), wish, reason, request);
    }

    /** Adds a feed and shows it. What is wrong with the wish is said beside what was typed. */
    @PostMapping
    ResponseEntity<String> add(FeedsPage.Wish wish, HttpServletRequest request) {
        Feed feed;
        try {
            feed = FeedPatch.checked(Feeds.definition(
                    Feeds.url(wish.xmlUrl() == null ? "" : wish.xmlUrl()),
                    wish.title(),
                    null,
                    FeedsPage.blankToNull(wish.language()),
                    FeedPage.categories(wish.categories()),
                    now()));
        } catch (IllegalArgumentException ex) {
            return refused(HttpStatus.BAD_REQUEST, wish, "The address is " + ex.getMessage() + ".", request);
        } catch (Refusal ex) {
            return refused(
                    HttpStatus.BAD_REQUEST, wish, String.valueOf(ex.getBody().getDetail()), request);
        }
        return switch (feeds.add(feed)) {
            case Feeds.Added.New(var added) -> seeOther("/feeds/" + added.feedId() + "?told=added");
            case Feeds.Added.Known(var known) -> seeOther("/feeds/" + known.feedId() + "?told=known");
        };
    }

    /** Begins to add all feeds of a subscription list. */
    @PostMapping("/imports")
    ResponseEntity<String> importAll(@RequestParam MultipartFile file, HttpServletRequest request) throws IOException {
        try (var content = file.getInputStream()) {
            return seeOther("/feeds/imports/" + imports.begin(Opml.read(content, now())));
        } catch (IllegalArgumentException ex) {
            return refused(HttpStatus.UNPROCESSABLE_CONTENT, null, "The file is " + ex.getMessage() + ".", request);
        }
    }

    @GetMapping(path = "/imports/{id}", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    String imported(@PathVariable UUID id, HttpServletRequest request) {
        var report = imports.find(id).orElseThrow(() -> Refusal.notFound("import", id));
        var shell = Shell.of("Import", "feeds", request);
        return templates.html(
                "import", new ImportPage(report.isOver() ? shell : shell.refreshing(REFRESH_SECONDS), report));
    }

    private static ResponseEntity<String> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }

    private static java.time.Instant now() {
        return InstantSource.system().instant();
    }
}
