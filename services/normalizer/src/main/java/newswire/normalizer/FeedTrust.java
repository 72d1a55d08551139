package newswire.normalizer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import newswire.contract.Feed.GuidPolicy;

/**
 * How far a feed's guids, then its links, have proved to tell its articles apart. It only ever degrades: going back would
 * make new articles of everything in the feed.
 *
 * @param policy by which the feed's entries are named
 * @param good times that a name of the policy was one article's own, since the last degradation
 * @param bad times that it was not
 * @param day when the feed was last seen, since 1970
 */
record FeedTrust(GuidPolicy policy, int good, int bad, int day) {
    /** Before anything is known of a feed. */
    static final FeedTrust FULL = new FeedTrust(GuidPolicy.AUTO, 0, 0, 0);

    /** A slip of the publisher's is no habit. */
    private static final int FORGIVEN = 2;

    private static final int ONE_IN = 20;
    private static final int MEMORY = 400;
    private static final int NUMBERS = 3 * Integer.BYTES;

    /** What a sighting says of the names of its feed. */
    enum Sign {
        GOOD,
        BAD,
        NONE
    }

    /** After one more sign; the same if nothing changed. */
    FeedTrust after(Sign sign, int today) {
        int proved = sign == Sign.GOOD ? good + 1 : good;
        int failed = sign == Sign.BAD ? bad + 1 : bad;
        if (sign == Sign.BAD && failed > FORGIVEN && failed * ONE_IN > proved + failed) {
            return new FeedTrust(next(), 0, 0, today);
        }
        boolean old = proved + failed > MEMORY;
        return new FeedTrust(policy, old ? proved / 2 : proved, old ? failed / 2 : failed, today);
    }

    private GuidPolicy next() {
        return switch (policy) {
            case AUTO, GUID -> GuidPolicy.LINK;
            case LINK -> GuidPolicy.LINK_DATE;
            case LINK_DATE -> GuidPolicy.LINK_DATE_TITLE;
            case LINK_DATE_TITLE, HASH -> GuidPolicy.HASH;
        };
    }

    boolean isDegraded() {
        return policy != GuidPolicy.AUTO;
    }

    byte[] encode() {
        var name = policy.name().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(NUMBERS + name.length)
                .putInt(good)
                .putInt(bad)
                .putInt(day)
                .put(name)
                .array();
    }

    static FeedTrust decode(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        var name = new String(bytes, NUMBERS, bytes.length - NUMBERS, StandardCharsets.US_ASCII);
        int good = in.getInt();
        int bad = in.getInt();
        return new FeedTrust(GuidPolicy.valueOf(name), good, bad, in.getInt());
    }
}
