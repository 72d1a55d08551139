package newswire.store;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import newswire.contract.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * A page of dead letters, as its template wants it.
 *
 * @param fates by which to narrow the list down
 * @param reasons by which to narrow it down, those of the fate
 * @param replayable how many there are of the reason that can be sent again at once; 0 if none is chosen
 * @param next where the page is that follows
 * @param told what became of the last wish
 * @param refused why it was not done
 */
record DeadLettersPage(
        Shell shell,
        Form form,
        List<FeedsPage.Choice> fates,
        List<FeedsPage.Choice> reasons,
        List<Item> letters,
        long replayable,
        @Nullable String next,
        @Nullable String told,
        @Nullable String refused) {
    DeadLettersPage {
        fates = List.copyOf(fates);
        reasons = List.copyOf(reasons);
        letters = List.copyOf(letters);
    }

    /**
     * Which letters to show.
     *
     * @param fate {@code any} for all; else open, replayed or discarded; absent = open
     * @param cursor where the page begins
     * @param replayed how many were sent again just now
     * @param refused how many of these could not be
     */
    record Form(
            @Nullable @Pattern(regexp = "(" + DeadLetterController.NAME + ")?")
            String reason,

            @Nullable @Pattern(regexp = "(" + DeadLetterController.FATES + ")?")
            String fate,

            @Nullable @Size(max = 200) String cursor,
            @Nullable Integer replayed,
            @Nullable Integer refused) {
        static Form ofReason(String reason) {
            return new Form(reason, null, null, null, null);
        }

        String chosenFate() {
            return fate == null || fate.isEmpty() ? "open" : fate;
        }

        @Nullable
        String chosenReason() {
            return FeedsPage.blankToNull(reason);
        }

        /** @param withReason whether only letters of the reason are meant */
        DeadLetterTable.Filter filter(boolean withReason) {
            return new DeadLetterTable.Filter(
                    withReason ? chosenReason() : null,
                    null,
                    null,
                    chosenFate().equals("any") ? null : chosenFate(),
                    withReason ? DeadLetterController.place(cursor) : null);
        }

        String with(String name, @Nullable String value) {
            var values = new HashMap<String, @Nullable Object>();
            values.put("reason", reason);
            values.put("fate", fate);
            values.put(name, value);
            return SearchForm.url("/dead-letters", values);
        }

        @Nullable
        String told() {
            return replayed == null
                    ? null
                    : Shown.number(replayed) + " sent again, " + Shown.number(refused == null ? 0 : refused)
                            + " cannot be.";
        }
    }

    /**
     * A letter in the list.
     *
     * @param letter without the record's bytes
     */
    record Item(DeadLetter letter, String fate) {
        static Item of(DeadLetterTable.Row row) {
            return new Item(DeadLetterTable.letter(row.letter().json()), row.fate());
        }

        String words() {
            var problem = letter.problem();
            return ByteView.visible(problem.detail() == null ? problem.title() : problem.detail());
        }
    }

    static List<FeedsPage.Choice> fates(Form form) {
        var choices = new ArrayList<FeedsPage.Choice>();
        for (var fate : List.of("open", "replayed", "discarded")) {
            choices.add(fate(form, fate, fate));
        }
        choices.add(fate(form, "any", "all"));
        return choices;
    }

    private static FeedsPage.Choice fate(Form form, String fate, String text) {
        return new FeedsPage.Choice(text, null, form.with("fate", fate), fate.equals(form.chosenFate()));
    }

    static List<FeedsPage.Choice> reasons(Form form, Map<String, Long> counts) {
        var choices = new ArrayList<FeedsPage.Choice>();
        var chosen = form.chosenReason();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        choices.add(new FeedsPage.Choice("all reasons", all, form.with("reason", null), chosen == null));
        counts.forEach((reason, count) ->
                choices.add(new FeedsPage.Choice(reason, count, form.with("reason", reason), reason.equals(chosen))));
        if (chosen != null && !counts.containsKey(chosen)) {
            choices.add(new FeedsPage.Choice(chosen, 0L, form.with("reason", chosen), true));
        }
        return choices;
    }
}
