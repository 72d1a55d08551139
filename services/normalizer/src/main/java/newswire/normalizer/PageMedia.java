package newswire.normalizer;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pictures and films that a page gives as its article's; part of {@link PageReader}. */
final class PageMedia {
    /** Not taken by other readers' groups. */
    private static final int GROUP = 1_000;

    /** Search engines ask for one picture in so many shapes. */
    private static final int SHAPES = 3;

    private PageMedia() {}

    static List<Entry.Media> of(HtmlPage page, JsonLd.Thing article, URI base) {
        var media = new ArrayList<Entry.Media>();
        var logos = logos(article);
        var images = article.all("image");
        boolean one = images.size() <= SHAPES && images.stream().allMatch(image -> image.text("caption") == null);
        int group = GROUP;
        for (var image : images) {
            group += one ? 0 : 1;
            add(media, "picture", image, base, group, logos);
        }
        var shared = page.meta("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src");
        if (shared != null && !logos.contains(shared)) {
            media.add(shared(page, shared, base));
        }
        for (var video : article.all("video")) {
            group++;
            add(media, "video", video, base, group, logos);
        }
        for (var audio : article.all("audio")) {
            group++;
            add(media, "audio", audio, base, group, logos);
        }
        return media;
    }

    private static Set<String> logos(JsonLd.Thing article) {
        var logos = new HashSet<String>();
        for (var publisher : article.all("publisher")) {
            for (var logo : publisher.all("logo")) {
                var address = address(logo);
                if (address != null) {
                    logos.add(address);
                }
            }
        }
        return logos;
    }

    private static @Nullable String address(JsonLd.Thing thing) {
        return thing.node().isString() ? thing.text() : thing.first("contentUrl", "url", "embedUrl", "@id");
    }

    private static void add(
            List<Entry.Media> media, String kind, JsonLd.Thing thing, URI base, int group, Set<String> logos) {
        var href = address(thing);
        if (href == null || logos.contains(href)) {
            return;
        }
        media.add(new Entry.Media(
                kind,
                href,
                base,
                group,
                thing.text("encodingFormat"),
                kind.equals("picture") ? null : plain(thing.text("name")),
                plain(kind.equals("picture") ? thing.text("caption") : thing.text("description")),
                plain(thing.first("creditText", "creator", "author")),
                plain(thing.text("copyrightNotice")),
                pixels(thing.text("width")),
                pixels(thing.text("height")),
                null,
                null));
    }

    private static Entry.Media shared(HtmlPage page, String href, URI base) {
        return new Entry.Media(
                "picture",
                href,
                base,
                0,
                null,
                null,
                null,
                null,
                null,
                pixels(page.meta("og:image:width")),
                pixels(page.meta("og:image:height")),
                null,
                null);
    }

    private static @Nullable Integer pixels(@Nullable String text) {
        return HtmlPreparation.number(Objects.requireNonNullElse(text, "").replaceFirst("\\.0+$", ""));
    }

    private static @Nullable String plain(@Nullable String text) {
        return text == null ? null : RssReader.blankless(Html.plain(text));
    }
}
