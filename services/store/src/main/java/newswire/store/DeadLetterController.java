package newswire.store;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import newswire.contract.DeadLetter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The records that could not be processed, each with its bytes and the reason. */
@RestController
@RequestMapping("/api/dead-letters")
class DeadLetterController {
    private static final int MOST = 200;
    static final String NAME = "[A-Za-z0-9._-]{1,100}";
    static final String FATES = "open|replayed|discarded|any";

    private final DeadLetterTable table;
    private final Replays replays;

    DeadLetterController(DeadLetterTable table, Replays replays) {
        this.table = table;
        this.replays = replays;
    }

    /**
     * Dead letters, newest first.
     *
     * @param total how many wait for somebody
     * @param reasons how many of those that were asked for there are of each reason
     * @param fates of the items, in their order
     */
    record DeadLetters(
            long total,
            Map<String, Long> reasons,
            List<RawJson> items,
            List<String> fates,
            @Nullable String next) {}

    /** @param fate {@code any} for all; else open, replayed or discarded */
    @GetMapping
    DeadLetters list(
            @RequestParam @Nullable @Pattern(regexp = NAME) String reason,
            @RequestParam @Nullable @Pattern(regexp = NAME) String stage,
            @RequestParam @Nullable @Pattern(regexp = NAME) String topic,
            @RequestParam(defaultValue = "open") @Pattern(regexp = FATES) String fate,
            @RequestParam @Nullable @Size(max = 200) String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        int size = Math.clamp(limit, 1, MOST);
        var filter = new DeadLetterTable.Filter(reason, stage, topic, fate.equals("any") ? null : fate, place(cursor));
        var rows = table.list(filter, size + 1);
        var page = rows.subList(0, Math.min(size, rows.size()));
        return new DeadLetters(
                table.count(),
                table.countByReason(filter),
                page.stream().map(DeadLetterTable.Row::letter).toList(),
                page.stream().map(DeadLetterTable.Row::fate).toList(),
                rows.size() > size ? page.getLast().place().cursor() : null);
    }

    /**
     * Where a page begins; null at the first.
     *
     * @throws Refusal if the cursor is none of ours
     */
    static DeadLetterTable.@Nullable Place place(@Nullable String cursor) {
        try {
            return cursor == null || cursor.isBlank() ? null : DeadLetterTable.Place.of(cursor);
        } catch (IllegalArgumentException ex) {
            throw Refusal.badField("cursor", "is not one that this API gave out; start again without it");
        }
    }

    @GetMapping("/{id}")
    RawJson find(@PathVariable UUID id) {
        return table.find(id).orElseThrow(() -> Refusal.notFound("dead letter", id));
    }

    /** The record's value, byte for byte. */
    @GetMapping("/{id}/payload")
    ResponseEntity<byte[]> payload(@PathVariable UUID id) {
        var letter = letter(id);
        if (letter.payload().truncated()) {
            throw Refusal.gone("not_kept", "Its bytes are not kept: it was too large, or is too old.");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header("Content-Disposition", "attachment; filename=\"" + id + "\"")
                .body(Replays.bytes(letter.payload()));
    }

    /** Sends one again, after a fix. */
    @PostMapping("/{id}/replay")
    ResponseEntity<Void> replay(@PathVariable UUID id) {
        var refused = replays.replay(letter(id));
        if (refused != null) {
            throw Refusal.unprocessable("not_replayable", "The dead letter cannot be sent again: " + refused + ".");
        }
        return ResponseEntity.noContent().build();
    }

    /** Sends all open ones of a reason again, oldest last, up to the limit. */
    @PostMapping("/replay")
    Replays.Replayed replayAll(
            @RequestParam @Pattern(regexp = NAME) String reason, @RequestParam(defaultValue = "1000") int limit) {
        return replays.replayAll(reason, Math.clamp(limit, 1, 10_000));
    }

    /** Takes one off the list of what is to be done; it can still be read and sent again. */
    @PostMapping("/{id}/discard")
    ResponseEntity<Void> discard(@PathVariable UUID id) {
        letter(id);
        table.decide(id, "discarded");
        return ResponseEntity.noContent().build();
    }

    private DeadLetter letter(UUID id) {
        return replays.find(id).orElseThrow(() -> Refusal.notFound("dead letter", id));
    }
}
