package newswire.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What a publisher shows at a time, newest first. A function of the time alone: after a restart the same entries are there,
 * and those that would have been published meanwhile.
 */
final class Newsroom {
    static final int WINDOW = 12;
    private static final Duration INTERVAL = Duration.ofSeconds(25);
    private static final Duration CORRECTED_AFTER = Duration.ofSeconds(80);
    private static final int CORRECTED_EVERY = 5;

    private final Stories stories;
    private final Duration offset;

    /**
     * Writes these stories.
     *
     * @param offset shifts the moments of publication, so that the publishers take turns
     */
    Newsroom(Stories stories, Duration offset) {
        this.stories = stories;
        this.offset = offset;
    }

    List<Item> items(Instant now) {
        long newest = Math.floorDiv(now.minus(offset).getEpochSecond(), INTERVAL.toSeconds());
        return LongStream.range(0, WINDOW)
                .mapToObj(age -> item(newest - age, now))
                .toList();
    }

    Item item(long number, Instant now) {
        var published = Instant.ofEpochSecond(number * INTERVAL.toSeconds()).plus(offset);
        var correctedAt = published.plus(CORRECTED_AFTER);
        boolean corrected = Math.floorMod(number, CORRECTED_EVERY) == 0 && !correctedAt.isAfter(now);
        var lines = stories.story(number);
        var paragraphs = new ArrayList<>(lines.subList(1, lines.size()));
        if (corrected) {
            paragraphs.add(stories.correction());
        }
        return new Item(number, published, corrected ? correctedAt : published, lines.getFirst(), paragraphs);
    }
}
