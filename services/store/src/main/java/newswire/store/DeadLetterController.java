package newswire.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The records that could not be processed, each with its bytes and the reason. */
@RestController
@RequestMapping("/api/dead-letters")
class DeadLetterController {
    private static final int MOST = 200;

    private final DeadLetterTable table;

    DeadLetterController(DeadLetterTable table) {
        this.table = table;
    }

    /** Dead letters, newest first. */
    record DeadLetters(long total, List<RawJson> items) {}

    @GetMapping
    DeadLetters list(@RequestParam @Nullable String reason, @RequestParam(defaultValue = "50") int limit) {
        return new DeadLetters(table.count(), table.newest(reason, Math.clamp(limit, 1, MOST)));
    }

    @GetMapping("/{id}")
    RawJson find(@PathVariable UUID id) {
        return table.find(id).orElseThrow(() -> Refusal.notFound("dead letter", id));
    }
}
