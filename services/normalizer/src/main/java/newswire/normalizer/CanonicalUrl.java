package newswire.normalizer;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;

/**
 * A web address in two forms.
 *
 * @param url to fetch: absolute, http or https, without tracking and fragment
 * @param key to compare: the same less scheme, {@code www.}, trailing slash and order of parameters
 */
record CanonicalUrl(URI url, String key) {
    private static final Pattern PARTS =
            Pattern.compile("(?s)(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:.*@)?(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+)(?::([0-9]{0,5}))?");
    private static final Pattern BREAK = Pattern.compile("[\\t\\r\\n]");
    private static final Pattern PLAIN_HOST = Pattern.compile("(?:[a-z0-9-]{1,63}\\.)*+[a-z0-9-]{1,63}");
    private static final Pattern REDIRECTOR = Pattern.compile(
            "https?://(?:www\\.)?(?:google\\.[a-z.]+/url|l\\.facebook\\.com/l\\.php|t\\.umblr\\.com/redirect)\\?.*");
    /**
     * Cleans a reference.
     *
     * @param base what it is relative to
     * @return null if it leads to no web page: another scheme, no host, a port out of range
     */
    static @Nullable CanonicalUrl of(URI base, String reference, Feed.Identity rules) {
        var resolved = resolve(base, unwrapped(reference.strip()));
        if (resolved == null) {
            return null;
        }
        var parts = parts(resolved.toString());
        var query = query(parts.group(4), rules, String.valueOf(base.getHost()));
        var fragment = fragment(parts.group(5), rules);
        var site = parts.group(1) + "://" + parts.group(2);
        var path = parts.group(3);
        try {
            var url = new URI(site + path + question(query) + fragment);
            var bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            var sorted = new ArrayList<>(query);
            sorted.sort(null);
            var host = parts.group(2).startsWith("www.") ? parts.group(2).substring(4) : parts.group(2);
            return new CanonicalUrl(url, host + bare + question(sorted) + fragment);
        } catch (URISyntaxException ex) {
            return null;
        }
    }

    /** Whether the address says nothing but the site: then it tells no two articles apart. */
    boolean isHomePage() {
        return key.indexOf('/') < 0 && key.indexOf('?') < 0 && key.indexOf('#') < 0;
    }

    /** A reference made absolute (RFC 3986 §5.2) and well-formed, with nothing taken away; null if it is no web address. */
    static @Nullable URI resolve(URI base, String reference) {
        var cleaned = BREAK.matcher(reference.strip()).replaceAll("").replace('\\', '/');
        var parts = parts(cleaned);
        var from = parts(base.toString());
        var scheme = parts.group(1) == null ? from.group(1) : parts.group(1);
        var authority = parts.group(2);
        var path = parts.group(3);
        var query = parts.group(4);
        if (parts.group(1) == null && authority == null) {
            authority = from.group(2);
            query = path.isEmpty() && query == null ? from.group(4) : query;
            path = merged(from.group(3), path);
        }
        if (scheme == null
                || authority == null
                || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
            return null;
        }
        var place = authority(authority, scheme.toLowerCase(Locale.ROOT));
        return place == null ? null : uri(scheme, place, path, query, parts.group(5));
    }

    private static @Nullable URI uri(
            String scheme, String authority, String path, @Nullable String query, @Nullable String fragment) {
        try {
            var rooted = path.startsWith("/") ? path : "/" + path;
            return new URI(scheme.toLowerCase(Locale.ROOT) + "://" + authority + encoded(withoutDots(rooted))
                    + (query == null || query.isEmpty() ? "" : "?" + encoded(query))
                    + (fragment == null || fragment.isEmpty() ? "" : "#" + encoded(fragment)));
        } catch (URISyntaxException ex) {
            return null;
        }
    }

    private static Matcher parts(String url) {
        var parts = PARTS.matcher(url);
        if (!parts.matches()) {
            throw new IllegalStateException("the pattern of RFC 3986, appendix B, matches any text");
        }
        return parts;
    }

    private static String merged(String base, String path) {
        if (path.startsWith("/")) {
            return path;
        }
        return path.isEmpty() ? base : base.substring(0, base.lastIndexOf('/') + 1) + path;
    }

    private static @Nullable String authority(String authority, String scheme) {
        var parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            return null;
        }
        try {
            var name = parts.group(1);
            boolean plain = name.startsWith("[") || PLAIN_HOST.matcher(name).matches();
            var host =
                    plain ? name : IDN.toASCII(URLDecoder.decode(name, StandardCharsets.UTF_8), IDN.ALLOW_UNASSIGNED);
            var port = parts.group(2) == null ? "" : parts.group(2);
            boolean usual = port.isEmpty() || port.equals(scheme.equals("https") ? "443" : "80");
            boolean valid = usual || Integer.parseInt(port) <= 65_535;
            return valid ? host.toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port) : null;
        } catch (IllegalArgumentException ex) {
            return null; // no name of a host
        }
    }

    private static String withoutDots(String path) {
        var kept = new ArrayList<String>();
        var segments = path.split("/", -1);
        for (int at = 1; at < segments.length; at++) {
            boolean last = at == segments.length - 1;
            if (segments[at].equals("..")) {
                if (!kept.isEmpty()) {
                    kept.removeLast();
                }
            } else if (!segments[at].equals(".")) {
                kept.add(segments[at]);
                continue;
            }
            if (last) {
                kept.add("");
            }
        }
        return "/" + String.join("/", kept);
    }

    /** Percent-encoding as RFC 3986 §6.2.2 wants it: needed where needed, upper case, not on unreserved characters. */
    private static String encoded(String part) {
        if (part.chars().allMatch(CanonicalUrl::isPlain)) {
            return part;
        }
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        var out = new StringBuilder(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            int code = bytes[at] & 0xFF;
            int escaped = code == '%' ? escape(bytes, at) : -1;
            if (escaped >= 0) {
                append(out, escaped, isUnreserved(escaped));
                at += 2;
            } else {
                append(out, code, isPlain(code));
            }
        }
        return out.toString();
    }

    private static int escape(byte[] bytes, int at) {
        if (at + 2 >= bytes.length) {
            return -1;
        }
        int high = Character.digit(bytes[at + 1], 16);
        int low = Character.digit(bytes[at + 2], 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static void append(StringBuilder out, int code, boolean plain) {
        if (plain) {
            out.append((char) code);
        } else {
            out.append('%').append(String.format(Locale.ROOT, "%02X", code));
        }
    }

    private static boolean isPlain(int code) {
        return isUnreserved(code) || "!$&'()*+,;=:@/?".indexOf(code) >= 0;
    }

    private static boolean isUnreserved(int code) {
        return code < 128 && (Character.isLetterOrDigit(code) || "-._~".indexOf(code) >= 0);
    }

    private static List<String> query(@Nullable String query, Feed.Identity rules, String site) {
        var kept = new ArrayList<String>();
        if (query != null) {
            for (var parameter : query.split("&", -1)) {
                if (!parameter.isEmpty() && !isDropped(parameter, rules, site)) {
                    kept.add(parameter);
                }
            }
        }
        return kept;
    }

    private static boolean isDropped(String parameter, Feed.Identity rules, String site) {
        int equals = parameter.indexOf('=');
        var name = equals < 0 ? parameter : parameter.substring(0, equals);
        if (rules.keepParams().stream().anyMatch(name::equalsIgnoreCase)) {
            return false;
        }
        if (rules.dropParams().stream().anyMatch(name::equalsIgnoreCase)) {
            return true;
        }
        var value = equals < 0 ? "" : parameter.substring(equals + 1);
        return Tracking.isTracking(name, value, site);
    }

    private static String question(List<String> query) {
        return query.isEmpty() ? "" : "?" + String.join("&", query);
    }

    private static String fragment(@Nullable String fragment, Feed.Identity rules) {
        if (fragment == null) {
            return "";
        }
        boolean kept = fragment.startsWith("!") || Boolean.TRUE.equals(rules.keepFragment());
        return kept ? "#" + fragment : "";
    }

    private static String unwrapped(String reference) {
        if (!REDIRECTOR.matcher(reference).matches()) {
            return reference;
        }
        for (var name : new TreeSet<>(Set.of("q", "url", "u", "z"))) {
            var target = Pattern.compile("[?&]" + name + "=(https?(?:%3A|:)[^&]+)", Pattern.CASE_INSENSITIVE)
                    .matcher(reference);
            if (target.find()) {
                return decoded(target.group(1));
            }
        }
        return reference;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException ex) {
            return value; // badly encoded: as it is
        }
    }
}
