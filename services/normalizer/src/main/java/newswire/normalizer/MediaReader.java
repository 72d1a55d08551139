package newswire.normalizer;

import static newswire.normalizer.Vocabulary.ATOM;
import static newswire.normalizer.Vocabulary.ITUNES;
import static newswire.normalizer.Vocabulary.MEDIA;
import static newswire.normalizer.Vocabulary.RSS;
import static newswire.normalizer.Vocabulary.attribute;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/** Media RSS, enclosures and iTunes: the pictures, films and sounds of an entry. */
final class MediaReader {
    private static final int MOST = 40;

    private MediaReader() {}

    static List<Entry.Media> media(Element item, URI base) {
        var media = new ArrayList<Entry.Media>();
        int group = 0;
        for (var container : MEDIA.all(item, "group")) {
            group++;
            contents(media, container, item, base, group);
        }
        for (var content : MEDIA.all(item, "content")) {
            group++;
            add(media, content, List.of(content, item), attribute(content, "url"), base, group, null);
            contents(media, content, item, base, group);
        }
        for (var thumbnail : MEDIA.all(item, "thumbnail")) {
            add(media, thumbnail, List.of(item), attribute(thumbnail, "url"), base, 0, "picture");
        }
        for (var enclosure : RSS.all(item, "enclosure")) {
            group++;
            add(media, enclosure, List.of(enclosure), attribute(enclosure, "url"), base, group, null);
        }
        for (var link : ATOM.all(item, "link")) {
            if ("enclosure".equalsIgnoreCase(attribute(link, "rel"))) {
                group++;
                add(media, link, List.of(link), attribute(link, "href"), base, group, null);
            }
        }
        for (var image : ITUNES.all(item, "image")) {
            add(media, image, List.of(image), attribute(image, "href"), base, 0, "picture");
        }
        return media.size() > MOST ? media.subList(0, MOST) : media;
    }

    private static void contents(List<Entry.Media> media, Element container, Element item, URI base, int group) {
        var contents = new ArrayList<>(MEDIA.all(container, "content"));
        contents.sort(Comparator.comparing(content -> !"true".equalsIgnoreCase(attribute(content, "isDefault"))));
        for (var content : contents) {
            add(media, content, List.of(content, container, item), attribute(content, "url"), base, group, null);
        }
        for (var thumbnail : MEDIA.all(container, "thumbnail")) {
            add(media, thumbnail, List.of(container), attribute(thumbnail, "url"), base, group, "picture");
        }
    }

    private static void add(
            List<Entry.Media> media,
            Element element,
            List<Element> scopes,
            @Nullable String href,
            URI base,
            int group,
            @Nullable String kind) {
        if (href == null) {
            return;
        }
        var type = attribute(element, "type");
        var size = number(RssReader.first(attribute(element, "length"), attribute(element, "fileSize")));
        media.add(new Entry.Media(
                kind == null ? kind(type, attribute(element, "medium"), href) : kind,
                href,
                base,
                group,
                type,
                plain(scopes, "title"),
                plain(scopes.subList(0, scopes.size() > 1 ? scopes.size() - 1 : scopes.size()), "description"),
                plain(scopes, "credit"),
                plain(scopes, "copyright"),
                integer(attribute(element, "width")),
                integer(attribute(element, "height")),
                size == null || size <= 0 ? null : size.longValue(),
                number(attribute(element, "duration"))));
    }

    private static @Nullable String plain(List<Element> scopes, String name) {
        for (var scope : scopes) {
            var text = MEDIA.text(scope, name);
            if (text != null) {
                return RssReader.blankless(Html.plain(text));
            }
        }
        return null;
    }

    /** The kind of thing behind an address, by type, stated medium or file name. */
    static String kind(@Nullable String type, @Nullable String medium, String href) {
        var told = (type == null ? "" : type.toLowerCase(Locale.ROOT)) + " "
                + (medium == null ? "" : medium.toLowerCase(Locale.ROOT));
        var name = href.toLowerCase(Locale.ROOT).replaceFirst("[?#].*$", "");
        if (told.contains("image") || (told.isBlank() && name.matches(".*\\.(jpe?g|png|gif|webp|avif|svg)"))) {
            return "picture";
        }
        if (told.contains("audio") || (told.isBlank() && name.matches(".*\\.(mp3|m4a|ogg|oga|opus|wav|aac|flac)"))) {
            return "audio";
        }
        if (told.contains("video") || (told.isBlank() && name.matches(".*\\.(mp4|m4v|webm|mov|avi|m3u8)"))) {
            return "video";
        }
        return "text";
    }

    /** media:category, media:keywords and itunes:keywords. */
    static List<Entry.Category> keywords(Element item) {
        var categories = new ArrayList<Entry.Category>();
        for (var category : MEDIA.all(item, "category")) {
            var label = attribute(category, "label");
            categories.add(new Entry.Category(
                    label == null ? category.getValue() : label, null, attribute(category, "scheme")));
        }
        for (var keywords : MEDIA.all(item, "keywords")) {
            categories.addAll(split(keywords.getValue()));
        }
        for (var keywords : ITUNES.all(item, "keywords")) {
            categories.addAll(split(keywords.getValue()));
        }
        return categories;
    }

    /** A list that is parted by commas. */
    static List<Entry.Category> split(String keywords) {
        return Arrays.stream(keywords.split("[,;]", -1))
                .map(String::strip)
                .filter(keyword -> !keyword.isEmpty())
                .map(keyword -> new Entry.Category(keyword, null, null))
                .toList();
    }

    private static @Nullable Integer integer(@Nullable String text) {
        var number = number(text);
        return number == null || number < 0 || number > 100_000 ? null : number.intValue();
    }

    private static @Nullable Double number(@Nullable String text) {
        try {
            return text == null || !text.matches("\\d{1,15}(\\.\\d{1,9})?") ? null : Double.valueOf(text);
        } catch (NumberFormatException ex) {
            return null;
        }
    }
}
