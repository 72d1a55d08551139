package newswire.fetcher;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import newswire.contract.FeedPush;
import newswire.contract.PublisherScope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks hubs, those of one publisher scope one after the other and within its budget, which is exact since one instance alone
 * asks them.
 */
final class Hubs {
    private static final Logger log = LoggerFactory.getLogger(Hubs.class);
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final int MOST_WAITING = 10_000;

    private final HubClient client;
    private final PollLoop loop;
    private final Callbacks callbacks;
    private final PushPublisher publisher;
    private final PushMetrics metrics;
    private final InstantSource clock;
    private final Map<PublisherScope, Queue<Job>> lines = new HashMap<>();
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("hub-", 0).factory());

    Hubs(
            HubClient client,
            PollLoop loop,
            Callbacks callbacks,
            PushPublisher publisher,
            PushMetrics metrics,
            InstantSource clock) {
        this.client = client;
        this.loop = loop;
        this.callbacks = callbacks;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
    }

    private record Job(FeedShard shard, FeedPush push, FeedPush.Request request) {}

    /** Puts a request in line. What is lost here is asked again some day. */
    void ask(FeedShard shard, FeedPush push, FeedPush.Request request) {
        var scope = PublisherScope.of(request.hub());
        synchronized (lines) {
            var line = lines.get(scope);
            if (line == null) {
                line = new ArrayDeque<>();
                lines.put(scope, line);
                workers.execute(() -> work(scope));
            }
            if (line.size() < MOST_WAITING) {
                line.add(new Job(shard, push, request));
            } else {
                metrics.count(PushMetrics.Subscription.ASKING_FAILED);
            }
        }
    }

    private void work(PublisherScope scope) {
        for (var job = next(scope); job != null; job = next(scope)) {
            try {
                ask(job, scope);
            } catch (BusyException ex) {
                ask(job.shard(), job.push(), job.request());
            } catch (RuntimeException ex) { // the bulkhead: one request must not stop those behind it
                log.error(
                        "Unexpected failure of a request to a hub, feed={}",
                        job.push().feedId(),
                        ex);
            }
        }
    }

    private @Nullable Job next(PublisherScope scope) {
        synchronized (lines) {
            var line = lines.get(scope);
            var job = line == null ? null : line.poll();
            if (job == null) {
                lines.remove(scope);
            }
            return job;
        }
    }

    private void ask(Job job, PublisherScope scope) {
        var push = job.push();
        var hub = job.request().hub();
        var form = form(push, job.request());
        var result = loop.request(job.shard(), scope, PATIENCE, sent -> client.post(hub, form, clock.instant(), sent))
                .orElse(null);
        switch (result) {
            case FetchResult.Failed(var exchange, var problem) -> {
                log.warn(
                        "Hub not asked, for={} feed={} hub={} reason={}",
                        push.kind(),
                        push.feedId(),
                        hub,
                        problem.code());
                boolean refused = refused(exchange.status());
                metrics.count(refused ? PushMetrics.Subscription.REFUSED : PushMetrics.Subscription.ASKING_FAILED);
                if (refused && push.kind() == FeedPush.Kind.SUBSCRIBE) {
                    deny(push, job.request().partition(), problem.code());
                }
            }
            case FetchResult.NotModified _, FetchResult.Modified _, FetchResult.PutOff _ -> {
                metrics.count(PushMetrics.Subscription.ASKED);
                log.info("Hub asked, for={} feed={} hub={}", push.kind(), push.feedId(), hub);
            }
            case null -> metrics.count(PushMetrics.Subscription.ASKING_FAILED);
        }
    }

    /** Whether the hub has understood and does not want to. */
    private static boolean refused(@Nullable Integer status) {
        return status != null && status >= 400 && status < 500 && status != 408 && status != 429;
    }

    private void deny(FeedPush push, int partition, String reason) {
        var denied = new FeedPush(
                FeedPush.SCHEMA_VERSION,
                push.feedId(),
                FeedPush.Kind.DENIED,
                clock.instant(),
                push.callbackId(),
                null,
                reason,
                null,
                null);
        publisher.hopeful(denied, partition);
    }

    private Map<String, String> form(FeedPush push, FeedPush.Request request) {
        var form = new LinkedHashMap<String, String>();
        var callback = callbacks.url(push.feedId(), request.partition(), push.callbackId());
        form.put("hub.callback", callback.toString());
        form.put("hub.mode", push.kind() == FeedPush.Kind.SUBSCRIBE ? "subscribe" : "unsubscribe");
        form.put("hub.topic", request.topic().toString());
        if (push.kind() == FeedPush.Kind.SUBSCRIBE) {
            form.put("hub.secret", callbacks.secret(push.feedId(), push.callbackId()));
            form.put("hub.lease_seconds", String.valueOf(push.leaseSeconds()));
        }
        return form;
    }
}
