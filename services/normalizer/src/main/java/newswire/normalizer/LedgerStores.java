package newswire.normalizer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import newswire.contract.ArticleId;
import newswire.contract.Feed.GuidPolicy;
import newswire.contract.FeedId;
import newswire.contract.PublisherScope;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's memory of one partition, so of whole publishers: names → articles, articles → what is known of them, feeds →
 * how far they are trusted, and the changes that wait.
 */
final class LedgerStores {
    static final String ALIASES = "aliases";
    static final String ARTICLES = "articles";
    static final String FEEDS = "feeds";
    static final String HELD = "held";

    private final KeyValueStore<Bytes, byte[]> aliases;
    private final KeyValueStore<Bytes, byte[]> articles;
    private final KeyValueStore<Bytes, byte[]> feeds;
    private final KeyValueStore<Bytes, byte[]> held;

    LedgerStores(ProcessorContext<?, ?> context) {
        aliases = context.getStateStore(ALIASES);
        articles = context.getStateStore(ARTICLES);
        feeds = context.getStateStore(FEEDS);
        held = context.getStateStore(HELD);
    }

    /** For the topology. */
    static List<StoreBuilder<?>> builders(Function<String, KeyValueBytesStoreSupplier> kind) {
        var builders = new ArrayList<StoreBuilder<?>>();
        for (var name : List.of(ALIASES, ARTICLES, FEEDS, HELD)) {
            builders.add(Stores.keyValueStoreBuilder(kind.apply(name), Serdes.Bytes(), Serdes.ByteArray()));
        }
        return builders;
    }

    /** What the names of a sighting lead to. */
    Sighting.Hits hits(Sighting sighting) {
        var identity = sighting.identity();
        var split = hit(identity.scope(), identity.split(sighting.article().title()));
        Sighting.@Nullable Hit guid = null;
        Sighting.@Nullable Hit other = null;
        for (var alias : identity.aliases()) {
            var hit = hit(identity.scope(), alias);
            if (alias.role().equals("guid")) {
                guid = hit;
            } else if (other == null) {
                other = hit;
            }
        }
        return new Sighting.Hits(split, guid, other);
    }

    /** The articles that a sighting may show though its names do not say so. */
    List<Sighting.Hit> candidates(Sighting sighting, Identity undegraded) {
        var hits = new ArrayList<Sighting.Hit>();
        var article = sighting.article();
        add(
                hits,
                aliases.get(moved(
                        sighting.identity().scope(),
                        MaterialField.TITLE.of(MaterialField.digests(article)),
                        String.valueOf(article.datePublished()))));
        for (var alias : undegraded.aliases()) {
            if (!sighting.identity().aliases().contains(alias)) {
                add(hits, aliases.get(key(undegraded.scope(), alias)));
            }
        }
        return hits;
    }

    /** Every article that any name of a sighting leads to under any policy, nearest first. */
    List<Sighting.Hit> all(Sighting sighting, Identity undegraded) {
        var named = hits(sighting);
        var all = new ArrayList<Sighting.Hit>();
        for (var hit : Arrays.asList(named.split(), named.guid(), named.other())) {
            if (hit != null) {
                all.add(hit);
            }
        }
        var title = sighting.article().title();
        add(all, aliases.get(key(undegraded.scope(), undegraded.split(title))));
        all.addAll(candidates(sighting, undegraded));
        for (var policy : EnumSet.range(GuidPolicy.LINK, GuidPolicy.HASH)) {
            var earlier = undegraded.under(policy);
            add(all, aliases.get(key(earlier.scope(), earlier.split(title))));
            for (var alias : earlier.aliases()) {
                add(all, aliases.get(key(earlier.scope(), alias)));
            }
        }
        return all;
    }

    private void add(List<Sighting.Hit> hits, byte @Nullable [] id) {
        var hit = hit(id);
        if (hit != null) {
            hits.add(hit);
        }
    }

    private Sighting.@Nullable Hit hit(PublisherScope scope, Identity.Alias alias) {
        return hit(aliases.get(key(scope, alias)));
    }

    private Sighting.@Nullable Hit hit(byte @Nullable [] id) {
        if (id == null) {
            return null;
        }
        var entry = articles.get(Bytes.wrap(id));
        var bits = ByteBuffer.wrap(id);
        return entry == null
                ? null
                : new Sighting.Hit(
                        new ArticleId(new UUID(bits.getLong(), bits.getLong())), LedgerEncoding.decode(entry));
    }

    /** What is known of an article. */
    @Nullable
    LedgerEntry find(ArticleId id) {
        var bytes = articles.get(key(id));
        return bytes == null ? null : LedgerEncoding.decode(bytes);
    }

    /**
     * Replaces what is known of an article.
     *
     * @param encoded the entry's stored form
     */
    void save(ArticleId id, @Nullable LedgerEntry before, LedgerEntry entry, byte[] encoded) {
        var key = key(id);
        articles.put(key, encoded);
        for (var alias : entry.aliases()) {
            if (before == null || !before.aliases().contains(alias)) {
                aliases.putIfAbsent(key(entry.scope(), alias), key.get());
            }
        }
        var moved = moved(entry);
        if (before == null || !moved.equals(moved(before))) {
            if (before != null) {
                delete(moved(before), key);
            }
            aliases.putIfAbsent(moved, key.get());
        }
    }

    /** Forgets an article and all its names. */
    void forget(Bytes id, LedgerEntry entry) {
        for (var alias : entry.aliases()) {
            delete(key(entry.scope(), alias), id);
        }
        delete(moved(entry), id);
        articles.delete(id);
        held.delete(id);
    }

    private void delete(Bytes name, Bytes id) {
        if (Arrays.equals(aliases.get(name), id.get())) {
            aliases.delete(name);
        }
    }

    /** How far the names in a feed are trusted. */
    FeedTrust trust(FeedId feed) {
        var bytes = feeds.get(key(feed.value()));
        return bytes == null ? FeedTrust.FULL : FeedTrust.decode(bytes);
    }

    void save(FeedId feed, FeedTrust trust) {
        feeds.put(key(feed.value()), trust.encode());
    }

    KeyValueStore<Bytes, byte[]> articles() {
        return articles;
    }

    KeyValueStore<Bytes, byte[]> feeds() {
        return feeds;
    }

    KeyValueStore<Bytes, byte[]> held() {
        return held;
    }

    static Bytes key(ArticleId id) {
        return key(id.value());
    }

    private static Bytes key(UUID id) {
        return Bytes.wrap(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }

    private static Bytes key(PublisherScope scope, Identity.Alias alias) {
        return name(scope + "\n" + alias.role() + "\n" + alias.value());
    }

    private static Bytes moved(LedgerEntry entry) {
        return moved(
                entry.scope(), MaterialField.TITLE.of(entry.imprint().fields()), String.valueOf(entry.datePublished()));
    }

    /** The name of last resort: title and time. */
    private static Bytes moved(PublisherScope scope, long title, String published) {
        return name(scope + "\nmoved\n" + title + "\n" + published);
    }

    /** Names are kept as the first 128 bits of their SHA-256. */
    private static Bytes name(String name) {
        return Bytes.wrap(HexFormat.of().parseHex(Fingerprints.sha256(name).substring(0, 32)));
    }
}
