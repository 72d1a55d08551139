package newswire.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import newswire.contract.Samples;
import newswire.contract.kafka.Encoding;
import tools.jackson.databind.node.ObjectNode;

/**
 * Articles as the topic has them: some languages and publishers have many, some few; texts of one sentence to a hundred;
 * each a little newer than the one before. The number decides everything.
 */
final class NewsArticles {
    static final int PUBLISHERS = 500;

    private static final int SUBJECTS = 80;
    private static final Instant FIRST = Instant.parse("2023-11-01T00:00:00Z");

    /** Seconds between two articles: a million are three years. */
    private static final int APART = 95;

    /** How many of a hundred articles are in a language. */
    private static final Map<String, Integer> SHARES =
            Map.of("en", 38, "es", 10, "de", 10, "fr", 9, "ru", 8, "ko", 6, "ja", 6, "zh", 5, "pt", 4, "it", 3);

    private final Map<String, Vocabulary> vocabularies;
    private final List<String> languages = new ArrayList<>();
    private final ObjectNode seed = (ObjectNode) Encoding.json().readTree(Samples.bytes("article-seed"));

    NewsArticles() {
        var all = new java.util.TreeMap<String, Vocabulary>();
        for (var prose : Prose.more()) {
            var vocabulary = new Vocabulary(prose);
            all.put(prose.language(), vocabulary);
            for (int share = SHARES.getOrDefault(prose.language(), 1); share > 0; share--) {
                languages.add(prose.language());
            }
        }
        vocabularies = Map.copyOf(all);
    }

    /** The words of a language. */
    Vocabulary vocabulary(String language) {
        var vocabulary = vocabularies.get(language);
        if (vocabulary == null) {
            throw new IllegalArgumentException("no articles in '" + language + "'");
        }
        return vocabulary;
    }

    static String id(int number) {
        return new UUID(0x4000L | ((long) number << 32), 0x8000000000000000L | (number * 0x9E3779B9L)).toString();
    }

    static String publisher(int number) {
        return "Gazette " + number;
    }

    static String subject(int number) {
        return "Subject " + number;
    }

    /** One article, as its record on the topic. */
    byte[] record(int number) {
        var random = new SplittableRandom(number);
        var words = vocabulary(languages.get(random.nextInt(languages.size())));
        int publisher = skewed(random, PUBLISHERS);
        var published = FIRST.plusSeconds((long) number * APART - random.nextInt(3_600));
        var title = words.title(random);
        var article = seed.deepCopy();
        article.put("uri", "urn:uuid:" + id(number));
        article.put("title", title);
        article.put("language", words.language());
        article.put("datePublished", published.toString());
        article.put("firstCreated", published.plusSeconds(60).toString());
        article.put("versionCreated", published.plusSeconds(60).toString());
        ((ObjectNode) article.at("/headlines/0")).put("value", title);
        ((ObjectNode) article.at("/bodies/0")).put("value", words.text(random, sentences(random)));
        ((ObjectNode) article.at("/infoSources/0")).put("name", publisher(publisher));
        ((ObjectNode) article.get("fingerprints")).put("simHash", "%016x".formatted(random.nextLong()));
        ((ObjectNode) article.get("provenance"))
                .put("feedId", new UUID(0x4000L, 0x8000000000000000L | publisher).toString());
        var subjects = article.putArray("subjects");
        for (int count = random.nextInt(4); count > 0; count--) {
            subjects.addObject().put("name", subject(skewed(random, SUBJECTS))).put("creator", "publisher");
        }
        return article.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Few have many. */
    private static int skewed(SplittableRandom random, int count) {
        return (int) (count * Math.pow(random.nextDouble(), 2.5));
    }

    /** Most have ten to thirty. */
    private static int sentences(SplittableRandom random) {
        return Math.clamp(Math.round(16 * Math.exp(0.6 * random.nextDouble(-2, 2))), 1, 100);
    }
}
