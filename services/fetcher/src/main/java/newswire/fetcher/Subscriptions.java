package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import newswire.contract.FeedPush;
import newswire.contract.FeedState;
import newswire.contract.FeedState.WebSub;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads the subscriptions of the feeds that are polled here, by what their polls find. */
final class Subscriptions {
    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);

    private final @Nullable Callbacks callbacks;
    private final WebSubProperties settings;
    private final WebSubPlan plan;
    private final PushPublisher publisher;
    private final PushMetrics metrics;
    private final Duration floor;

    /**
     * With or without callbacks.
     *
     * @param callbacks without them nothing is subscribed
     * @param floor no hub makes us poll sooner after a poll
     */
    Subscriptions(
            @Nullable Callbacks callbacks,
            WebSubProperties settings,
            PushPublisher publisher,
            PushMetrics metrics,
            Duration floor) {
        this.callbacks = callbacks;
        this.settings = settings;
        this.plan = new WebSubPlan(settings);
        this.publisher = publisher;
        this.metrics = metrics;
        this.floor = floor;
    }

    /**
     * What follows from a poll.
     *
     * @param schedule when to poll next, the hub considered
     */
    record Step(PollSchedule.Plan schedule, @Nullable WebSub websub, List<WebSubPlan.Ask> asks) {
        Step {
            asks = List.copyOf(asks);
        }
    }

    /** Decides after a poll whose entries the broker has. Nothing is asked yet. */
    Step afterPoll(
            FeedShard shard,
            Slot slot,
            Feed feed,
            @Nullable FeedState before,
            PollOutcome outcome,
            PollSchedule.Plan schedule,
            Instant now) {
        var was = before == null ? null : before.websub();
        if (callbacks == null || outcome instanceof PollOutcome.Failed) {
            return new Step(schedule, callbacks == null ? null : was, List.of());
        }
        var ids = ids(callbacks, feed.feedId(), shard.partition());
        var watch = shard.watch(slot);
        var patience = now.minus(settings.patience());
        int missed = was == null ? 0 : watch.overdue(patience);
        var step = plan.afterPoll(was, HubNames.target(feed, before, outcome), missed, ids, now);
        watch = watched(watch.withoutOverdue(patience), before, step.state(), outcome, ids, now);
        shard.watch(slot, watch);
        tell(feed.feedId(), was, step.state());
        var next = plan.nextPoll(step.state(), watch, ids, audit(feed, schedule, now));
        return new Step(next == null ? schedule : sooner(before, schedule, next, now), step.state(), step.asks());
    }

    /** New entries are held against the hub only if the poll before them came after the subscription. */
    private static Watch watched(
            Watch watch,
            @Nullable FeedState before,
            @Nullable WebSub state,
            PollOutcome outcome,
            WebSubPlan.Ids ids,
            Instant now) {
        if (state == null || state.state() != WebSub.State.ACTIVE || state.callbackId() == null) {
            return Watch.NOTHING;
        }
        var made = ids.madeAt(state.callbackId());
        var last = before == null ? null : before.schedule().lastPollAt();
        boolean judged =
                made != null && last != null && last.isAfter(made.plusSeconds(1)) && last.isAfter(watch.since());
        if (!judged || !(outcome instanceof PollOutcome.Changed changed)) {
            return watch;
        }
        var found = changed.sightings().stream()
                .filter(sighting -> sighting.kind() == SeenEntries.Kind.NEW)
                .map(SeenEntries::key)
                .toList();
        return watch.plus(found, now);
    }

    /** The hour of the audit differs from feed to feed, and stays what the operator asked for. */
    private Instant audit(Feed feed, PollSchedule.Plan schedule, Instant now) {
        if (feed.poll().intervalSeconds() != null) {
            return schedule.at();
        }
        var most = feed.poll().maxIntervalSeconds();
        var audit = most == null ? settings.audit() : PollSchedule.min(settings.audit(), Duration.ofSeconds(most));
        var tenth = audit.dividedBy(10).toMillis();
        return now.plus(audit).minusMillis(tenth * Math.floorMod(feed.feedId().hashCode(), 100) / 100);
    }

    private PollSchedule.Plan sooner(
            @Nullable FeedState before, PollSchedule.Plan schedule, Instant next, Instant now) {
        var reasons = new ArrayList<>(List.of("websub"));
        reasons.addAll(schedule.reasons());
        var at = next.isBefore(now.plus(floor)) ? now.plus(floor) : next;
        var interval = PollHistory.interval(before, schedule.interval()); // that of a feed without a hub
        return new PollSchedule.Plan(at, interval, schedule.status(), schedule.weight(), reasons, schedule.why());
    }

    private void tell(FeedId feedId, @Nullable WebSub before, @Nullable WebSub after) {
        if (after != null
                && after.state() == WebSub.State.EXPIRED
                && (before == null || before.state() != after.state())) {
            metrics.count(PushMetrics.Subscription.HUB_DEAD);
            log.warn("Hub dead, feed={} hub={} missed={}", feedId, after.hub(), after.missedPushes());
        }
    }

    /** Has hubs asked, by whoever owns their scope. What is lost here is asked again some day. */
    void ask(FeedId feedId, int partition, List<WebSubPlan.Ask> asks, Instant now) {
        for (var ask : asks) {
            var request = new FeedPush.Request(ask.hub(), ask.topic(), partition);
            var push = new FeedPush(
                    FeedPush.SCHEMA_VERSION,
                    feedId,
                    ask.kind(),
                    now,
                    ask.callbackId(),
                    settings.lease().toSeconds(),
                    null,
                    null,
                    request);
            publisher.toHub(push, request);
        }
    }

    /** A feed that is removed, moved or no longer polled does without pushes. */
    void leave(FeedId feedId, int partition, @Nullable FeedState state, Instant now) {
        var websub = state == null ? null : state.websub();
        if (callbacks != null && !WebSubPlan.stale(websub, ids(callbacks, feedId, partition))) {
            ask(feedId, partition, plan.farewell(websub), now);
        }
    }

    /** A feed that is kept but not polled. */
    void pause(FeedShard shard, FeedId feedId, Instant now) {
        var slot = shard.slot(feedId);
        var state = slot == null ? null : shard.state(slot);
        if (slot != null && state != null && state.websub() != null) {
            leave(feedId, shard.partition(), state, now);
            shard.change(slot, memory -> {
                var was = memory.state();
                return new Slot.Memory(NextState.with(was, was.schedule(), was.seen(), null, now), Watch.NOTHING);
            });
        }
    }

    /** A feed whose hub cannot reach us, as the secret is another now or there is none, is polled soon and decided anew. */
    void restored(FeedShard shard, Feed feed, @Nullable FeedState state, Instant now) {
        var slot = shard.slot(feed.feedId());
        var websub = state == null ? null : state.websub();
        boolean deaf = callbacks == null
                ? WebSubPlan.open(websub)
                : WebSubPlan.stale(websub, ids(callbacks, feed.feedId(), shard.partition()));
        if (deaf && slot != null) {
            shard.renew(slot, now);
        }
    }

    static WebSubPlan.Ids ids(Callbacks callbacks, FeedId feedId, int partition) {
        return new WebSubPlan.Ids() {
            @Override
            public String of(WebSubPlan.Target target, Instant now) {
                return callbacks.id(feedId, partition, target.hub(), target.topic(), now);
            }

            @Override
            public @Nullable Instant madeAt(String id) {
                var callback = callbacks.read(feedId, partition, id);
                return callback == null ? null : callback.madeAt();
            }
        };
    }
}
