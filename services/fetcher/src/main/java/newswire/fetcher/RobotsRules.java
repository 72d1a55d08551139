package newswire.fetcher;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a robots.txt allows us (RFC 9309), as far as its crawl-delay goes along with what is usual. */
final class RobotsRules {
    static final RobotsRules ALL = new RobotsRules(new SimpleRobotRules(RobotRulesMode.ALLOW_ALL));
    static final RobotsRules NONE = new RobotsRules(new SimpleRobotRules(RobotRulesMode.ALLOW_NONE));

    private static final List<String> NAMES = List.of("newswire");
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(2);

    private final SimpleRobotRules rules;

    private RobotsRules(SimpleRobotRules rules) {
        this.rules = rules;
    }

    /** Reads one; never fails for what the bytes are. */
    static RobotsRules parse(URI url, byte[] robots) {
        // A longer delay than the parser's limit would forbid everything.
        var parser = new SimpleRobotRulesParser(Long.MAX_VALUE, 0);
        return new RobotsRules(parser.parseContent(url.toString(), robots, "text/plain", NAMES));
    }

    /**
     * What follows from there being none to read.
     *
     * @param status HTTP status of the answer, absent if none was received
     */
    static RobotsRules without(@Nullable Integer status) {
        boolean none = status != null && status >= 400 && status < 500 && status != 429;
        return none ? ALL : NONE;
    }

    boolean allows(URI url) {
        return rules.isAllowed(url.toString());
    }

    /** Wanted time between two requests; zero if none is. */
    Duration crawlDelay() {
        long millis = rules.getCrawlDelay();
        return millis <= 0 ? Duration.ZERO : PollSchedule.min(Duration.ofMillis(millis), LONGEST_DELAY);
    }

    /** Where the site says that its sitemaps are. */
    List<String> sitemaps() {
        return rules.getSitemaps();
    }
}
