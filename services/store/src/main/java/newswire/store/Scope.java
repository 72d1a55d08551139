package newswire.store;

import java.util.Locale;

/** What a key is good for. */
enum Scope {
    /** Articles, changes, feeds: metrics: whatever can be read but keys, audit and dead letters. */
    READ,
    /** Adding, changing and removing feeds. */
    FEEDS,
    /** Everything else. */
    ADMIN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a request needs. */
    static Scope of(String method, String path) {
        boolean reads = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
        if (path.startsWith("/api/keys") || path.startsWith("/api/audit") || path.startsWith("/api/dead-letters")) {
            return ADMIN;
        }
        if (reads) {
            return READ;
        }
        return path.startsWith("/api/feeds") ? FEEDS : ADMIN;
    }
}
