package newswire.store;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed to search for, taken apart.
 *
 * @param words words, "phrases", or, -not: as PostgreSQL's web search reads them; empty = any
 * @param title the same, to be found in the title
 * @param prefixes what words begin with, letters and digits only
 * @param publisher name, if one is stated
 */
record SearchText(
        String words,
        String title,
        List<String> prefixes,
        @Nullable String publisher) {
    private static final Pattern FIELD = Pattern.compile("(?i)(?<!\\S)(title|publisher):(\"[^\"]*\"|[^\\s\"]+)");
    private static final Pattern PREFIX = Pattern.compile("(?<![\\S\"])([\\p{L}\\p{M}\\p{N}]{2,})\\*(?!\\S)");
    private static final int MOST_PREFIXES = 5;

    SearchText {
        prefixes = List.copyOf(prefixes);
    }

    static SearchText of(String typed) {
        var title = new StringBuilder();
        var publisher = new String[1];
        var rest = FIELD.matcher(typed).replaceAll(field -> {
            if (field.group(1).equalsIgnoreCase("title")) {
                title.append(field.group(2)).append(' ');
            } else {
                publisher[0] = field.group(2).replace("\"", "");
            }
            return "";
        });
        var prefixes = new ArrayList<String>();
        var words = PREFIX.matcher(rest).replaceAll(prefix -> {
            if (prefixes.size() < MOST_PREFIXES) {
                prefixes.add(prefix.group(1));
            }
            return "";
        });
        return new SearchText(
                words.strip(),
                title.toString().strip(),
                prefixes,
                publisher[0] == null || publisher[0].isBlank() ? null : publisher[0].strip());
    }
}
