package newswire.fetcher;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of HTTP's {@code Link} headers (RFC 8288) tells where a feed is pushed from.
 *
 * @param hub verbatim
 * @param self verbatim
 */
record LinkHeader(@Nullable String hub, @Nullable String self) {
    private static final int LONGEST = 2_048;
    private static final Pattern LINK = Pattern.compile("<([^<>]*+)>([^<]*+)");
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*+([^\\s=;,\"]++)\\s*+(?:=\\s*+(?:\"([^\"]*+)\"|([^\\s,;\"]++)))?");

    /** The first link of each kind. */
    static LinkHeader of(List<String> headers) {
        return new LinkHeader(first(headers, "hub"), first(headers, "self"));
    }

    private static @Nullable String first(List<String> headers, String relation) {
        for (var header : headers) {
            var link = LINK.matcher(header);
            while (link.find()) {
                var target = link.group(1).strip();
                if (target.length() <= LONGEST && relations(link.group(2)).contains(relation)) {
                    return target;
                }
            }
        }
        return null;
    }

    private static List<String> relations(String parameters) {
        var parameter = PARAMETER.matcher(parameters);
        while (parameter.find()) {
            if (parameter.group(1).equalsIgnoreCase("rel")) {
                var names = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
                return names == null
                        ? List.of()
                        : List.of(names.toLowerCase(Locale.ROOT).split("\\s+"));
            }
        }
        return List.of();
    }
}
