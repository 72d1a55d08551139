package newswire.normalizer;

import java.net.URI;
import newswire.contract.Format;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/**
 * One-entry feed document → {@link Entry}. Reads the element tree itself: a feed library would hide what was written (raw
 * dates, isPermaLink, xml:base, types of titles) and mends it wrongly.
 */
final class EntryReader {
    private EntryReader() {}

    /**
     * Reads the only entry of a document.
     *
     * @param document URL that the document was fetched from
     */
    static Entry entry(Format format, String text, URI document) throws XmlTree.Unreadable {
        if (isJson(format)) {
            return JsonFeedReader.entry(text, document);
        }
        var root = XmlTree.parse(text).getRootElement();
        return switch (format) {
            case ATOM_1_0, ATOM_0_3 -> AtomReader.entry(root, document);
            case NEWS_SITEMAP -> SitemapReader.entry(root, document);
            case RSS_2_0, RSS_1_0, RSS_0_9X, JSON_FEED_1_0, JSON_FEED_1_1 -> RssReader.entry(root, document);
        };
    }

    /** Reads what a document says of itself. */
    static Entry.Channel channel(Format format, String text, URI document) throws XmlTree.Unreadable {
        if (isJson(format)) {
            return JsonFeedReader.channel(text, document);
        }
        var root = XmlTree.parse(text).getRootElement();
        return switch (format) {
            case ATOM_1_0, ATOM_0_3 -> AtomReader.channel(root, document);
            case NEWS_SITEMAP -> SitemapReader.channel(root);
            case RSS_2_0, RSS_1_0, RSS_0_9X, JSON_FEED_1_0, JSON_FEED_1_1 -> RssReader.channel(root, document);
        };
    }

    private static boolean isJson(Format format) {
        return format == Format.JSON_FEED_1_0 || format == Format.JSON_FEED_1_1;
    }

    /** An element that a document of its kind must have. */
    static Element required(@Nullable Element element, String what) throws XmlTree.Unreadable {
        if (element == null) {
            throw new XmlTree.Unreadable(RejectCode.NOT_A_FEED, "no " + what);
        }
        return element;
    }
}
