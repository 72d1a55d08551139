package newswire.fetcher;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.regex.Pattern;
import newswire.contract.Problem;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.jspecify.annotations.Nullable;

/** Reads an HTTP answer: its body within the limits, and what its headers mean. */
final class Answer {
    /** Flaw of a body that was longer than wanted. */
    static final String CUT = "cut";

    private static final int MEGABYTE = 1 << 20;
    private static final Duration LONGEST_SILENCE = Duration.ofDays(30);
    private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[,\\s])max-age\\s*=\\s*\"?(\\d{1,9})");
    private static final int LONGEST_ETAG = 1_024;
    private static final int LONGEST_DATE = 128;
    private static final int FEWEST_A_SECOND = 100;

    private Answer() {}

    /** What came of a body. */
    sealed interface Body {}

    /** Bytes, perhaps not all. */
    record Read(FetchResult.Body body, @Nullable String flaw) implements Body {}

    /** Nothing that can be used. */
    record Refused(Problem problem) implements Body {}

    /** More than there is room for now. */
    record Crowded() implements Body {}

    /**
     * How much of a body is wanted.
     *
     * @param most bytes of it, as meant
     * @param cut whether a longer one is cut and not refused, and no tree made of it
     * @param room where it is counted
     * @param deadline by {@link System#nanoTime()}
     */
    record Wanted(long most, boolean cut, MemoryBudget.Room room, long deadline) {
        private Duration left() {
            return Duration.ofNanos(deadline - System.nanoTime());
        }
    }

    /** Reads a body, as room allows. */
    static Body body(ClassicHttpResponse response, Wanted wanted, FetcherProperties.Limits limits) throws IOException {
        var entity = response.getEntity();
        return entity == null
                ? new Read(new FetchResult.Body(new byte[0]), null)
                : body(entity.getContent(), header(response, "Content-Encoding"), wanted, limits);
    }

    /**
     * Reads a body.
     *
     * @param encoding the header, if there is one
     */
    static Body body(InputStream sent, @Nullable String encoding, Wanted wanted, FetcherProperties.Limits limits)
            throws IOException {
        var body = read(sent, encoding, wanted, limits);
        if (wanted.cut() || !(body instanceof Read(var content, var _))) {
            return body;
        }
        var crowded = crowded(wanted.room().forTree(content.bytes(), wanted.left()));
        return crowded == null ? body : crowded;
    }

    private static @Nullable Body crowded(MemoryBudget.Grant grant) {
        return switch (grant) {
            case GRANTED -> null;
            case LATER -> new Crowded();
            case NEVER -> new Refused(FetchProblems.of("body_too_large", null, "more than there is memory for"));
        };
    }

    private static Body read(
            InputStream content, @Nullable String encoding, Wanted wanted, FetcherProperties.Limits limits)
            throws IOException {
        var coding = ContentCoding.of(encoding);
        if (coding == null) {
            return new Refused(FetchProblems.of("unsupported_encoding", null, "'" + encoding + "'"));
        }
        var sent = new Counted(content, limits);
        try (var ahead = new PushbackInputStream(sent)) {
            var crowded = crowded(wanted.room().forWindow(coding.window(ahead), wanted.left()));
            if (crowded != null) {
                return crowded;
            }
            try (var in = coding.decoded(ahead)) {
                return read(in, sent, wanted, limits.ratio());
            }
        } catch (IOException ex) {
            return broken(new byte[0], sent, ex);
        }
    }

    private static Body read(InputStream in, Counted sent, Wanted wanted, int ratio) throws IOException {
        var bytes = new ByteArrayOutputStream(32 * 1024);
        var buffer = new byte[16 * 1024];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                var crowded = crowded(wanted.room().forBytes(count, wanted.left()));
                if (crowded != null) {
                    return crowded;
                }
                bytes.write(buffer, 0, count);
                if (wanted.cut() && bytes.size() > wanted.most()) {
                    return new Read(new FetchResult.Body(Arrays.copyOf(bytes.toByteArray(), (int) wanted.most())), CUT);
                }
                var beyond = beyond(bytes.size(), sent, wanted.most(), ratio);
                if (beyond != null) {
                    return new Refused(beyond);
                }
            }
        } catch (IOException ex) {
            return broken(bytes.toByteArray(), sent, ex);
        }
        return new Read(new FetchResult.Body(bytes.toByteArray()), null);
    }

    /** What came until it broke stands, if it was only the end that was missing. */
    private static Body broken(byte[] bytes, Counted sent, IOException ex) throws IOException {
        if (sent.exceeded()) {
            return new Refused(tooMuch(sent));
        }
        if (sent.slow) {
            return new Refused(FetchProblems.of("too_slow", null, String.valueOf(ex.getMessage())));
        }
        if (endsEarly(sent.failure == null ? ex : sent.failure)) {
            return new Read(new FetchResult.Body(bytes), "truncated_body");
        }
        if (sent.failure != null) {
            throw sent.failure;
        }
        var cause = ex.getCause() == null ? ex : ex.getCause();
        return new Refused(FetchProblems.of("bad_encoding", null, String.valueOf(cause.getMessage())));
    }

    private static boolean endsEarly(IOException ex) {
        var message = String.valueOf(ex.getMessage())
                + (ex.getCause() == null ? "" : ex.getCause().getMessage());
        return ex instanceof EOFException
                || ex instanceof ConnectionClosedException
                || ex instanceof MalformedChunkCodingException
                || message.contains("Read after end") // Brotli's
                || message.contains("Truncated source"); // Zstandard's
    }

    private static Problem tooMuch(Counted sent) {
        return FetchProblems.of("body_too_large", null, "more than " + sent.most + " bytes were sent");
    }

    private static @Nullable Problem beyond(int size, Counted sent, long most, int ratio) {
        if (sent.exceeded()) {
            return tooMuch(sent);
        }
        if (size > MEGABYTE && size > ratio * Math.max(1, sent.count)) {
            return FetchProblems.of("decompression_limit", null, sent.count + " bytes became more than " + size);
        }
        if (size > most) {
            return sent.count < size
                    ? FetchProblems.of("decompression_limit", null, sent.count + " bytes became more than " + most)
                    : FetchProblems.of("body_too_large", null, "more than " + most + " bytes");
        }
        return null;
    }

    /** Reads a little of a body that nobody wants, so that the connection can be kept. */
    static void discard(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        if (entity != null && entity.getContentLength() >= 0 && entity.getContentLength() < 64 * 1024) {
            entity.getContent().skipNBytes(entity.getContentLength());
        }
    }

    static FetchResult.Exchange exchange(
            Route route, ClassicHttpResponse response, long bytes, long millis, Instant now) {
        return new FetchResult.Exchange(
                route.url(),
                route.permanent(),
                response.getCode(),
                printable(header(response, "ETag"), LONGEST_ETAG),
                printable(header(response, "Last-Modified"), LONGEST_DATE),
                header(response, "Content-Type"),
                maxAge(header(response, "Cache-Control")),
                date(header(response, "Expires")),
                retryAfter(header(response, "Retry-After"), now),
                links(response),
                bytes,
                millis);
    }

    static @Nullable String header(ClassicHttpResponse response, String name) {
        var header = response.getFirstHeader(name);
        return header == null || header.getValue() == null || header.getValue().isBlank() ? null : header.getValue();
    }

    /** Validators are echoed as they came, if they are fit to be a header at all. */
    private static @Nullable String printable(@Nullable String value, int longest) {
        boolean fit =
                value != null && value.length() <= longest && value.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
        return fit ? value : null;
    }

    private static @Nullable Long maxAge(@Nullable String cacheControl) {
        var found = MAX_AGE.matcher(cacheControl == null ? "" : cacheControl);
        return found.find() ? Long.valueOf(found.group(1)) : null;
    }

    /** Seconds or a date; never shortened, but nobody means more than 30 days. */
    static @Nullable Instant retryAfter(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        var text = value.strip();
        var until = text.matches("\\d{1,10}") ? now.plusSeconds(Long.parseLong(text)) : date(text);
        if (until == null || !until.isAfter(now)) {
            return null;
        }
        var latest = longest(now);
        return until.isAfter(latest) ? latest : until;
    }

    /** The end of the longest silence that is kept. */
    static Instant longest(Instant now) {
        return now.plus(LONGEST_SILENCE);
    }

    private static @Nullable Instant date(@Nullable String text) {
        try {
            return text == null
                    ? null
                    : ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException ex) {
            return null; // "0" and "-1" are usual
        }
    }

    private static @Nullable LinkHeader links(ClassicHttpResponse response) {
        var headers = Arrays.stream(response.getHeaders("Link"))
                .map(header -> String.valueOf(header.getValue()))
                .toList();
        return headers.isEmpty() ? null : LinkHeader.of(headers);
    }

    /** Counts what was sent, and ends what is too much or too slow. Keeps its failure, which decoders wrap in their own. */
    private static final class Counted extends InputStream {
        private final InputStream in;
        private final long most;
        private final Duration slowness;
        private long count;
        private long countBefore;
        private long nanos;
        private boolean slow;
        private @Nullable IOException failure;

        Counted(InputStream in, FetcherProperties.Limits limits) {
            this.in = in;
            this.most = limits.compressed().toBytes();
            this.slowness = limits.slow();
        }

        boolean exceeded() {
            return count > most;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            long start = System.nanoTime();
            try {
                int read = exceeded() ? -1 : in.read(into, offset, length);
                count += Math.max(0, read);
                if (read >= 0) {
                    judge(System.nanoTime() - start);
                }
                return read;
            } catch (IOException ex) {
                failure = ex;
                throw ex;
            }
        }

        /** Only the time counts in which the server was waited for. */
        private void judge(long waited) throws IOException {
            nanos += waited;
            if (nanos >= slowness.toNanos()) {
                slow = (count - countBefore) * 1_000_000_000.0 / nanos < FEWEST_A_SECOND;
                nanos = 0;
                countBefore = count;
            }
            if (slow) {
                throw new IOException("less than " + FEWEST_A_SECOND + " bytes a second");
            }
        }
    }
}
