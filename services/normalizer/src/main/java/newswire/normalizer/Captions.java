package newswire.normalizer;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parts a caption from its credit, as in {@code A bridge. / Image: Agency} or {@code A bridge (Photo: Agency)}. */
final class Captions {
    private static final String PICTURE =
            "(?iu:images?|photos?(?: courtesy of)?|photographs?|pictures?|pics?|(?:photo|image|picture) (?:credit|by|source)"
                    + "|fotos?|bild|bilder|bildquelle|crédit photos?|imagen|foto de|zdjęcie|fotoğraf|fotograf(?:ie|ia|ía)|фото)"
                    + "|사진(?: ?제공)?|이미지|그림|写真(?:提供)?|画像|撮影|图|图片(?:来源)?|图源|圖|圖片(?:來源)?|照片|摄影|攝影|资料图";

    /** Also stands below what is no picture: proves a credit only where a caption is expected. */
    private static final String SOURCE =
            "(?iu:credits?|crédits?|source|quelle|fuente|fonte|kaynak|källa|bron|źródło|источник|джерело)|출처|提供";

    private static final Pattern APART = apart(PICTURE + "|" + SOURCE);
    private static final Pattern PICTURED = apart(PICTURE);
    private static final Pattern LOOSE =
            Pattern.compile("(?s)(?<caption>.*?)(?:^|(?<=[.!?…”\"。！？」])\\s*|\\s+[–—-]\\s+|\\n)(?:(?:" + PICTURE + "|"
                    + SOURCE + ")\\s*(?:[:=：©]|(?iu:by)\\b)|(?iu:fot\\.))\\s*(?<credit>[^\\n]{2,80}?)");
    private static final Pattern AGENCY = Pattern.compile(
            "(?s)(?<caption>.*?)\\s*[(\\[](?<credit>[^()\\[\\]]{0,40}\\b(?:AP|AFP|Reuters|EPA|Getty Images|Yonhap|Xinhua|dpa)\\b[^()\\[\\]]{0,40})[)\\]]\\.?");
    private static final int LONGEST = 400;

    private Captions() {}

    private static Pattern apart(String label) {
        return Pattern.compile("(?s)(?<caption>.*?)\\s*(?:[/|]|[\\[(（【])\\s*(?:(?:" + label
                + ")\\s*(?:[:=：/©-]|(?iu:by)\\b)|(?iu:fot\\.))\\s*(?<credit>[^\\n]{2,80}?)\\s*[\\])）】]?\\.?");
    }

    /** A caption; both parts may be empty. */
    record Caption(String text, @Nullable String credit) {}

    /** Splits what is known to be a caption. */
    static Caption of(String text) {
        for (var pattern : new Pattern[] {APART, LOOSE, AGENCY}) {
            var match = pattern.matcher(text);
            if (match.matches()) {
                return new Caption(PlainText.strip(match.group("caption")), PlainText.strip(match.group("credit")));
            }
        }
        return new Caption(text, null);
    }

    private static boolean isParted(String text) {
        for (int at = 0; at < text.length(); at++) {
            if ("/|[(（【".indexOf(text.charAt(at)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Recognises a caption that stands as a paragraph: only a labelled credit that is set apart proves it. */
    static @Nullable Caption find(String text) {
        if (text.length() > LONGEST || !isParted(text)) {
            return null;
        }
        var match = PICTURED.matcher(text);
        return match.matches()
                ? new Caption(PlainText.strip(match.group("caption")), PlainText.strip(match.group("credit")))
                : null;
    }
}
