package newswire.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A publisher of made-up stories, whatever the format of its feed. */
abstract sealed class Gazette implements Publisher
        permits AtomGazette, JsonTagblatt, RdfCourrier, KoreanIlbo, BrokenFaro {
    private final Newsroom newsroom;

    Gazette(String stories, Duration offset) {
        newsroom = new Newsroom(Stories.load(stories), offset);
    }

    List<Item> items(Instant now) {
        return newsroom.items(now);
    }

    static String link(Item item, String site) {
        return site + "news/" + item.number();
    }

    static Instant newestChange(List<Item> items) {
        return items.stream().map(Item::updated).max(Comparator.naturalOrder()).orElseThrow();
    }

    @Override
    public @Nullable Item item(Instant now, long number) {
        return newsroom.item(number, now);
    }
}
