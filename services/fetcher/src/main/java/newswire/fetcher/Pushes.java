package newswire.fetcher;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import newswire.contract.Feed;
import newswire.contract.FeedPush;
import newswire.contract.FeedState;
import newswire.contract.FeedState.WebSub;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what hubs said of the feeds that are ours: a document's new entries are with the broker, and remembered, when it
 * returns. Taking the same twice changes nothing but for entries that are sent twice, under the same ids.
 */
final class Pushes {
    private static final Logger log = LoggerFactory.getLogger(Pushes.class);

    private final Callbacks callbacks;
    private final WebSubPlan plan;
    private final RawArticlePublisher publisher;
    private final PushMetrics metrics;
    private final PollMetrics entries;
    private final FetcherProperties properties;
    private final FollowUps followUps;
    private final PollLoop loop;
    private final MemoryBudget memory;

    Pushes(
            Callbacks callbacks,
            WebSubPlan plan,
            RawArticlePublisher publisher,
            PushMetrics metrics,
            PollMetrics entries,
            FetcherProperties properties,
            FollowUps followUps,
            PollLoop loop,
            MemoryBudget memory) {
        this.callbacks = callbacks;
        this.plan = plan;
        this.publisher = publisher;
        this.metrics = metrics;
        this.entries = entries;
        this.properties = properties;
        this.followUps = followUps;
        this.loop = loop;
        this.memory = memory;
    }

    /**
     * A document.
     *
     * @throws org.springframework.kafka.KafkaException if the broker does not confirm
     */
    void content(FeedShard shard, FeedPush push, FeedPush.Content content, Instant now) {
        var slot = shard.slot(push.feedId());
        var state = slot == null ? null : shard.state(slot);
        var callback = callbacks.read(push.feedId(), shard.partition(), push.callbackId());
        if (slot == null || state == null || callback == null || !WebSubPlan.wants(state.websub(), callback)) {
            metrics.count(PushMetrics.Read.UNWANTED);
            return;
        }
        var body = content.body();
        if (body == null) {
            metrics.count(PushMetrics.Read.POLLED_INSTEAD);
            pollSoon(shard, slot, now);
            return;
        }
        var bytes = Base64.getDecoder().decode(body);
        try (var room = memory.room()) {
            if (fits(room, bytes)) {
                content(shard, slot, state, push, content, bytes, now);
            } else {
                metrics.count(PushMetrics.Read.POLLED_INSTEAD);
                pollSoon(shard, slot, now);
            }
        }
    }

    private boolean fits(MemoryBudget.Room room, byte[] bytes) {
        var patience = properties.limits().exchange();
        return room.forBytes(bytes.length, patience) == MemoryBudget.Grant.GRANTED
                && room.forTree(bytes, patience) == MemoryBudget.Grant.GRANTED;
    }

    private void content(
            FeedShard shard,
            Slot slot,
            FeedState state,
            FeedPush push,
            FeedPush.Content content,
            byte[] bytes,
            Instant now) {
        switch (FeedDocument.read(
                bytes, content.contentType(), properties.limits().entries())) {
            case FeedDocument.SitemapIndex _ -> {
                metrics.count(PushMetrics.Read.POLLED_INSTEAD);
                pollSoon(shard, slot, now);
            }
            case FeedDocument.Unreadable unreadable -> {
                metrics.count(PushMetrics.Read.UNREADABLE);
                log.warn(
                        "Push unreadable, feed={} reason={}",
                        push.feedId(),
                        unreadable.problem().code());
                pollSoon(shard, slot, now);
            }
            case FeedDocument.Parsed document -> read(shard, slot, state, push, content, document);
        }
    }

    private void read(
            FeedShard shard,
            Slot slot,
            FeedState state,
            FeedPush push,
            FeedPush.Content content,
            FeedDocument.Parsed document) {
        var sightings = SeenEntries.of(state.seen()).compare(document.entries());
        var fresh = sightings.stream()
                .filter(sighting -> SeenEntries.TO_SEND.contains(sighting.kind()))
                .map(SeenEntries.Sighting::entry)
                .toList();
        if (!fresh.isEmpty() && shard.owns(slot)) {
            var articles = articles(shard.feed(slot), state, push, content, document);
            publisher.publish(articles, fresh);
            followUps.pages(new Errand(loop, shard, slot), sightings, articles);
        }
        var keys = sightings.stream().map(SeenEntries::key).toList();
        remember(
                shard,
                slot,
                memory -> new Slot.Memory(
                        pushed(memory.state(), sightings, !fresh.isEmpty(), push.at()),
                        memory.watch().without(keys)));
        entries.count(sightings);
        metrics.count(fresh.isEmpty() ? PushMetrics.Read.NOTHING_NEW : PushMetrics.Read.NEWS);
        log.info("Pushed, feed={} entries={} new={}", push.feedId(), sightings.size(), fresh.size());
    }

    private static RawArticles articles(
            Feed feed, FeedState state, FeedPush push, FeedPush.Content content, FeedDocument.Parsed document) {
        var topic = state.websub() == null ? null : state.websub().topic();
        return new RawArticles(
                feed,
                document,
                RawArticle.Via.PUSH,
                push.at(),
                topic == null ? feed.xmlUrl() : topic,
                null,
                null,
                null,
                content.contentType(),
                content.sha256());
    }

    private static FeedState pushed(FeedState state, List<SeenEntries.Sighting> sightings, boolean news, Instant at) {
        var websub = state.websub();
        var was = state.schedule();
        var schedule = new FeedState.Schedule(
                was.lastPollAt(),
                was.lastSuccessAt(),
                news ? at : was.lastChangeAt(),
                was.nextPollAt(),
                was.intervalSeconds(),
                was.reasons(),
                was.why());
        return NextState.with(
                state,
                schedule,
                SeenEntries.of(state.seen()).plus(sightings).toState(),
                websub == null ? null : WebSubPlan.afterPush(websub, news, at),
                at);
    }

    /** What the hub says of a subscription. */
    void word(FeedShard shard, FeedPush said, Instant now) {
        var slot = shard.slot(said.feedId());
        if (slot == null) {
            return;
        }
        var ids = Subscriptions.ids(callbacks, said.feedId(), shard.partition());
        remember(shard, slot, memory -> {
            var before = memory.state().websub();
            var after = plan.afterWord(before, said, ids);
            if (after == null || after.equals(before)) {
                return memory;
            }
            count(said, after);
            boolean begins = before != null && before.state() != after.state();
            var watch = begins ? Watch.from(said.at()) : memory.watch();
            var schedule = begins ? soon(memory.state(), now) : memory.state().schedule();
            return new Slot.Memory(
                    NextState.with(memory.state(), schedule, memory.state().seen(), after, now), watch);
        });
    }

    private void count(FeedPush said, WebSub after) {
        metrics.count(
                switch (after.state()) {
                    case ACTIVE -> PushMetrics.Subscription.GRANTED;
                    case DENIED -> PushMetrics.Subscription.DENIED;
                    case NONE, REQUESTED, EXPIRED -> PushMetrics.Subscription.ENDED;
                });
        log.info(
                "Subscription changed, state={} feed={} hub={} until={} reason={}",
                after.state(),
                said.feedId(),
                after.hub(),
                after.leaseExpiresAt(),
                said.reason());
    }

    private void pollSoon(FeedShard shard, Slot slot, Instant now) {
        remember(shard, slot, memory -> {
            var state = memory.state();
            var schedule = soon(state, now);
            return schedule.equals(state.schedule())
                    ? memory
                    : new Slot.Memory(
                            NextState.with(state, schedule, state.seen(), state.websub(), now), memory.watch());
        });
    }

    /** No sooner after the last poll than a feed may be polled, and not where failures decide. */
    private FeedState.Schedule soon(FeedState state, Instant now) {
        var was = state.schedule();
        var last = was.lastPollAt() == null ? now : was.lastPollAt();
        var floor = last.plus(properties.poll().floor());
        var at = floor.isBefore(now) ? now : floor;
        return state.status() != FeedState.Status.ACTIVE || !at.isBefore(was.nextPollAt())
                ? was
                : new FeedState.Schedule(
                        was.lastPollAt(),
                        was.lastSuccessAt(),
                        was.lastChangeAt(),
                        at,
                        was.intervalSeconds(),
                        was.reasons(),
                        was.why());
    }

    private void remember(FeedShard shard, Slot slot, UnaryOperator<Slot.Memory> change) {
        var sent = new AtomicReference<@Nullable CompletableFuture<?>>();
        boolean ours = shard.change(slot, memory -> {
            var after = change.apply(memory);
            if (!after.state().equals(memory.state())) {
                sent.set(publisher.send(after.state(), shard.partition()));
            }
            return after;
        });
        var waiting = sent.get();
        if (ours && waiting != null) {
            RawArticlePublisher.await(waiting, "feed state");
        }
    }
}
