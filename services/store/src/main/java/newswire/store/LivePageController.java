package newswire.store;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What happens to articles, the newest first; a script keeps it up to date. */
@RestController
class LivePageController {
    private static final int SHOWN = 50;

    private final ChangeTable table;
    private final Templates templates;

    LivePageController(ChangeTable table, Templates templates) {
        this.table = table;
        this.templates = templates;
    }

    @GetMapping(path = "/live", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    String live(HttpServletRequest request) {
        var newest = table.newest(SHOWN);
        return templates.html(
                "live",
                new LivePage(
                        Shell.of("Live", "live", request),
                        newest.next().toString(),
                        newest.changes().stream().map(LivePage.Row::of).toList()));
    }
}
