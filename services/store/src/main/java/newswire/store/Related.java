package newswire.store;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An article that says nearly the same as another. The two stay two: whoever may print the one may not print the other.
 *
 * @param firstCreated when it was first seen
 * @param score how much of the two texts is shared, 0 … 1
 * @param reason {@code same-text}, or {@code shared-passages}
 */
record Related(
        UUID id,
        String title,
        @Nullable String publisher,
        String language,
        Instant firstCreated,
        double score,
        String reason) {
    /** Bits in which hashes of the same text may differ. */
    private static final int SAME = 3;

    private static final double ENOUGH = 0.8;

    /** Those of some candidates that are near enough to a text, the nearest first. */
    static List<Related> of(String text, List<RelatedTable.Candidate> candidates) {
        var own = Shingles.of(text.length() > 20_000 ? text.substring(0, 20_000) : text);
        if (own.all().size() < Shingles.FEWEST) {
            return List.of();
        }
        return candidates.stream()
                .flatMap(candidate -> compare(own, candidate))
                .sorted(Comparator.comparingDouble(Related::score).reversed().thenComparing(Related::id))
                .toList();
    }

    private static Stream<Related> compare(Shingles own, RelatedTable.Candidate candidate) {
        var others = Shingles.of(candidate.text());
        double score = own.similarity(others);
        if (others.all().size() < Shingles.FEWEST || (candidate.distance() > SAME && score < ENOUGH)) {
            return Stream.empty();
        }
        var reason = candidate.distance() <= SAME ? "same-text" : "shared-passages";
        return Stream.of(new Related(
                candidate.id(),
                candidate.title(),
                candidate.publisher(),
                candidate.language(),
                candidate.seen(),
                score,
                reason));
    }
}
