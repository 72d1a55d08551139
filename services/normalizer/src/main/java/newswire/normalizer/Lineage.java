package newswire.normalizer;

import java.nio.charset.StandardCharsets;
import newswire.contract.Topics;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The headers that lead from an article back to where it came from. */
final class Lineage {
    static final String PARTITION = "newswire-raw-partition";
    static final String OFFSET = "newswire-raw-offset";

    private Lineage() {}

    /** The trace goes on; the other headers are those of the raw article's own event. */
    static Headers trace(Headers headers) {
        var kept = new RecordHeaders();
        for (var name : new String[] {"traceparent", "tracestate"}) {
            var header = headers.lastHeader(name);
            if (header != null) {
                kept.add(header);
            }
        }
        return kept;
    }

    /** The article's record tells where its raw article stands, so that anyone can look at what the feed gave. */
    static Headers of(Headers headers, RecordMetadata place) {
        return trace(headers).add(PARTITION, text(place.partition())).add(OFFSET, text(place.offset()));
    }

    private static byte[] text(long number) {
        return String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
    }

    /** A number among those headers. */
    static long number(Headers lineage, String name) {
        return Long.parseLong(new String(lineage.lastHeader(name).value(), StandardCharsets.US_ASCII));
    }

    /** Whether a raw article is a copy of one that was read before. */
    static boolean isReplayed(Headers headers) {
        return headers.lastHeader(Topics.REPLAY_HEADER) != null;
    }
}
