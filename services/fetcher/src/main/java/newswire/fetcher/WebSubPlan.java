package newswire.fetcher;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import newswire.contract.FeedPush;
import newswire.contract.FeedState.WebSub;
import newswire.contract.FeedState.WebSub.State;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a feed's subscription: after each poll, which is when everything is decided that can wait, and after what
 * the hub says. The id of the last request or refusal tells when that was, and in {@link State#EXPIRED} the number of
 * misses whether the hub is dead.
 */
final class WebSubPlan {
    private static final Set<State> OPEN = Set.of(State.REQUESTED, State.ACTIVE);
    private static final int RENEWED_AFTER_PERCENT = 80;

    private final WebSubProperties settings;

    WebSubPlan(WebSubProperties settings) {
        this.settings = settings;
    }

    /** Where to subscribe to what. */
    record Target(URI hub, URI topic) {}

    /** What to ask a hub for. */
    record Ask(FeedPush.Kind kind, URI hub, URI topic, String callbackId) {}

    /** A decision. */
    record Step(@Nullable WebSub state, List<Ask> asks) {
        Step {
            asks = List.copyOf(asks);
        }
    }

    /** The ids of one feed's callbacks. */
    interface Ids {
        /** A new one. */
        String of(Target target, Instant now);

        /** When one was made, or nothing if it is none of ours. */
        @Nullable
        Instant madeAt(String id);
    }

    /**
     * Decides after a poll.
     *
     * @param target where the feed wants to be subscribed to, if anywhere
     * @param missed entries that a poll found and that no push brought in time
     */
    Step afterPoll(@Nullable WebSub before, @Nullable Target target, int missed, Ids ids, Instant now) {
        var was = before == null || madeAt(before, ids) == null ? null : before;
        if (target == null) {
            return new Step(null, farewell(was));
        }
        if (was == null || !target.equals(target(was))) {
            return subscribe(target, was, farewell(was), ids, now);
        }
        return switch (was.state()) {
            case NONE -> subscribe(target, was, List.of(), ids, now);
            case REQUESTED -> again(was, target, settings.retry(), ids, now);
            case DENIED -> again(was, target, settings.pause(), ids, now);
            case EXPIRED -> again(was, target, dead(was) ? settings.pause() : settings.retry(), ids, now);
            case ACTIVE -> active(was, target, missed, ids, now);
        };
    }

    private Step again(WebSub was, Target target, Duration pause, Ids ids, Instant now) {
        return now.isBefore(made(was, ids).plus(pause))
                ? new Step(was, List.of())
                : subscribe(target, was, List.of(), ids, now);
    }

    private static Step subscribe(Target target, @Nullable WebSub was, List<Ask> farewell, Ids ids, Instant now) {
        var id = ids.of(target, now);
        var lastPush = was == null ? null : was.lastPushAt();
        var asks = new ArrayList<>(farewell);
        asks.add(new Ask(FeedPush.Kind.SUBSCRIBE, target.hub(), target.topic(), id));
        return new Step(new WebSub(target.hub(), target.topic(), State.REQUESTED, null, id, lastPush, 0), asks);
    }

    private Step active(WebSub was, Target target, int missed, Ids ids, Instant now) {
        var misses = misses(was) + missed;
        if (misses >= settings.misses()) {
            return new Step(ended(was, State.EXPIRED, misses, ids.of(target, now)), farewell(was));
        }
        var lease = lease(was);
        if (!now.isBefore(lease)) {
            return subscribe(target, was, List.of(), ids, now);
        }
        var counted = with(was, lease, was.callbackId(), misses);
        if (now.isBefore(renewAt(was, ids))) {
            return new Step(counted, List.of());
        }
        var id = ids.of(target, now);
        var ask = new Ask(FeedPush.Kind.SUBSCRIBE, target.hub(), target.topic(), id);
        return new Step(with(was, lease, id, misses), List.of(ask));
    }

    /** When a poll has to come to renew; after a renewal that nobody answered, nearer to the end. */
    private static Instant renewAt(WebSub was, Ids ids) {
        var made = made(was, ids);
        var length = Duration.between(made, lease(was));
        return made.plus(length.multipliedBy(RENEWED_AFTER_PERCENT).dividedBy(100));
    }

    /** When to poll a feed whose hub delivers, or nothing if that hub does not. */
    @Nullable
    Instant nextPoll(@Nullable WebSub state, Watch watch, Ids ids, Instant audit) {
        if (state == null || state.state() != State.ACTIVE || madeAt(state, ids) == null) {
            return null;
        }
        var next = earlier(audit, renewAt(state, ids));
        var doubt = watch.oldest();
        return doubt == null ? next : earlier(next, doubt.plus(settings.patience()));
    }

    /** What to say to the hub when the feed is not wanted any more. */
    List<Ask> farewell(@Nullable WebSub was) {
        var target = was == null || !OPEN.contains(was.state()) ? null : target(was);
        var id = was == null ? null : was.callbackId();
        return target == null || id == null
                ? List.of()
                : List.of(new Ask(FeedPush.Kind.UNSUBSCRIBE, target.hub(), target.topic(), id));
    }

    /**
     * What the hub's word about a subscription makes of it, or nothing if it does not matter.
     *
     * @param said SUBSCRIBED, UNSUBSCRIBED or DENIED
     */
    @Nullable
    WebSub afterWord(@Nullable WebSub before, FeedPush said, Ids ids) {
        boolean current = before != null
                && OPEN.contains(before.state())
                && said.callbackId().equals(before.callbackId());
        if (before == null || !current) {
            return null;
        }
        return switch (said.kind()) {
            case SUBSCRIBED -> granted(before, said);
            case UNSUBSCRIBED -> ended(before, State.EXPIRED, 0, fresh(before, ids, said.at()));
            case DENIED -> ended(before, State.DENIED, 0, fresh(before, ids, said.at()));
            case CONTENT, SUBSCRIBE, UNSUBSCRIBE -> null;
        };
    }

    private WebSub granted(WebSub before, FeedPush said) {
        var asked = said.leaseSeconds() == null ? settings.lease() : Duration.ofSeconds(said.leaseSeconds());
        var lease = said.at().plus(PollSchedule.min(asked, settings.longestLease()));
        int misses = before.state() == State.ACTIVE ? misses(before) : 0;
        return with(before, lease, before.callbackId(), misses);
    }

    /** Whether a push may count: also one that was subscribed before a renewal, at the same hub. */
    static boolean wants(@Nullable WebSub state, Callbacks.Callback callback) {
        var target = state == null || !OPEN.contains(state.state()) ? null : target(state);
        return target != null && callback.isFor(target.hub(), target.topic());
    }

    /**
     * After a push.
     *
     * @param news whether it brought what was not known
     */
    static WebSub afterPush(WebSub before, boolean news, Instant at) {
        return new WebSub(
                before.hub(),
                before.topic(),
                before.state(),
                before.leaseExpiresAt(),
                before.callbackId(),
                at,
                news ? Integer.valueOf(0) : before.missedPushes());
    }

    static boolean open(@Nullable WebSub state) {
        return state != null && OPEN.contains(state.state());
    }

    /** Whether a state was made with another secret, so that its hub cannot reach us. */
    static boolean stale(@Nullable WebSub state, Ids ids) {
        return state != null && open(state) && madeAt(state, ids) == null;
    }

    private boolean dead(WebSub was) {
        return misses(was) >= settings.misses();
    }

    private static int misses(WebSub was) {
        return was.missedPushes() == null ? 0 : was.missedPushes();
    }

    private static String fresh(WebSub was, Ids ids, Instant now) {
        return ids.of(Objects.requireNonNull(target(was)), now);
    }

    private static WebSub with(WebSub was, Instant lease, @Nullable String id, int misses) {
        return new WebSub(was.hub(), was.topic(), State.ACTIVE, lease, id, was.lastPushAt(), misses);
    }

    private static WebSub ended(WebSub was, State state, int misses, String id) {
        return new WebSub(was.hub(), was.topic(), state, null, id, was.lastPushAt(), misses);
    }

    private static @Nullable Target target(WebSub state) {
        return state.hub() == null || state.topic() == null ? null : new Target(state.hub(), state.topic());
    }

    private static Instant lease(WebSub was) {
        return was.leaseExpiresAt() == null ? Instant.EPOCH : was.leaseExpiresAt();
    }

    private static Instant made(WebSub was, Ids ids) {
        return Objects.requireNonNull(madeAt(was, ids));
    }

    private static @Nullable Instant madeAt(WebSub state, Ids ids) {
        return state.callbackId() == null ? null : ids.madeAt(state.callbackId());
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
