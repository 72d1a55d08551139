package newswire.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * When the entries of a feed came.
 *
 * @param times in order
 * @param window how many entries the feed shows
 */
record Arrivals(String name, List<Instant> times, int window) {
    Arrivals {
        times = List.copyOf(times);
    }

    /** The shortest time that an entry stayed in the document. */
    Duration shortestStay() {
        var shortest = Duration.ofDays(10_000);
        for (int n = window; n < times.size(); n++) {
            var stay = Duration.between(times.get(n - window), times.get(n));
            shortest = stay.compareTo(shortest) < 0 ? stay : shortest;
        }
        return shortest;
    }

    /** From the first to the last. */
    Duration span() {
        return times.isEmpty() ? Duration.ZERO : Duration.between(times.getFirst(), times.getLast());
    }

    /** Recorded arrivals: one time a line, in ISO 8601. */
    static Arrivals in(Path file, int window) throws IOException {
        try (var lines = Files.lines(file)) {
            return new Arrivals(
                    String.valueOf(file.getFileName()),
                    lines.filter(line -> !line.isBlank())
                            .map(line -> Instant.parse(line.strip()))
                            .sorted()
                            .toList(),
                    window);
        }
    }

    /** Feeds as they are known from life, over some days. */
    static List<Arrivals> synthetic(long seed, Instant start, int days) {
        var dice = new SplittableRandom(seed);
        return List.of(
                poisson("4 an hour", 20, start, days, dice.split(), _ -> 4),
                poisson("1 an hour", 20, start, days, dice.split(), _ -> 1),
                poisson("1 an hour, short window", 5, start, days, dice.split(), _ -> 1),
                poisson("4 a day", 10, start, days, dice.split(), _ -> 4 / 24.0),
                poisson("1 a day", 10, start, days, dice.split(), _ -> 1 / 24.0),
                poisson("newspaper: 6 an hour by day, none by night", 30, start, days, dice.split(), Arrivals::byDay),
                poisson("office hours: 2 an hour, weekends free", 20, start, days, dice.split(), Arrivals::inOffice),
                poisson("wire: 40 an hour", 50, start, days, dice.split(), _ -> 40),
                poisson("wire, short window: 30 an hour", 20, start, days, dice.split(), _ -> 30),
                poisson("fast wire: 90 an hour", 100, start, days, dice.split(), _ -> 90),
                poisson("falls asleep after ten days", 10, start, days, dice.split(), hour -> hour < 240 ? 1 : 0),
                poisson("wakes up after ten days", 30, start, days, dice.split(), hour -> hour < 240 ? 0 : 2),
                bursts("hourly batch of 8", 20, start, days, Duration.ofHours(1), 8),
                bursts("daily batch of 15", 20, start, days, Duration.ofDays(1), 15),
                bursts("weekly batch of 10", 10, start, days, Duration.ofDays(7), 10),
                poisson("breaking news: an evening of 50 an hour", 50, start, days, dice.split(), Arrivals::breaking));
    }

    private static double byDay(double hour) {
        double time = hour % 24;
        return time >= 6 && time < 22 ? 6 : 0;
    }

    private static double inOffice(double hour) {
        double time = hour % 24;
        return hour / 24 % 7 < 5 && time >= 9 && time < 17 ? 2 : 0;
    }

    private static double breaking(double hour) {
        return hour >= 300 && hour < 306 ? 50 : 0.5;
    }

    /** @param rate entries an hour, by hours since the start */
    private static Arrivals poisson(
            String name, int window, Instant start, int days, SplittableRandom dice, ToDoubleFunction<Double> rate) {
        var times = new ArrayList<Instant>();
        for (int minute = -24 * 60; minute < days * 24 * 60; minute++) {
            double expected = rate.applyAsDouble(Math.max(0, minute) / 60.0) / 60;
            for (double chance = expected; chance > 0; chance--) {
                if (dice.nextDouble() < chance) {
                    times.add(start.plusSeconds(minute * 60L + dice.nextInt(60)));
                }
            }
        }
        return new Arrivals(name, times.stream().sorted().toList(), window);
    }

    private static Arrivals bursts(String name, int window, Instant start, int days, Duration every, int size) {
        var times = new ArrayList<Instant>();
        for (var at = start.minus(every); at.isBefore(start.plus(Duration.ofDays(days))); at = at.plus(every)) {
            for (int n = 0; n < size; n++) {
                times.add(at.plusSeconds(n));
            }
        }
        return new Arrivals(name, times, window);
    }
}
