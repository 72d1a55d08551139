package newswire.fetcher;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import newswire.contract.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Where an exchange is on its way through redirects.
 *
 * @param url to ask next
 * @param location what the last redirect said, if no URL could be made of it
 * @param permanent where the leading permanent redirects led
 */
record Route(
        URI first,
        URI url,
        @Nullable String location,
        int hops,
        @Nullable URI permanent,
        boolean allPermanent) {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int LONGEST_URL = 2_048;

    static Route start(URI url) {
        return new Route(url, url, null, 0, null, true);
    }

    boolean sameHost() {
        return sameHost(url);
    }

    /** Whether another URL is one of the host that the way began at. */
    boolean sameHost(URI other) {
        return String.valueOf(other.getHost()).equalsIgnoreCase(String.valueOf(first.getHost()))
                && String.valueOf(other.getScheme()).equalsIgnoreCase(String.valueOf(first.getScheme()));
    }

    /** The next stage, or nothing if the answer is no redirect. */
    @Nullable
    Route follow(int status, @Nullable String to) {
        if (!REDIRECTS.contains(status)) {
            return null;
        }
        boolean stays = allPermanent && (status == 301 || status == 308);
        var target = to == null ? null : resolved(to.strip());
        return target == null
                ? new Route(first, url, String.valueOf(to), hops + 1, permanent, false)
                : new Route(first, target, null, hops + 1, stays ? target : permanent, stays);
    }

    private @Nullable URI resolved(String to) {
        try {
            var target = url.resolve(new URI(to.replace(" ", "%20")));
            var path = target.getRawPath();
            return path == null || path.isEmpty() ? target.resolve("/") : target;
        } catch (java.net.URISyntaxException | IllegalArgumentException ex) {
            return null;
        }
    }

    /** Why this stage must not be taken, or nothing. */
    @Nullable
    Problem refusal(int mostRedirects) {
        if (location != null) {
            return FetchProblems.of("bad_redirect", null, "to '" + location + "', from " + url);
        }
        if (hops > mostRedirects) {
            return FetchProblems.of("too_many_redirects", null, "more than " + mostRedirects + ", the last to " + url);
        }
        var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return FetchProblems.of("blocked_scheme", null, "'" + url + "'");
        }
        boolean bad = url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getPort() > 65_535
                || url.getPort() == 0
                || url.toString().length() > LONGEST_URL;
        return bad ? FetchProblems.of("bad_url", null, "'" + url + "'") : null;
    }
}
