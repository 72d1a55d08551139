package newswire.standalone;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the person at the terminal, in few lines, what has started and how long it took. */
final class Progress {
    private static final Logger log = LoggerFactory.getLogger(Progress.class);

    private final PrintWriter out;

    Progress(PrintWriter out) {
        this.out = out;
    }

    <T> T timed(String what, Supplier<T> start) {
        long begun = System.nanoTime();
        var started = start.get();
        var took = seconds(Duration.ofNanos(System.nanoTime() - begun));
        log.info("Started, part={} seconds={}", what, took);
        say("  %-11s %s s".formatted(what, took));
        return started;
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
    }
}
