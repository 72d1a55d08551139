package newswire.normalizer;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import newswire.contract.Article;
import newswire.contract.ArticleId;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;

/** Gathers pictures, films and sounds from the feed's media elements and from the text: one association for each thing. */
final class Pictures {
    private static final int MOST = 20;

    private final Map<String, Thing> things = new LinkedHashMap<>();
    private final Map<String, String> groups = new HashMap<>();
    private final Map<Integer, String> keysByBlock = new HashMap<>();
    private final Feed.Identity rules;

    Pictures(Feed.Identity rules) {
        this.rules = rules;
    }

    /** One thing in all its sizes. */
    private static final class Thing {
        private final String kind;
        private final List<Article.Rendition> renditions = new ArrayList<>();
        private @Nullable String title;
        private @Nullable String caption;
        private @Nullable String alt;
        private @Nullable String by;
        private @Nullable String copyright;

        Thing(String kind) {
            this.kind = kind;
        }
    }

    void add(Entry.Media media) {
        var url = address(media.base(), media.href());
        if (url == null) {
            return;
        }
        var group = media.group() + " " + media.kind();
        var known = media.group() > 0 ? groups.get(group) : null;
        var key = known == null ? key(url) : known;
        groups.putIfAbsent(group, key);
        var thing = things.computeIfAbsent(key, _ -> new Thing(media.kind()));
        thing.title = thing.title == null ? media.title() : thing.title;
        thing.caption = thing.caption == null ? media.caption() : thing.caption;
        thing.by = thing.by == null ? media.credit() : thing.by;
        thing.copyright = thing.copyright == null ? media.copyright() : thing.copyright;
        rendition(thing, url.url(), media.type(), media.width(), media.height(), media.size(), media.duration());
    }

    /** The address of a file; the portrait of whoever posted an entry is no picture of it. */
    private @Nullable CanonicalUrl address(URI base, String href) {
        var url = CanonicalUrl.of(base, href, rules);
        return url == null || url.key().contains("gravatar.com/avatar") ? null : url;
    }

    void add(Story.Figure figure, URI base) {
        var first = "caption " + figure.block();
        for (var picture : figure.pictures()) {
            var url = address(base, picture.href());
            if (url != null) {
                var key = key(url);
                first = first.startsWith("caption ") ? key : first;
                var thing = things.computeIfAbsent(key, _ -> new Thing(picture.kind()));
                thing.alt = thing.alt == null ? picture.alt() : thing.alt;
                rendition(thing, url.url(), null, picture.width(), picture.height(), null, null);
            }
        }
        boolean shown = things.containsKey(first);
        if (shown || figure.caption() != null || figure.credit() != null) {
            var thing = things.computeIfAbsent(first, _ -> new Thing("picture"));
            thing.caption = figure.caption() == null ? thing.caption : figure.caption();
            thing.by = figure.credit() == null ? thing.by : figure.credit();
            keysByBlock.put(figure.block(), first);
        }
    }

    void add(Block.Picture embedded, URI base) {
        add(new Story.Figure(-1, List.of(embedded), null, null), base);
    }

    /** Sizes of one picture differ in query, in a size at the end of the name, or in a resizing host before it. */
    private static String key(CanonicalUrl url) {
        return url.key()
                .replaceFirst("\\?.*$", "")
                .replaceFirst("^i\\d\\.wp\\.com/", "")
                .replaceFirst("(?i)-\\d{2,4}x\\d{2,4}(?=\\.\\w{3,4}$)", "")
                .replaceFirst("(?i)-scaled(?=\\.\\w{3,4}$)", "");
    }

    private static void rendition(
            Thing thing,
            URI href,
            @Nullable String type,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Long size,
            @Nullable Double duration) {
        if (thing.renditions.size() < MOST && thing.renditions.stream().noneMatch(known -> href.equals(known.href()))) {
            var name = thing.renditions.isEmpty()
                    ? "original"
                    : width != null && height != null
                            ? width + "x" + height
                            : "rendition-" + (thing.renditions.size() + 1);
            thing.renditions.add(new Article.Rendition(name, href, type, null, width, height, size, duration));
        }
    }

    /** The associations of an article. */
    List<Article.Association> associations(ArticleId id) {
        var names = names();
        var associations = new ArrayList<Article.Association>();
        for (var each : things.entrySet()) {
            var name = names.get(each.getKey());
            if (name != null) {
                associations.add(association(each.getValue(), name, id));
            }
        }
        return associations;
    }

    private Map<String, String> names() {
        var counts = new HashMap<String, Integer>();
        var names = new HashMap<String, String>();
        for (var each : things.entrySet()) {
            var kind = each.getValue().kind;
            var noun = kind.equals("picture") ? "image" : kind.equals("text") ? "related" : kind;
            int count = counts.merge(noun, 1, Integer::sum);
            if (names.size() < MOST) {
                names.put(each.getKey(), noun + "-" + count);
            }
        }
        return names;
    }

    /** Which association a block of the text shows. */
    Map<Integer, String> namesByBlock() {
        var names = names();
        var byBlock = new HashMap<Integer, String>();
        for (var each : keysByBlock.entrySet()) {
            var name = names.get(each.getValue());
            if (name != null) {
                byBlock.put(each.getKey(), name);
            }
        }
        return byBlock;
    }

    private static Article.Association association(Thing thing, String name, ArticleId id) {
        var rel = switch (thing.kind) {
            case "picture" -> "illustration";
            case "video", "audio" -> thing.kind;
            default -> "related";
        };
        return new Article.Association(
                name,
                rel,
                id.part(name),
                thing.kind,
                thing.title,
                thing.by,
                null,
                descriptions(thing),
                null,
                thing.copyright,
                thing.renditions);
    }

    private static List<Article.Description> descriptions(Thing thing) {
        var descriptions = new ArrayList<Article.Description>();
        if (thing.caption != null) {
            descriptions.add(new Article.Description("caption", "text/plain", thing.caption));
        }
        if (thing.alt != null && !thing.alt.equals(thing.caption)) {
            descriptions.add(new Article.Description("alt", "text/plain", thing.alt));
        }
        return descriptions;
    }
}
