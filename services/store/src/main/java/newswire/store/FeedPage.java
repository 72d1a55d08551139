package newswire.store;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import newswire.contract.Feed;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One feed, as its template wants it.
 *
 * @param told what became of the last wish
 * @param refused why it was not done
 */
record FeedPage(
        Shell shell,
        FeedSummary summary,
        @Nullable String told,
        @Nullable String refused) {

    /** Categories as people type them: parted by commas. */
    static List<String> categories(@Nullable String text) {
        return text == null || text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(category -> !category.isEmpty())
                        .distinct()
                        .toList();
    }

    /** What a browser's form says of a feed's definition. Empty fields take away what was there. */
    record Edit(
            int revision,
            @Nullable String title,
            @Nullable String xmlUrl,
            @Nullable String htmlUrl,
            @Nullable String language,
            @Nullable String categories,
            @Nullable Integer priority,
            @Nullable Integer intervalSeconds,
            @Nullable Integer minIntervalSeconds,
            @Nullable Integer maxIntervalSeconds) {

        /** As the merge patch that changes a feed so. */
        ObjectNode patch(Feed feed) {
            var patch = Encoding.json().createObjectNode();
            patch.put("title", title == null || title.isBlank() ? feed.xmlUrl().toString() : title.strip());
            if (xmlUrl != null && !xmlUrl.strip().equals(feed.xmlUrl().toString())) {
                patch.put("xmlUrl", xmlUrl.strip());
            }
            if (!Objects.equals(
                    FeedsPage.blankToNull(htmlUrl),
                    feed.htmlUrl() == null ? null : feed.htmlUrl().toString())) {
                patch.put("htmlUrl", FeedsPage.blankToNull(htmlUrl));
            }
            patch.put("language", FeedsPage.blankToNull(language));
            FeedPage.categories(categories).forEach(patch.putArray("categories")::add);
            patch.put("priority", priority);
            patch.putObject("poll")
                    .put("intervalSeconds", intervalSeconds)
                    .put("minIntervalSeconds", minIntervalSeconds)
                    .put("maxIntervalSeconds", maxIntervalSeconds);
            return patch;
        }
    }
}
