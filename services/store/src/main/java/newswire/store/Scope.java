package newswire.store;

import java.util.List;
import java.util.Locale;

/** What a key is good for. */
enum Scope {
    /** Articles, changes, feeds, metrics: whatever can be read but keys, audit, dead letters and webhooks. */
    READ,
    /** Adding, changing and removing feeds. */
    FEEDS,
    /** Everything else. */
    ADMIN;

    private static final List<String> RESERVED =
            List.of("/api/keys", "/api/audit", "/api/dead-letters", "/api/webhooks");

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a request needs. */
    static Scope of(String method, String path) {
        boolean reads = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
        if (RESERVED.stream().anyMatch(path::startsWith)) {
            return ADMIN;
        }
        if (reads) {
            return READ;
        }
        return path.startsWith("/api/feeds") ? FEEDS : ADMIN;
    }
}
