package newswire.store;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import newswire.contract.DeadLetter;
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

/** The records that could not be processed, for people: what they were, why, and what to make of them. */
@RestController
@RequestMapping("/dead-letters")
class DeadLetterPageController {
    private static final MediaType HTML = MediaType.valueOf(MediaType.TEXT_HTML_VALUE + ";charset=UTF-8");
    private static final String SECTION = "dead-letters";
    private static final int PAGE = 25;
    private static final int AT_ONCE = 1000;
    private static final Map<String, String> TOLD = Map.of(
            "replayed",
            "It was sent again. If it cannot be processed this time either, it comes back as a new one.",
            "discarded",
            "It is off the list of what is to be done. It stays here, and can still be sent again.");

    private final DeadLetterTable table;
    private final Replays replays;
    private final Templates templates;

    DeadLetterPageController(DeadLetterTable table, Replays replays, Templates templates) {
        this.table = table;
        this.replays = replays;
        this.templates = templates;
    }

    @GetMapping
    ResponseEntity<String> list(@Valid DeadLettersPage.Form form, HttpServletRequest request) {
        return list(HttpStatus.OK, form, null, request);
    }

    private ResponseEntity<String> list(
            HttpStatus status, DeadLettersPage.Form form, @Nullable String refused, HttpServletRequest request) {
        var rows = table.outlines(form.filter(true), PAGE + 1);
        var shown = rows.subList(0, Math.min(PAGE, rows.size()));
        var counts = table.countByReason(form.filter(false));
        var reason = form.chosenReason();
        return page(
                status,
                "dead-letters",
                new DeadLettersPage(
                        Shell.of("Dead letters", SECTION, request),
                        form,
                        DeadLettersPage.fates(form),
                        DeadLettersPage.reasons(form, counts),
                        shown.stream().map(DeadLettersPage.Item::of).toList(),
                        reason == null || !form.chosenFate().equals("open") ? 0 : counts.getOrDefault(reason, 0L),
                        rows.size() > PAGE
                                ? form.with("cursor", shown.getLast().place().cursor())
                                : null,
                        form.told(),
                        refused));
    }

    private ResponseEntity<String> page(HttpStatus status, String template, Object page) {
        return ResponseEntity.status(status).contentType(HTML).body(templates.html(template, page));
    }

    /** @param told what became of the last wish, by its key */
    @GetMapping("/{id}")
    ResponseEntity<String> show(
            @PathVariable UUID id, @RequestParam(defaultValue = "") String told, HttpServletRequest request) {
        return show(HttpStatus.OK, letter(id), TOLD.get(told), null, request);
    }

    private ResponseEntity<String> show(
            HttpStatus status,
            DeadLetter letter,
            @Nullable String told,
            @Nullable String refused,
            HttpServletRequest request) {
        var payload = letter.payload();
        return page(
                status,
                "dead-letter",
                new DeadLetterPage(
                        Shell.of("Dead letter: " + letter.reason(), SECTION, request),
                        letter,
                        table.fate(letter.deadLetterId()),
                        payload.truncated() || payload.value() == null ? null : ByteView.of(Replays.bytes(payload)),
                        told,
                        refused));
    }

    private DeadLetter letter(UUID id) {
        return replays.find(id).orElseThrow(() -> Refusal.notFound("dead letter", id));
    }

    @PostMapping("/{id}/replay")
    ResponseEntity<String> replay(@PathVariable UUID id, HttpServletRequest request) {
        var letter = letter(id);
        var refused = replays.replay(letter);
        return refused == null
                ? seeOther("/dead-letters/" + id + "?told=replayed")
                : show(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        letter,
                        null,
                        "It cannot be sent again: " + refused + ".",
                        request);
    }

    @PostMapping("/{id}/discard")
    ResponseEntity<String> discard(@PathVariable UUID id) {
        table.decide(letter(id).deadLetterId(), "discarded");
        return seeOther("/dead-letters/" + id + "?told=discarded");
    }

    /**
     * Sends all open ones of a reason again, up to so many at once.
     *
     * @param confirmed that it is meant
     */
    @PostMapping("/replay")
    ResponseEntity<String> replayAll(
            @RequestParam @Pattern(regexp = DeadLetterController.NAME) String reason,
            @RequestParam(defaultValue = "false") boolean confirmed,
            HttpServletRequest request) {
        if (!confirmed) {
            return list(
                    HttpStatus.BAD_REQUEST, DeadLettersPage.Form.ofReason(reason), "Say that it is meant.", request);
        }
        var done = replays.replayAll(reason, AT_ONCE);
        return seeOther("/dead-letters?reason=" + reason + "&replayed=" + done.replayed() + "&refused="
                + done.refused().size());
    }

    private static ResponseEntity<String> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }
}
