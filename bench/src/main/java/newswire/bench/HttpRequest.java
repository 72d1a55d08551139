package newswire.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked.
 *
 * @param target path and query as sent
 * @param headers by lower-case name; of several of one name the last
 */
record HttpRequest(String method, String target, Map<String, String> headers) {
    private static final int LONGEST_HEAD = 64 * 1024;

    HttpRequest {
        headers = Map.copyOf(headers);
    }

    /** The next request of a connection; null where the client has closed it. */
    static @Nullable HttpRequest read(InputStream in) throws IOException {
        var first = line(in);
        if (first == null) {
            return null;
        }
        var words = first.split(" ", 3);
        if (words.length < 2) {
            throw new IOException("not a request: '" + first + "'");
        }
        var headers = new HashMap<String, String>();
        for (var line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        skipBody(in, headers);
        return new HttpRequest(words[0], words[1], headers);
    }

    /** The value of a header, "" if absent. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    private static void skipBody(InputStream in, Map<String, String> headers) throws IOException {
        in.skipNBytes(Long.parseLong(headers.getOrDefault("content-length", "0")));
    }

    private static @Nullable String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (line.length() == LONGEST_HEAD) {
                throw new IOException("a header of more than " + LONGEST_HEAD + " bytes");
            }
            line.append((char) c);
        }
        var text = line.toString();
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
