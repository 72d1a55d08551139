package newswire.normalizer;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parts a caption from its credit, as in {@code A bridge. / Image: Agency} or {@code A bridge (Photo: Agency)}. */
final class Captions {
    private static final String LABEL =
            "(?iu:images?|photos?(?: courtesy of)?|photographs?|pictures?|pics?|(?:photo|image|picture) (?:credit|by|source)|credits?|source"
                    + "|fotos?|bild|bilder|bildquelle|quelle|crédit(?: photo)?s?|crédits?|fuente|imagen|foto de|fonte|zdjęcie|фото|источник)"
                    + "|사진|이미지|그림|출처|写真|画像|图|图片|圖|照片|资料图";
    private static final Pattern APART = Pattern.compile("(?s)(?<caption>.*?)\\s*(?:[/|]|[\\[(（【])\\s*(?:" + LABEL
            + ")\\s*(?:[:=：/©-]|(?iu:by)\\b)\\s*(?<credit>[^\\n]{2,80}?)\\s*[\\])）】]?\\.?");
    private static final Pattern LOOSE =
            Pattern.compile("(?s)(?<caption>.*?)(?:^|(?<=[.!?…”\"])\\s*|\\s+[–—-]\\s+|\\n)(?:" + LABEL
                    + ")\\s*(?:[:=：©]|(?iu:by)\\b)\\s*(?<credit>[^\\n]{2,80}?)");
    private static final Pattern AGENCY = Pattern.compile(
            "(?s)(?<caption>.*?)\\s*[(\\[](?<credit>[^()\\[\\]]{0,40}\\b(?:AP|AFP|Reuters|EPA|Getty Images|Yonhap|Xinhua|dpa)\\b[^()\\[\\]]{0,40})[)\\]]\\.?");
    private static final int LONGEST = 400;

    private Captions() {}

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

    /** Recognises a caption that stands as a paragraph: only a labelled credit that is set apart proves it. */
    static @Nullable Caption find(String text) {
        if (text.length() > LONGEST || text.chars().noneMatch(one -> "/|[(（【".indexOf(one) >= 0)) {
            return null;
        }
        var match = APART.matcher(text);
        return match.matches()
                ? new Caption(PlainText.strip(match.group("caption")), PlainText.strip(match.group("credit")))
                : null;
    }
}
