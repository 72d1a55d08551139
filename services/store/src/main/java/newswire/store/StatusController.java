package newswire.store;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The whole at a glance. */
@RestController
class StatusController {
    private final ArticleTable articles;
    private final FeedTable feeds;
    private final DeadLetterTable deadLetters;

    StatusController(ArticleTable articles, FeedTable feeds, DeadLetterTable deadLetters) {
        this.articles = articles;
        this.feeds = feeds;
        this.deadLetters = deadLetters;
    }

    /**
     * Counts.
     *
     * @param feeds number of feeds by status
     */
    record Status(long articles, Map<String, Long> feeds, long deadLetters) {}

    @GetMapping("/api/status")
    Status status() {
        return new Status(articles.count(), feeds.countByStatus(), deadLetters.count());
    }
}
