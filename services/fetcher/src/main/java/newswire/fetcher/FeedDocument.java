package newswire.fetcher;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import newswire.contract.Format;
import newswire.contract.Problem;
import org.jdom2.JDOMException;
import org.jspecify.annotations.Nullable;

/** What the bytes of a feed document hold: entries, each as a document of its own, or the reason why there are none. */
sealed interface FeedDocument {

    /**
     * A feed.
     *
     * @param charset what the bytes were decoded with
     * @param repairs stable names of what had to be mended
     * @param complete whether these are all the entries that the document has
     * @param entries in document order
     * @param channel the document with all entries removed
     */
    record Parsed(
            Format format,
            String charset,
            List<String> repairs,
            boolean complete,
            List<Entry> entries,
            String channel,
            ChannelFacts facts)
            implements FeedDocument {
        public Parsed {
            repairs = List.copyOf(repairs);
            entries = List.copyOf(entries);
        }
    }

    /**
     * Not a feed itself, but a list of sitemaps, some of which may be.
     *
     * @param sitemaps those of news, by their names, first; else those that changed last
     */
    record SitemapIndex(List<String> sitemaps) implements FeedDocument {
        public SitemapIndex {
            sitemaps = List.copyOf(sitemaps);
        }
    }

    /**
     * Not a feed, or broken beyond repair.
     *
     * @param page the text, if it is one of HTML
     */
    record Unreadable(Problem problem, @Nullable String page) implements FeedDocument {
        static Unreadable of(String code, @Nullable String detail) {
            return new Unreadable(Problem.of(code, null, String.valueOf(detail)), null);
        }
    }

    /**
     * One entry.
     *
     * @param index in the document, from 0
     * @param key what the entry calls itself: its id or, lacking that, its link or title; may be empty
     * @param digest of {@link EntryDigest}
     * @param document makes the feed document with all other entries removed; one thread at a time
     */
    record Entry(int index, String key, String digest, EntryFacts facts, Supplier<String> document) {}

    /**
     * Reads a document; never throws for what the bytes are.
     *
     * @param contentType of the HTTP answer, for its charset
     * @param mostEntries further entries are left out, and the document counts as incomplete
     */
    static FeedDocument read(byte[] bytes, @Nullable String contentType, int mostEntries) {
        var decoded = Charsets.decode(bytes, contentType);
        if (decoded.text().isBlank()) {
            return Unreadable.of("empty_body", "the document is empty");
        }
        var repairs = new ArrayList<String>();
        if (decoded.repaired()) {
            repairs.add("charset");
        }
        var text = text(decoded, repairs);
        if (!JsonFeed.looksLike(text)) {
            return xml(text, decoded.charset(), repairs, mostEntries);
        }
        if (!decoded.repaired() && !decoded.charset().equals("UTF-8")) {
            repairs.add("charset"); // JSON has no other
        }
        return JsonFeed.read(text, decoded.charset(), repairs, mostEntries);
    }

    private static String text(Charsets.Decoded decoded, List<String> repairs) {
        var undoubled = decoded.charset().equals("UTF-8") ? Charsets.undoubled(decoded.text()) : null;
        if (undoubled == null) {
            return decoded.text();
        }
        repairs.add("double-encoded");
        return undoubled;
    }

    private static FeedDocument xml(String text, String charset, List<String> repairs, int mostEntries) {
        var source = XmlSource.of(text);
        int json = source.feed() ? -1 : JsonFeed.afterJunk(text);
        if (json >= 0) {
            repairs.add("junk-before-document");
            return JsonFeed.read(text.substring(json), charset, repairs, mostEntries);
        }
        if (source.root().isEmpty() || source.root().equalsIgnoreCase("html")) {
            return source.root().isEmpty()
                    ? Unreadable.of("not_a_feed", "no markup")
                    : new Unreadable(Problem.of("not_a_feed", null, "an HTML page"), text);
        }
        repairs.addAll(source.repairs());
        try {
            return XmlFeed.read(XmlTree.parse(source.text()), charset, repairs, mostEntries, true);
        } catch (JDOMException strict) {
            return repaired(source.text(), charset, repairs, mostEntries);
        }
    }

    private static FeedDocument repaired(String text, String charset, List<String> repairs, int mostEntries) {
        var repaired = XmlRepair.repair(text);
        repairs.addAll(repaired.repairs());
        try {
            var document = XmlTree.parse(repaired.text());
            var feed = XmlFeed.read(document, charset, repairs, mostEntries, !repaired.truncated());
            return repaired.truncated()
                            && feed instanceof Parsed parsed
                            && parsed.entries().isEmpty()
                    ? Unreadable.of("xml_malformed", "ends before the first entry does")
                    : feed;
        } catch (JDOMException ex) {
            return Unreadable.of("xml_malformed", ex.getMessage());
        }
    }
}
