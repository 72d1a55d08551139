package newswire.store;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The keys of the API, and who changed what. */
@RestController
class AccessController {
    private static final int MOST = 500;

    private final ApiKeyTable keys;
    private final AuditTable audit;

    AccessController(ApiKeyTable keys, AuditTable audit) {
        this.keys = keys;
        this.audit = audit;
    }

    /** @param scopes read, feeds, admin */
    record Wanted(
            @NotBlank @Size(max = 100) @Pattern(regexp = "[\\p{L}\\p{N} ._-]*")
            String name,

            @NotEmpty Set<@Pattern(regexp = "read|feeds|admin") String> scopes) {}

    /** The keys, without what makes them good. */
    record Keys(List<Key> items) {}

    /** A key. */
    record Key(
            String id,
            String name,
            List<String> scopes,
            String created,
            @Nullable String revoked) {}

    /** Makes a key. Its text is in this answer and nowhere else. */
    @PostMapping("/api/keys")
    ResponseEntity<ApiKeyTable.NewKey> create(@Valid @RequestBody Wanted wanted) {
        var scopes = wanted.scopes().stream()
                .map(scope -> Scope.valueOf(scope.toUpperCase(java.util.Locale.ROOT)))
                .collect(Collectors.toSet());
        var made = keys.create(wanted.name(), scopes);
        return ResponseEntity.created(URI.create("/api/keys/" + made.id())).body(made);
    }

    @GetMapping("/api/keys")
    Keys list() {
        return new Keys(keys.list().stream()
                .map(key -> new Key(
                        key.id(),
                        key.name(),
                        key.scopes().stream().map(Scope::toString).sorted().toList(),
                        key.created().toString(),
                        key.revoked() == null ? null : key.revoked().toString()))
                .toList());
    }

    /** Makes a key good for nothing. */
    @DeleteMapping("/api/keys/{id}")
    ResponseEntity<Void> revoke(@PathVariable @Pattern(regexp = "[0-9a-f]{12}") String id) {
        if (!keys.revoke(id)) {
            throw Refusal.notFound("key " + id);
        }
        return ResponseEntity.noContent().build();
    }

    /** Changes that were asked for, newest first. */
    record Audit(List<AuditTable.Line> items, @Nullable Long next) {}

    /** @param before {@code next} of the page before */
    @GetMapping("/api/audit")
    Audit audit(
            @RequestParam(defaultValue = "9223372036854775807") long before,
            @RequestParam(defaultValue = "100") int limit) {
        int size = Math.clamp(limit, 1, MOST);
        var lines = audit.list(before, size);
        return new Audit(lines, lines.size() < size ? null : lines.getLast().number());
    }
}
