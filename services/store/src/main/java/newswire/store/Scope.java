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

    private static final List<String> RESERVED = List.of("/keys", "/audit", "/dead-letters", "/webhooks");

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a request needs, of the API or of the page of the same name. */
    static Scope of(String method, String path) {
        var resource = path.startsWith("/api/") ? path.substring("/api".length()) : path;
        boolean reads = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
        if (RESERVED.stream().anyMatch(resource::startsWith)) {
            return ADMIN;
        }
        if (reads) {
            return READ;
        }
        return resource.startsWith("/feeds") ? FEEDS : ADMIN;
    }
}
