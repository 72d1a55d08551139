package newswire.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Entry {@code number} of a feed in one of its revisions. Its text proves that nothing was mixed up on the way: it begins
 * with an HMAC over feed, number and revision.
 */
record FarmEntry(int feed, long seed, long number, int revision, Instant published) {
    private static final String FILLER = "Am Morgen lag Nebel über dem Fluß. 강가에 안개가 걷히자 배가 떠났다. "
            + "The ferry left when the fog had lifted. 霧が晴れて船が出た。 Туман рассеялся, паром ушёл. ";
    private static final int SHORTEST = 300;
    private static final int LONGEST = 2_500;

    String guid() {
        return feed + "/" + number;
    }

    String path() {
        return "/articles/" + guid();
    }

    String title() {
        return "Entry " + number + " of feed " + feed + (revision == 1 ? "" : ", corrected");
    }

    String text() {
        int length = SHORTEST + (int) ((LONGEST - SHORTEST) * FarmPlan.unit(FarmPlan.mix(seed * 31 + number)));
        return proof() + " " + FILLER.repeat(length / FILLER.length() + 1).substring(0, length);
    }

    /** The HMAC in hex. */
    String proof() {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(("farm " + seed).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var what = feed + "|" + number + "|" + revision;
            return HexFormat.of().formatHex(mac.doFinal(what.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("every JDK has HmacSHA256", ex);
        }
    }
}
