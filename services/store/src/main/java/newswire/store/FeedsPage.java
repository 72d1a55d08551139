package newswire.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/**
 * A page of feeds, as its template wants it.
 *
 * @param next where the page is that follows
 * @param wish what was typed to add a feed and not taken
 * @param refused why it was not
 */
record FeedsPage(
        Shell shell,
        Form form,
        List<Choice> choices,
        List<FeedSummary> feeds,
        @Nullable String next,
        @Nullable Wish wish,
        @Nullable String refused) {
    FeedsPage {
        choices = List.copyOf(choices);
        feeds = List.copyOf(feeds);
    }

    /**
     * Which feeds to show.
     *
     * @param show a status, or {@code gaps}, {@code quiet}, {@code paused}
     * @param cursor where the page begins
     */
    record Form(
            @Nullable String q,
            @Nullable String show,
            @Nullable String category,
            @Nullable String cursor) {
        FeedTable.Filter filter() {
            var wanted = show == null ? "" : show;
            return new FeedTable.Filter(
                    blankToNull(q),
                    wanted.matches("[A-Z_]+") ? wanted : null,
                    blankToNull(category),
                    wanted.equals("paused") ? Boolean.FALSE : null,
                    wanted.equals("gaps"),
                    wanted.equals("quiet"));
        }

        String with(String name, @Nullable String value) {
            var values = new HashMap<String, @Nullable Object>();
            values.put("q", q);
            values.put("show", show);
            values.put("category", category);
            values.put(name, value);
            return SearchForm.url("/feeds", values);
        }
    }

    /** A feed that somebody wants added. */
    record Wish(
            @Nullable String xmlUrl,
            @Nullable String title,
            @Nullable String language,
            @Nullable String categories) {}

    /**
     * A state by which to narrow the list down.
     *
     * @param count absent if it is not known
     */
    record Choice(String text, @Nullable Long count, String href, boolean on) {}

    static List<Choice> choices(Form form, Map<String, Long> counts) {
        var choices = new ArrayList<Choice>();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        choices.add(choice(form, "", "all", all));
        for (var status : FeedState.Status.values()) {
            var count = counts.get(status.toString());
            if (count != null && status != FeedState.Status.PAUSED) {
                choices.add(choice(
                        form, status.toString(), FeedSummary.Health.of(status).words(), count));
            }
        }
        choices.add(choice(form, "paused", "paused", null));
        choices.add(choice(form, "gaps", "with gaps", null));
        choices.add(choice(form, "quiet", "oddly silent", null));
        return choices;
    }

    private static Choice choice(Form form, String show, String text, @Nullable Long count) {
        return new Choice(text, count, form.with("show", show), show.equals(form.show() == null ? "" : form.show()));
    }

    static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
