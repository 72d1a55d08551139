package newswire.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import newswire.fetcher.FetcherApplication;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the schedule makes of arrivals, against a fixed interval of 15 minutes. */
@Command(
        name = "schedule",
        description =
                "Replays arrivals, made up or recorded, under the fetcher's schedule: fetches, entries missed, and how"
                        + " late entries were found, beside a fixed interval. Exit code 1 if a feed whose window is at least two"
                        + " floors long missed an entry, or all together took more than half of the fetches.",
        mixinStandardHelpOptions = true)
final class ScheduleCommand implements Callable<Integer> {
    private static final Duration FIXED = Duration.ofMinutes(15);
    private static final Duration SETTLING = Duration.ofDays(1);
    private static final Duration TWO_FLOORS = Duration.ofMinutes(20);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--seed", defaultValue = "1", description = "of what is made up (${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--days", defaultValue = "60", description = "days (${DEFAULT-VALUE})")
    private int days;

    @Option(names = "--arrivals", description = "a file of recorded arrivals: one time a line, in ISO 8601")
    private @Nullable Path file;

    @Option(
            names = "--window",
            defaultValue = "20",
            description = "entries that the recorded feed shows (${DEFAULT-VALUE})")
    private int window;

    @Option(names = "--set", description = "another setting, as in fetcher.poll.floor=5m")
    private Map<String, String> settings = Map.of();

    @Override
    public Integer call() throws IOException {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf("%-46s %8s %8s %8s %9s %9s %9s%n", "feed", "stay", "fetches", "fixed", "missed", "fixed", "late");
        int fetches = 0;
        int fixed = 0;
        int missed = 0;
        for (var arrivals : arrivals()) {
            if (arrivals.span().compareTo(SETTLING) <= 0) {
                out.printf("%-46s left out: no entries over more than a day%n", arrivals.name());
                continue;
            }
            var start = arrivals.times().getFirst().plus(SETTLING);
            var end = arrivals.times().getLast();
            var ours = Replay.of(arrivals, start, end, adaptive());
            var theirs = Replay.of(arrivals, start, end, poll -> poll.now().plus(FIXED));
            fetches += ours.fetches();
            fixed += theirs.fetches();
            missed += arrivals.shortestStay().compareTo(TWO_FLOORS) < 0 ? 0 : ours.missed();
            out.printf(
                    Locale.ROOT,
                    "%-46s %7dm %8d %8d %9d %9d %8ds%n",
                    arrivals.name(),
                    Math.min(99_999, arrivals.shortestStay().toMinutes()),
                    ours.fetches(),
                    theirs.fetches(),
                    ours.missed(),
                    theirs.missed(),
                    ours.lateSeconds());
        }
        if (fixed == 0) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "no feed has entries over more than a day");
        }
        out.printf(
                Locale.ROOT,
                "%d fetches, %.0f %% of those of a fixed %d minutes; %d entries missed of feeds whose window is two floors%n",
                fetches,
                100.0 * fetches / fixed,
                FIXED.toMinutes(),
                missed);
        return missed == 0 && fetches * 2 <= fixed ? 0 : 1;
    }

    private List<Arrivals> arrivals() throws IOException {
        return file == null
                ? Arrivals.synthetic(seed, Instant.parse("2026-03-02T00:00:00Z"), days)
                : List.of(Arrivals.in(file, window));
    }

    private Replay.Schedule adaptive() {
        var timetable = FetcherApplication.simulate(settings, seed);
        return poll -> timetable.next(poll.now(), poll.entries().size(), poll.known());
    }
}
