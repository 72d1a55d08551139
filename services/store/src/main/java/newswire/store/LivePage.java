package newswire.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * The newest changes, as their template wants them.
 *
 * @param cursor where the changes go on that come after these
 */
record LivePage(Shell shell, String cursor, List<Row> rows) {
    LivePage {
        rows = List.copyOf(rows);
    }

    /**
     * A change.
     *
     * @param type published, updated, withdrawn or removed
     * @param href of what there is to read; absent if there is nothing any more
     * @param lang of the title, if it is known
     * @param publisher absent with the article
     */
    record Row(
            String type,
            UUID id,
            @Nullable String href,
            @Nullable String lang,
            String title,
            @Nullable String publisher,
            @Nullable Instant at) {
        static Row of(ChangeTable.Change change) {
            var json = Encoding.json().readTree(change.json());
            if (!json.has("article")) {
                return new Row(change.type(), change.id(), null, null, "An article was taken down", null, change.at());
            }
            var article = RevisionTable.article(json.path("article").toString());
            var publisher = OutputFeed.publisher(article);
            return new Row(
                    change.type(),
                    change.id(),
                    "/articles/" + change.id() + "?version=" + article.version(),
                    Shown.lang(article.language()),
                    article.title(),
                    publisher == null ? "unknown publisher" : publisher,
                    change.at());
        }
    }
}
