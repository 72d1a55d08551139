package newswire.fetcher;

import java.util.List;
import newswire.contract.FeedState;
import newswire.contract.Format;
import org.jspecify.annotations.Nullable;

/**
 * What a feed document says of itself that bears on polling it, and what operators want to see of it.
 *
 * @param updatePeriodSeconds sy:updatePeriod ÷ sy:updateFrequency
 */
record ChannelFacts(
        @Nullable String generator,
        @Nullable String title,
        @Nullable String siteUrl,
        @Nullable String selfUrl,
        @Nullable String hubUrl,
        @Nullable String language,
        @Nullable Integer ttlMinutes,
        List<Integer> skipHours,
        List<String> skipDays,
        @Nullable Long updatePeriodSeconds) {

    ChannelFacts {
        skipHours = List.copyOf(skipHours);
        skipDays = List.copyOf(skipDays);
    }

    FeedState.Document document(Format format, int items, int newItems, int changedItems) {
        return new FeedState.Document(
                format,
                generator,
                title,
                siteUrl,
                selfUrl,
                hubUrl,
                language,
                ttlMinutes,
                skipHours,
                skipDays,
                updatePeriodSeconds,
                items,
                newItems,
                changedItems);
    }
}
