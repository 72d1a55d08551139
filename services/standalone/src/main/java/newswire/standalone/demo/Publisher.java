package newswire.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A made-up publisher with one feed. What it says depends on the time only. */
interface Publisher {
    /** File name of the feed below its server's root. */
    String path();

    /** Its name. */
    String title();

    /** What its server says of the feed, rightly or not. */
    String contentType();

    /**
     * The feed at this time.
     *
     * @param site root of its server, ends in a slash
     */
    byte[] feed(Instant now, String site);

    /** A page for an entry's link, absent if there is none. */
    @Nullable
    Item item(Instant now, long number);

    /** How long its server asks to be left alone at this time; zero if it does not. */
    default Duration busy(Instant now) {
        return Duration.ZERO;
    }
}
