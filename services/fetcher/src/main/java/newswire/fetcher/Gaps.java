package newswire.fetcher;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/** The times in which entries of a feed were probably missed, and what became of them. */
final class Gaps {
    private static final int MOST = 5;
    private static final int HOPELESS = 3;

    private Gaps() {}

    /** The gaps after a poll: one more if its document shares no entry with the one before. */
    static List<FeedState.Gap> of(@Nullable FeedState before, PollOutcome outcome, Instant now) {
        var was = before == null ? List.<FeedState.Gap>of() : before.gaps();
        var from = before == null ? null : before.schedule().lastSuccessAt();
        if (!(outcome instanceof PollOutcome.Changed changed) || !changed.overrun() || from == null) {
            return was;
        }
        var older = older(changed.exchange().url(), changed.document().facts().older());
        var gap = new FeedState.Gap(from, now, hopeless(was), 0, older);
        return Stream.concat(Stream.of(gap), was.stream()).limit(MOST).toList();
    }

    /** A feed whose last gaps could not be closed by anything overruns its window all the time. */
    private static FeedState.Gap.Outlook hopeless(List<FeedState.Gap> was) {
        boolean hopeless = was.size() >= HOPELESS
                && was.stream()
                        .limit(HOPELESS)
                        .allMatch(gap -> gap.status() == FeedState.Gap.Outlook.PERMANENT && gap.recovered() == 0);
        return hopeless ? FeedState.Gap.Outlook.PERMANENT : FeedState.Gap.Outlook.OPEN;
    }

    /** The gap that is to be looked into, if there is one: the newest. */
    static FeedState.@Nullable Gap open(FeedState state) {
        return state.gaps().stream()
                .filter(gap -> gap.status() == FeedState.Gap.Outlook.OPEN)
                .findFirst()
                .orElse(null);
    }

    /** The same gaps with one of them changed. */
    static List<FeedState.Gap> with(List<FeedState.Gap> gaps, FeedState.Gap one, UnaryOperator<FeedState.Gap> change) {
        return gaps.stream()
                .map(gap -> gap.from().equals(one.from()) && gap.to().equals(one.to()) ? change.apply(gap) : gap)
                .toList();
    }

    /** Where a document says that its older part is. */
    static @Nullable URI older(URI document, @Nullable String link) {
        if (link == null) {
            return null;
        }
        try {
            var url = document.resolve(new URI(link));
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return web && url.getHost() != null && !url.equals(document) ? url : null;
        } catch (java.net.URISyntaxException | IllegalArgumentException ex) {
            return null;
        }
    }
}
