package newswire.normalizer;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.ArticleId;
import newswire.contract.Feed;
import newswire.contract.PublisherScope;
import org.jspecify.annotations.Nullable;

/**
 * What an entry is known by, within its publisher.
 *
 * @param rules of its feed; they choose among the evidence
 * @param aliases in the order in which the ledger asks for them; the first is the key of a new article
 */
record Identity(PublisherScope scope, Evidence evidence, Feed.Identity rules, List<Alias> aliases) {
    private static final int LONGEST = 512;

    Identity {
        aliases = List.copyOf(aliases);
    }

    /**
     * A name of an article.
     *
     * @param role guid, url or hash
     */
    record Alias(String role, String value) {
        /** The form that the contract publishes. */
        Article.AltId altId() {
            return new Article.AltId(role, value);
        }
    }

    /** What the rules of identity look at. */
    record Evidence(
            @Nullable String guid,
            boolean guidIsLink,
            @Nullable CanonicalUrl url,
            URI base,
            String title,
            String body,
            @Nullable String day) {}

    /** The identity of an entry; null if nothing tells it from any other. */
    static @Nullable Identity of(PublisherScope scope, Evidence evidence, Feed.Identity rules) {
        var aliases = new ArrayList<Alias>();
        var url = evidence.url == null || evidence.url.isHomePage() ? null : evidence.url;
        switch (policy(rules)) {
            case AUTO, GUID -> {
                guid(aliases, evidence);
                link(aliases, url);
                guidAsLink(aliases, evidence, rules);
            }
            case LINK -> link(aliases, url);
            case LINK_DATE -> compound(aliases, url, evidence.day);
            case LINK_DATE_TITLE -> compound(aliases, url, evidence.day + "\n" + evidence.title);
            case HASH -> {}
        }
        if (aliases.isEmpty()) {
            hash(aliases, evidence);
        }
        return aliases.isEmpty() ? null : new Identity(scope, evidence, rules, aliases);
    }

    private static Feed.GuidPolicy policy(Feed.Identity rules) {
        return rules.guidPolicy() == null ? Feed.GuidPolicy.AUTO : rules.guidPolicy();
    }

    /** Whether its names may be chosen by what the feed has shown to be worth. */
    boolean isAutomatic() {
        return policy(rules) == Feed.GuidPolicy.AUTO;
    }

    /** The same entry under another policy; the same names if that leaves none. */
    Identity under(Feed.GuidPolicy policy) {
        var degraded = new Feed.Identity(policy, rules.keepParams(), rules.dropParams(), rules.keepFragment());
        var identity = of(scope, evidence, degraded);
        return identity == null ? this : identity;
    }

    private static void guid(List<Alias> aliases, Evidence evidence) {
        if (evidence.guid != null) {
            aliases.add(new Alias("guid", bounded(evidence.guid)));
        }
    }

    private static void link(List<Alias> aliases, @Nullable CanonicalUrl url) {
        if (url != null) {
            aliases.add(new Alias("url", bounded(url.key())));
        }
    }

    /** A permalink guid is another address of the same page, so a change from http to https makes no new article. */
    private static void guidAsLink(List<Alias> aliases, Evidence evidence, Feed.Identity rules) {
        var guid = evidence.guid;
        if (guid == null || !evidence.guidIsLink || !guid.matches("(?is)https?://.*")) {
            return;
        }
        var url = CanonicalUrl.of(evidence.base, guid, rules);
        var alias = url == null || url.isHomePage() ? null : new Alias("url", bounded(url.key()));
        if (alias != null && !aliases.contains(alias)) {
            aliases.add(alias);
        }
    }

    private static void compound(List<Alias> aliases, @Nullable CanonicalUrl url, @Nullable String more) {
        if (url != null) {
            aliases.add(new Alias("hash", Fingerprints.sha256(url.key() + "\n" + more)));
        }
    }

    private static void hash(List<Alias> aliases, Evidence evidence) {
        if (!evidence.title.isEmpty() && evidence.day != null) {
            aliases.add(new Alias("hash", Fingerprints.sha256(evidence.title + "\n" + evidence.day)));
        } else if (!evidence.title.isEmpty() || !evidence.body.isEmpty()) {
            aliases.add(new Alias("hash", Fingerprints.sha256(evidence.title + "\n" + evidence.body)));
        }
    }

    private static String bounded(String value) {
        return value.length() <= LONGEST
                ? value
                : PlainText.clean(value.substring(0, LONGEST)) + "#" + Fingerprints.sha256(value);
    }

    /** The name that tells apart what shares its guid or its address: both together, or with the title what there is. */
    Alias split(String title) {
        var names = new ArrayList<String>();
        for (var alias : aliases) {
            names.add(alias.value);
        }
        boolean enough = has("guid") && has("url");
        return new Alias("hash", Fingerprints.sha256(String.join("\n", names) + (enough ? "" : "\n" + title)));
    }

    boolean has(String role) {
        return aliases.stream().anyMatch(alias -> alias.role.equals(role));
    }

    /** The id of a new article. */
    ArticleId mint() {
        return mint(aliases.getFirst());
    }

    /** The id of a new article by one of its names. */
    ArticleId mint(Alias alias) {
        return ArticleId.of(scope, alias.role, alias.value);
    }
}
