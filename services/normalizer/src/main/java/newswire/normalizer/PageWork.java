package newswire.normalizer;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a page says of the work itself; part of {@link PageReader}. */
final class PageWork {
    private PageWork() {}

    /** What it says. */
    static Entry.Work of(HtmlPage page, JsonLd.Thing article, URI base) {
        return new Entry.Work(
                page.meta("og:type"),
                article.types(),
                Stream.of(article.text("isAccessibleForFree"), page.meta("isaccessibleforfree"))
                        .anyMatch(free -> "false".equalsIgnoreCase(free)),
                RssReader.first(article.text("dateline"), article.text("locationCreated")),
                article.text("sourceOrganization"),
                article.text("copyrightHolder"),
                article.text("digitalSourceType"),
                page.meta("og:locale"),
                article.all("correction").stream()
                        .map(PageWork::correction)
                        .filter(Objects::nonNull)
                        .toList(),
                versions(article, base));
    }

    private static Entry.@Nullable Correction correction(JsonLd.Thing correction) {
        var text = correction.node().isString() ? correction.text() : correction.first("text", "description", "name");
        return text == null ? null : new Entry.Correction(text, correction.first("datePublished", "dateModified"));
    }

    private static List<Entry.Version> versions(JsonLd.Thing article, URI base) {
        var versions = new ArrayList<Entry.Version>();
        for (var original : article.all("translationOfWork")) {
            versions.add(version("original", original, base));
        }
        for (var translation : article.all("workTranslation")) {
            versions.add(version("translation", translation, base));
        }
        return versions;
    }

    private static Entry.Version version(String relation, JsonLd.Thing work, URI base) {
        var address = RssReader.first(work.first("url", "@id"), work.node().isString() ? work.text() : null);
        boolean web = address != null && !address.toLowerCase(Locale.ROOT).startsWith("urn:");
        return new Entry.Version(relation, work.text("inLanguage"), web ? RssReader.absolute(address, base) : null);
    }
}
