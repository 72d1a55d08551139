package newswire.store;

import java.util.LinkedHashMap;
import java.util.Map;

/** Token buckets, one for each caller, the longest unused forgotten first. The time is in nanoseconds, from anywhere. */
final class RateLimit {
    private static final int MOST_CALLERS = 10_000;
    private static final double MINUTE = 60e9;

    private final int perMinute;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    RateLimit(int perMinute) {
        this.perMinute = perMinute;
    }

    private record Bucket(double tokens, long at) {}

    /** Takes one; returns how many seconds to wait for the next, 0 = none, it was taken. */
    synchronized long take(String caller, long now) {
        var bucket = buckets.getOrDefault(caller, new Bucket(perMinute, now));
        double tokens = Math.min(perMinute, bucket.tokens() + (now - bucket.at()) / MINUTE * perMinute);
        if (tokens < 1) {
            buckets.put(caller, new Bucket(tokens, now));
            return (long) Math.ceil((1 - tokens) * 60 / perMinute);
        }
        buckets.put(caller, new Bucket(tokens - 1, now));
        if (buckets.size() > MOST_CALLERS) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return 0;
    }
}
