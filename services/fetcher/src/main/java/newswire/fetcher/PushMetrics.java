package newswire.fetcher;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts what hubs send and are told, each once where it comes in and once where it is read. Closed sets of labels. */
final class PushMetrics {
    private final MeterRegistry meters;

    PushMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** What became of a push at the door. */
    enum Received {
        ACCEPTED,
        TOO_LARGE_FOR_RECORD,
        UNSIGNED,
        WRONG_SIGNATURE,
        UNKNOWN_CALLBACK,
        TOO_MANY,
        TOO_LARGE,
        BAD_ENCODING,
        BROKEN_OFF,
        BROKER_AWAY
    }

    /** What became of an accepted push at the instance that owns its feed. */
    enum Read {
        NEWS,
        NOTHING_NEW,
        POLLED_INSTEAD,
        UNREADABLE,
        UNWANTED,
        FAILED
    }

    /** What became of a subscription. */
    enum Subscription {
        ASKED,
        ASKING_FAILED,
        REFUSED,
        GRANTED,
        ENDED,
        DENIED,
        HUB_DEAD,
        CHALLENGE_REFUSED
    }

    void count(Received outcome) {
        meters.counter("newswire.fetcher.pushes", "outcome", label(outcome)).increment();
    }

    void count(Read outcome) {
        meters.counter("newswire.fetcher.pushes.read", "outcome", label(outcome))
                .increment();
    }

    void count(Subscription outcome) {
        meters.counter("newswire.fetcher.subscriptions", "outcome", label(outcome))
                .increment();
    }

    private static String label(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
