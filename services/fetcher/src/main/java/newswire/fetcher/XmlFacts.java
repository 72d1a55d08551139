package newswire.fetcher;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jspecify.annotations.Nullable;

/** Reads what little the fetcher wants to know of an XML feed: what its channel says, and what an entry calls itself. */
final class XmlFacts {
    private static final Namespace SY = Namespace.getNamespace("http://purl.org/rss/1.0/modules/syndication/");
    private static final Namespace RDF = Namespace.getNamespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final String DC = "http://purl.org/dc/elements/1.1/";
    private static final Set<String> DAYS =
            Set.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

    private XmlFacts() {}

    static ChannelFacts of(Element channel) {
        return new ChannelFacts(
                text(channel, "generator"),
                text(channel, "title"),
                site(channel),
                link(channel, "self"),
                link(channel, "hub"),
                language(channel),
                ttl(channel),
                skipHours(channel),
                skipDays(channel),
                updatePeriod(channel),
                older(channel));
    }

    /** The guid or id of an entry or, lacking that, its link or its title. */
    static String key(Element entry) {
        var about = entry.getAttributeValue("about", RDF);
        return Stream.of(text(entry, "guid"), text(entry, "id"), about, text(entry, "link"), text(entry, "loc"))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> Stream.of(link(entry, "alternate"), text(entry, "title"))
                        .filter(Objects::nonNull)
                        .findFirst())
                .orElse("");
    }

    private static @Nullable String text(Element parent, String name) {
        for (var child : XmlTree.children(parent)) {
            if (child.getName().equals(name) && child.getNamespace().equals(parent.getNamespace())) {
                var text = child.getValue().strip();
                return text.isEmpty() ? null : text.substring(0, Math.min(text.length(), 2048));
            }
        }
        return null;
    }

    private static @Nullable String site(Element channel) {
        var plain = text(channel, "link");
        return plain != null ? plain : link(channel, "alternate");
    }

    /** What paged feeds call next is older, since they begin with what is newest. */
    private static @Nullable String older(Element channel) {
        return Stream.of("prev-archive", "next", "prev", "previous")
                .map(rel -> link(channel, rel))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String link(Element parent, String rel) {
        for (var child : XmlTree.children(parent)) {
            if (child.getName().equals("link")
                    && child.getAttributeValue("rel", "alternate").equalsIgnoreCase(rel)
                    && (child.getNamespaceURI().equals(ATOM)
                            || child.getNamespace().equals(parent.getNamespace()))) {
                var href = child.getAttributeValue("href", "").strip();
                if (!href.isEmpty()) {
                    return href;
                }
            }
        }
        return null;
    }

    private static @Nullable String language(Element channel) {
        var plain = text(channel, "language");
        if (plain != null) {
            return plain;
        }
        var dc = channel.getChildText("language", Namespace.getNamespace(DC));
        return dc != null ? dc.strip() : channel.getAttributeValue("lang", Namespace.XML_NAMESPACE);
    }

    private static @Nullable Integer ttl(Element channel) {
        var minutes = number(text(channel, "ttl"));
        return minutes == null || minutes < 1 ? null : (int) Math.min(minutes, 1_000_000);
    }

    private static List<Integer> skipHours(Element channel) {
        return skipped(channel, "skipHours")
                .map(XmlFacts::number)
                .filter(hour -> hour != null && hour >= 0 && hour <= 24)
                .map(hour -> hour.intValue() % 24)
                .distinct()
                .toList();
    }

    private static List<String> skipDays(Element channel) {
        return skipped(channel, "skipDays")
                .map(XmlFacts::capitalized)
                .filter(DAYS::contains)
                .distinct()
                .toList();
    }

    private static String capitalized(String day) {
        var word = day.strip().toLowerCase(Locale.ROOT);
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static Stream<String> skipped(Element channel, String name) {
        var list = channel.getChild(name, channel.getNamespace());
        return list == null ? Stream.of() : list.getChildren().stream().map(Element::getValue);
    }

    /** Both are often misspelt: {@code dayly}, a frequency of 0.1. */
    private static @Nullable Long updatePeriod(Element channel) {
        var period = channel.getChildText("updatePeriod", SY);
        if (period == null) {
            return null;
        }
        var word = period.strip().toLowerCase(Locale.ROOT);
        long seconds = word.startsWith("hour") ? 3600 : word.startsWith("da") ? 86_400 : 7 * 86_400;
        var frequency = number(channel.getChildText("updateFrequency", SY));
        double times = frequency == null || frequency <= 0 ? 1 : frequency;
        return Math.round(seconds / times);
    }

    private static @Nullable Double number(@Nullable String text) {
        try {
            return text == null ? null : Double.valueOf(text.strip());
        } catch (NumberFormatException ex) {
            return null; // a hint that cannot be read is no hint
        }
    }
}
