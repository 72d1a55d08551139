package newswire.fetcher;

import java.util.List;
import newswire.contract.FeedState;
import newswire.contract.Format;
import org.jspecify.annotations.Nullable;

/**
 * What a feed document says of itself that bears on polling it, and what operators want to see of it.
 *
 * @param updatePeriodSeconds sy:updatePeriod ÷ sy:updateFrequency
 * @param older link to the part of the feed that goes before the document (RFC 5005)
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
        @Nullable Long updatePeriodSeconds,
        @Nullable String older) {

    private static final int LONGEST = 2_048;

    /** No feed may say so much of itself that its state is too large for the broker. */
    ChannelFacts {
        generator = cut(generator);
        title = cut(title);
        siteUrl = whole(siteUrl);
        selfUrl = whole(selfUrl);
        hubUrl = whole(hubUrl);
        language = whole(language);
        older = whole(older);
        skipHours = List.copyOf(skipHours);
        skipDays = List.copyOf(skipDays);
    }

    private static @Nullable String cut(@Nullable String text) {
        if (text == null || text.length() <= LONGEST) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }

    /** Half a URL is another URL. */
    private static @Nullable String whole(@Nullable String text) {
        return text == null || text.length() > LONGEST ? null : text;
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
