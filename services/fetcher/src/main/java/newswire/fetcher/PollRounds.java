package newswire.fetcher;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a poll from its question to the state that the broker has: what is sent in which order, so that nothing is lost. */
final class PollRounds {
    private static final Logger log = LoggerFactory.getLogger(PollRounds.class);
    private static final Duration AFTER_NO_ROOM = Duration.ofMinutes(1);

    private final Poller poller;
    private final RawArticlePublisher publisher;
    private final PollSchedule schedule;
    private final FetcherProperties.Poll settings;
    private final Subscriptions subscriptions;
    private final PollMetrics metrics;
    private final InstantSource clock;

    PollRounds(
            Poller poller,
            RawArticlePublisher publisher,
            FetcherProperties.Poll settings,
            Subscriptions subscriptions,
            PollMetrics metrics,
            InstantSource clock) {
        this.poller = poller;
        this.publisher = publisher;
        this.schedule = new PollSchedule(settings);
        this.settings = settings;
        this.subscriptions = subscriptions;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Polls a feed.
     *
     * @throws BusyException if others have to be let go first
     * @throws org.springframework.kafka.KafkaException if the broker does not confirm
     */
    void poll(Errand errand) {
        var shard = errand.shard();
        var slot = errand.slot();
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        try (var room = poller.room()) {
            var poll = new Poll(errand, shard.feed(slot), shard.state(slot), now, room);
            var attempt = attempt(poll);
            if (!shard.owns(slot)) {
                metrics.countUndone(PollMetrics.Undone.HANDED_OVER);
                shard.giveBack(slot, now);
                return;
            }
            switch (attempt) {
                case PollAttempt.Searching _ -> {
                    metrics.countUndone(PollMetrics.Undone.SEARCHING);
                    shard.giveBack(slot, now);
                }
                case PollAttempt.RobotsRead _ -> {
                    metrics.countUndone(PollMetrics.Undone.ROBOTS);
                    shard.giveBack(slot, now);
                }
                case PollAttempt.PutOff putOff -> putOff(poll, putOff);
                case PollOutcome outcome -> polled(poll, outcome);
            }
        }
    }

    private PollAttempt attempt(Poll poll) {
        var shard = poll.errand().shard();
        var slot = poll.errand().slot();
        var discovery = shard.discovery(slot);
        if (discovery != null) {
            var found = poller.search(poll, discovery);
            if (found instanceof PollOutcome) {
                shard.search(slot, null);
            }
            return found;
        }
        var attempt = poller.find(poll, chance() < settings.audits());
        if (attempt instanceof PollOutcome.Failed failed && Discovery.due(poll.before(), failed, poll.now())) {
            shard.search(slot, new Discovery(failed));
            return new PollAttempt.Searching();
        }
        return attempt;
    }

    /** Four digits do for all, and take little room where they are kept. */
    private static double chance() {
        return ThreadLocalRandom.current().nextInt(10_000) / 10_000.0;
    }

    private void putOff(Poll poll, PollAttempt.PutOff putOff) {
        var errand = poll.errand();
        var again = clock.instant().plusMillis((long) (AFTER_NO_ROOM.toMillis() * (1 + chance())));
        var state = NextState.putOff(poll.feed(), poll.before(), putOff, again, poll.now());
        boolean saved = save(errand, state);
        errand.shard().putOff(errand.slot(), state, saved);
        metrics.countUndone(PollMetrics.Undone.PUT_OFF);
        log.warn("Poll put off, no room in memory, feed={} next={}", state.feedId(), again);
    }

    private void polled(Poll poll, PollOutcome outcome) {
        var errand = poll.errand();
        var shard = errand.shard();
        var slot = errand.slot();
        var feed = poll.feed();
        var before = poll.before();
        var now = poll.now();
        poller.publish(poll, outcome);
        var plan = PollHistory.flagged(before, outcome, schedule.next(feed, before, outcome, now, chance()));
        var push = subscriptions.afterPoll(shard, slot, feed, before, outcome, plan, now);
        var polled = NextState.of(feed, before, outcome, push.schedule(), now, settings.moved());
        var state = NextState.with(polled, polled.schedule(), polled.seen(), push.websub(), now);
        boolean saved = NextState.matters(shard.saved(slot), state) && save(errand, state);
        shard.finish(slot, state, saved, Duration.ofMillis(outcome.exchange().millis()));
        subscriptions.ask(feed.feedId(), shard.partition(), push.asks(), now);
        poller.followUp(poll, outcome, state);
        metrics.count(outcome);
        if (Answer.longest(now).equals(outcome.exchange().retryAfter())) {
            metrics.countLongestSilence();
            log.warn("Silence for 30 days or more asked for, feed={} url={}", feed.feedId(), feed.xmlUrl());
        }
        tell(feed, before, outcome, state);
    }

    private boolean save(Errand errand, FeedState state) {
        var shard = errand.shard();
        var sent = shard.whileOwned(errand.slot(), () -> publisher.send(state, shard.partition()));
        sent.ifPresent(future -> RawArticlePublisher.await(future, "feed state"));
        return sent.isPresent();
    }

    private static void tell(Feed feed, @Nullable FeedState before, PollOutcome outcome, FeedState state) {
        var next = state.schedule().nextPollAt();
        if (state.status() == FeedState.Status.GONE && (before == null || before.status() != FeedState.Status.GONE)) {
            log.warn("Feed is gone for good, it says, feed={} url={} next={}", feed.feedId(), feed.xmlUrl(), next);
        }
        switch (outcome) {
            case PollOutcome.Changed changed ->
                log.info(
                        "Polled, feed={} entries={} new={} changed={} next={}",
                        feed.feedId(),
                        changed.sightings().size(),
                        changed.count(SeenEntries.Kind.NEW),
                        changed.count(SeenEntries.Kind.CHANGED),
                        next);
            case PollOutcome.Unchanged _ -> log.debug("Polled, unchanged, feed={} next={}", feed.feedId(), next);
            case PollOutcome.Failed failed -> {
                var problem = failed.problem();
                var last = before == null ? null : before.lastError();
                if (last == null || !last.code().equals(problem.code())) {
                    log.warn(
                            "Feed failed, reason={} feed={} url={} next={}",
                            problem.code(),
                            feed.feedId(),
                            feed.xmlUrl(),
                            next);
                }
            }
        }
    }
}
