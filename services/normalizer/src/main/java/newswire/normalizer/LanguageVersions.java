package newswire.normalizer;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import newswire.contract.Article;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;

/** The article in other languages, by what the text says of itself, by what the page describes, and by its links. */
final class LanguageVersions {
    private static final Set<String> ALTERNATES = Set.of("alternate", "hreflang");
    private static final int MOST = 40;

    private final Entry entry;
    private final Content content;
    private final String language;
    private final Feed.Identity rules;
    private final List<Article.LanguageVersion> versions = new ArrayList<>();

    LanguageVersions(Entry entry, Content content, String language, Feed.Identity rules) {
        this.entry = entry;
        this.content = content;
        this.language = language;
        this.rules = rules;
    }

    /** Each language once, by the best evidence. */
    List<Article.LanguageVersion> all() {
        boolean translated = !content.story().translators().isEmpty();
        for (var link : content.story().languages()) {
            var evidence = new ArrayList<String>();
            if (translated) {
                evidence.add("translator-credit");
            }
            evidence.add("language-link");
            if (link.hreflang()) {
                evidence.add("hreflang");
            }
            add(link.language(), translated ? "original" : "unknown", page(content.base(), link.href()), evidence);
        }
        for (var version : entry.work().versions()) {
            var tag = version.language() == null ? null : Language.tag(version.language());
            if (tag != null) {
                add(tag, version.relation(), page(content.base(), version.href()), List.of("json-ld"));
            }
        }
        entry.links().stream().filter(link -> ALTERNATES.contains(link.rel())).forEachOrdered(this::linked);
        return List.copyOf(versions);
    }

    private void linked(Entry.Link link) {
        var tag = link.language() == null ? null : Language.tag(link.language());
        boolean other = tag != null && !Language.primary(tag).equals(Language.primary(language));
        var page = other ? page(link.base(), link.href()) : null;
        if (tag != null && other && (page == null || !page.isHomePage())) {
            add(tag, "unknown", page, List.of("hreflang"));
        }
    }

    private @Nullable CanonicalUrl page(URI base, @Nullable String href) {
        return href == null ? null : CanonicalUrl.of(base, href, rules);
    }

    private void add(String tag, String relation, @Nullable CanonicalUrl page, List<String> evidence) {
        boolean known = versions.stream().anyMatch(other -> other.language().equals(tag));
        if (!known && versions.size() < MOST) {
            versions.add(new Article.LanguageVersion(tag, relation, page == null ? null : page.url(), null, evidence));
        }
    }
}
