package newswire.fetcher;

import com.google.common.hash.Hashing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import newswire.contract.FeedId;
import newswire.contract.FeedPush;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;

/**
 * What hubs say at the door of any instance. It is passed on to the instance that owns the feed, and a hub is told that all
 * is well only when the broker has it.
 */
final class PushIntake {
    private static final Logger log = LoggerFactory.getLogger(PushIntake.class);
    private static final int LARGEST_RECORD = 2_900_000; // bytes whose base64 fits into a record with its envelope
    private static final int LONGEST_CHALLENGE = 1_024;
    private static final int LONGEST_REASON = 500;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Callbacks callbacks;
    private final WebSubProperties settings;
    private final FetcherProperties.Limits limits;
    private final PollLoop loop;
    private final PushPublisher publisher;
    private final PushMetrics metrics;
    private final InstantSource clock;
    private final MemoryBudget memory;
    private final Semaphore bodies;
    private final Map<FeedId, Integer> lately = new HashMap<>();
    private Instant minute = Instant.EPOCH;

    PushIntake(
            Callbacks callbacks,
            WebSubProperties settings,
            FetcherProperties.Limits limits,
            PollLoop loop,
            PushPublisher publisher,
            PushMetrics metrics,
            InstantSource clock,
            MemoryBudget memory) {
        this.callbacks = callbacks;
        this.settings = settings;
        this.limits = limits;
        this.loop = loop;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
        this.memory = memory;
        this.bodies = new Semaphore(settings.bodies());
    }

    /**
     * An answer.
     *
     * @param text plain, the challenge or nothing
     */
    record Reply(int status, String text) {
        static Reply of(int status) {
            return new Reply(status, "");
        }
    }

    /** What a hub asks to be sure of a subscription, or tells of it; everything as it came. */
    record Question(
            @Nullable String mode,
            @Nullable String topic,
            @Nullable String challenge,
            @Nullable String lease,
            @Nullable String reason) {}

    /** Whose callback it is, or nothing if it was not made by us. */
    Callbacks.@Nullable Callback callback(String feed, String partition, String id) {
        try {
            return callbacks.read(new FeedId(feed), Integer.parseUnsignedInt(partition), id);
        } catch (IllegalArgumentException ex) {
            return null;
        }
    }

    /** Verification of intent, and refusal. */
    Reply ask(Callbacks.@Nullable Callback callback, Question question) {
        var topic = question.topic();
        var kind = kind(question);
        if (callback == null || kind == null || topic == null || !callback.isFor(topic)) {
            return refused();
        }
        boolean gone = kind != FeedPush.Kind.UNSUBSCRIBED && gone(callback);
        boolean challenged = kind == FeedPush.Kind.DENIED || printable(question.challenge());
        if (gone || !challenged) {
            return refused();
        }
        if (tooMany(callback.feedId())) {
            return Reply.of(429);
        }
        var push = push(callback, kind, lease(question.lease()), cut(question.reason()), null);
        return passOn(push, callback.partition())
                ? new Reply(200, kind == FeedPush.Kind.DENIED ? "" : String.valueOf(question.challenge()))
                : Reply.of(503);
    }

    private Reply refused() {
        metrics.count(PushMetrics.Subscription.CHALLENGE_REFUSED);
        return Reply.of(404);
    }

    private static FeedPush.@Nullable Kind kind(Question question) {
        return switch (question.mode()) {
            case "subscribe" -> FeedPush.Kind.SUBSCRIBED;
            case "unsubscribe" -> FeedPush.Kind.UNSUBSCRIBED;
            case "denied" -> FeedPush.Kind.DENIED;
            case null, default -> null;
        };
    }

    private static boolean printable(@Nullable String challenge) {
        return challenge != null
                && !challenge.isEmpty()
                && challenge.length() <= LONGEST_CHALLENGE
                && challenge.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
    }

    private static @Nullable Long lease(@Nullable String seconds) {
        return seconds != null && seconds.matches("[1-9]\\d{0,9}") ? Long.valueOf(seconds) : null;
    }

    private static @Nullable String cut(@Nullable String reason) {
        return reason == null
                ? null
                : reason.substring(0, Math.min(LONGEST_REASON, reason.length()))
                        .replaceAll("[^\\x20-\\x7E]", "?"); // it is logged
    }

    /**
     * A push. Whether its signature is right is not told: a hub that forges learns nothing.
     *
     * @param encoding the Content-Encoding, if there is one
     */
    Reply push(
            Callbacks.@Nullable Callback callback,
            @Nullable String signature,
            @Nullable String contentType,
            @Nullable String encoding,
            InputStream body)
            throws IOException {
        if (callback == null || gone(callback)) {
            metrics.count(PushMetrics.Received.UNKNOWN_CALLBACK);
            return Reply.of(410);
        }
        if (tooMany(callback.feedId()) || !bodies.tryAcquire()) {
            metrics.count(PushMetrics.Received.TOO_MANY);
            return Reply.of(429);
        }
        try (var room = memory.room()) {
            var bytes = read(body, room);
            if (bytes == null) {
                return Reply.of(413);
            }
            return judged(callback, signature, contentType, bytes, () -> unpacked(bytes, encoding, room));
        } catch (BusyException ex) {
            return reply(PushMetrics.Received.TOO_MANY, 429);
        } catch (IOException ex) {
            metrics.count(PushMetrics.Received.BROKEN_OFF);
            throw ex;
        } finally {
            bodies.release();
        }
    }

    private Reply reply(PushMetrics.Received outcome, int status) {
        metrics.count(outcome);
        return Reply.of(status);
    }

    private byte @Nullable [] read(InputStream body, MemoryBudget.Room room) throws IOException {
        var bytes = new ByteArrayOutputStream(32 * 1024);
        var buffer = new byte[16 * 1024];
        long end = System.nanoTime() + limits.exchange().toNanos();
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            if (room.forBytes(count, Duration.ZERO) != MemoryBudget.Grant.GRANTED) {
                throw new BusyException("no room for a push", MINUTE);
            }
            bytes.write(buffer, 0, count);
            if (bytes.size() > limits.decoded().toBytes()) {
                metrics.count(PushMetrics.Received.TOO_LARGE);
                return null;
            }
            if (System.nanoTime() > end) {
                throw new IOException(
                        "the push took more than " + limits.exchange().toSeconds() + " s");
            }
        }
        return bytes.toByteArray();
    }

    private Reply judged(
            Callbacks.Callback callback,
            @Nullable String signature,
            @Nullable String contentType,
            byte[] bytes,
            Supplier<Answer.Body> unpacked) {
        var secret = callbacks.secret(callback.feedId(), callback.id());
        var verdict = PushSignature.judge(signature, bytes, secret);
        if (verdict != PushSignature.Verdict.RIGHT) {
            boolean missing = verdict == PushSignature.Verdict.MISSING;
            metrics.count(missing ? PushMetrics.Received.UNSIGNED : PushMetrics.Received.WRONG_SIGNATURE);
            log.warn("Push ignored, signature={} feed={}", verdict, callback.feedId());
            return Reply.of(202);
        }
        return switch (unpacked.get()) {
            case Answer.Crowded _ -> reply(PushMetrics.Received.TOO_MANY, 429);
            case Answer.Refused(var problem) -> unreadable(problem.code());
            case Answer.Read(var body, var flaw) ->
                flaw == null ? accepted(callback, contentType, body.bytes()) : unreadable(flaw);
        };
    }

    /** One layer of encoding, as of answers: the signature is that of what was sent. */
    private Answer.Body unpacked(byte[] body, @Nullable String encoding, MemoryBudget.Room room) {
        long deadline = System.nanoTime() + limits.exchange().toNanos();
        var wanted = new Answer.Wanted(limits.decoded().toBytes(), true, room, deadline);
        try {
            return Answer.body(new ByteArrayInputStream(body), encoding, wanted, limits);
        } catch (IOException ex) {
            return new Answer.Refused(FetchProblems.of("bad_encoding", null, String.valueOf(ex.getMessage())));
        }
    }

    private Reply unreadable(String code) {
        return switch (code) {
            case "unsupported_encoding" -> reply(PushMetrics.Received.BAD_ENCODING, 415);
            case "bad_encoding", "truncated_body" -> reply(PushMetrics.Received.BAD_ENCODING, 400);
            default -> reply(PushMetrics.Received.TOO_LARGE, 413);
        };
    }

    private Reply accepted(Callbacks.Callback callback, @Nullable String contentType, byte[] bytes) {
        boolean whole = bytes.length <= LARGEST_RECORD;
        var content = new FeedPush.Content(
                contentType,
                bytes.length,
                Hashing.sha256().hashBytes(bytes).toString(),
                whole ? Base64.getEncoder().encodeToString(bytes) : null);
        boolean passed = passOn(push(callback, FeedPush.Kind.CONTENT, null, null, content), callback.partition());
        metrics.count(
                !passed
                        ? PushMetrics.Received.BROKER_AWAY
                        : whole ? PushMetrics.Received.ACCEPTED : PushMetrics.Received.TOO_LARGE_FOR_RECORD);
        return Reply.of(passed ? 202 : 503);
    }

    private FeedPush push(
            Callbacks.Callback callback,
            FeedPush.Kind kind,
            @Nullable Long lease,
            @Nullable String reason,
            FeedPush.@Nullable Content content) {
        return new FeedPush(
                FeedPush.SCHEMA_VERSION,
                callback.feedId(),
                kind,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                callback.id(),
                lease,
                reason,
                content,
                null);
    }

    private boolean passOn(FeedPush push, int partition) {
        try {
            RawArticlePublisher.await(publisher.toFeed(push, partition), "push");
            return true;
        } catch (KafkaException ex) {
            log.warn("Push refused, broker away, feed={} reason={}", push.feedId(), ex.toString());
            return false;
        }
    }

    /** Only the owner knows that a feed was removed; others pass its pushes on, and the owner drops them. */
    private boolean gone(Callbacks.Callback callback) {
        var shard = loop.shard(callback.partition());
        return shard != null && shard.lacks(callback.feedId());
    }

    private boolean tooMany(FeedId feedId) {
        synchronized (lately) {
            var now = clock.instant();
            if (minute.plus(MINUTE).isBefore(now)) {
                minute = now;
                lately.clear();
            }
            return lately.merge(feedId, 1, Integer::sum) > settings.perMinute();
        }
    }
}
