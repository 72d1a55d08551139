package newswire.store;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everything that happens to articles, once and in order, by pages or as a stream. */
@RestController
@RequestMapping("/api/changes")
class ChangesController {
    private static final Logger log = LoggerFactory.getLogger(ChangesController.class);
    private static final int MOST = 500;
    private static final int LONGEST_CURSOR = 8000;

    private final ChangeTable table;
    private final ChangeStream stream;

    ChangesController(ChangeTable table, ChangeStream stream) {
        this.table = table;
        this.stream = stream;
    }

    /**
     * A part of the sequence.
     *
     * @param next cursor to go on with, also if there is nothing more yet
     * @param more whether there is more already
     */
    record Changes(List<RawJson> items, String next, boolean more) {}

    /**
     * What happened after a cursor.
     *
     * @param after absent = from the first that is kept; {@code now} = from now on
     * @param limit clamped to 1 … 500
     */
    @GetMapping
    Changes after(
            @RequestParam(defaultValue = "") @Size(max = LONGEST_CURSOR) String after,
            @RequestParam(defaultValue = "100") int limit) {
        var page = table.after(cursor("after", after), Math.clamp(limit, 1, MOST));
        return new Changes(
                page.changes().stream()
                        .map(change -> new RawJson(change.json()))
                        .toList(),
                page.next().toString(),
                page.more());
    }

    /**
     * The same as Server-Sent Events ({@code change}, and {@code reset} before a client is dropped), each with its cursor as
     * id.
     *
     * @param last the browser's own cursor, when it comes again
     * @param after cursor for the first time; absent = from now on
     */
    @GetMapping("/stream")
    void stream(
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable @Size(max = LONGEST_CURSOR) String last,
            @RequestParam(defaultValue = "now") @Size(max = LONGEST_CURSOR) String after,
            HttpServletRequest request,
            HttpServletResponse response) {
        var from = last == null || last.isBlank() ? cursor("after", after) : cursor("Last-Event-ID", last);
        if (!stream.enter()) {
            throw Refusal.tooMany("As many streams as may be are open. Try again later, or read /api/changes.");
        }
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("X-Accel-Buffering", "no"); // a proxy's buffer would hold events back
        var async = request.startAsync();
        async.setTimeout(0);
        Thread.ofVirtual().name("changes-", 0).start(() -> {
            try {
                stream.serve(from, response.getOutputStream());
            } catch (IOException ex) {
                log.debug("Reader of changes has gone, reason={}", ex.getMessage());
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException ex) { // the bulkhead: one client must not harm the others
                log.warn("Stream of changes ended, reason={}", ex.toString());
            } finally {
                stream.leave();
                end(async);
            }
        });
    }

    private static void end(AsyncContext async) {
        try {
            async.complete();
        } catch (IllegalStateException ex) {
            log.debug("Stream had ended already, reason={}", ex.getMessage());
        }
    }

    private ChangeCursor cursor(String field, String text) {
        if (text.equals("now")) {
            return table.end();
        }
        try {
            var cursor = ChangeCursor.of(text.strip());
            return cursor.next().isEmpty() ? table.beginning() : cursor;
        } catch (IllegalArgumentException ex) {
            throw Refusal.badField(field, "is not one that this API gave out; start again without it");
        }
    }
}
