package newswire.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import newswire.contract.kafka.Encoding;
import tools.jackson.databind.JsonNode;

/** The kinds of search that are measured, each with ever other words, by the API that everybody uses. */
final class SearchKinds {
    private static final int WARM_UP = 20;
    private static final int DEEP = 20;
    private static final int PAGE = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final SplittableRandom random = new SplittableRandom(1);
    private final NewsArticles articles;
    private final String api;

    SearchKinds(NewsArticles articles, int port) {
        this.articles = articles;
        this.api = "http://127.0.0.1:" + port + "/api/articles?";
    }

    private record Kind(String name, Function<SplittableRandom, String> query) {}

    /**
     * What one kind took.
     *
     * @param millis each, the shortest first
     * @param hits articles on a page on average
     */
    record Taken(String kind, List<Double> millis, double hits) {
        double quantile(double share) {
            return millis.get((int) Math.round(share * (millis.size() - 1)));
        }
    }

    private List<Kind> kinds() {
        return List.of(
                new Kind("rare word", r -> q(rare("en", r))),
                new Kind("common word", r -> q(middling("en", r))),
                new Kind("frequent word", r -> q(frequent("en", r))),
                new Kind("two words", r -> q(frequent("en", r) + " " + middling("en", r))),
                new Kind("phrase", r -> q("\"" + phrase(r) + "\"")),
                new Kind("prefix", r -> q(beginning(middling("en", r)) + "*")),
                new Kind("exclusion", r -> q(middling("en", r) + " -" + frequent("en", r))),
                new Kind("title:", r -> q("title:" + middling("en", r))),
                new Kind("publisher and word", r -> q(middling("en", r)) + publisher(r)),
                new Kind(
                        "subject and word",
                        r -> q(middling("en", r)) + "&subject=" + encoded(NewsArticles.subject(r.nextInt(80)))),
                new Kind("language alone", r -> "language=" + pick(r, "ar", "it", "zh", "en")),
                new Kind("facets, common word", r -> q(middling("en", r)) + "&facets=true"),
                new Kind("facets, frequent word", r -> q(frequent("en", r)) + "&facets=true"),
                new Kind(
                        "relevance, two words",
                        r -> q(middling("en", r) + " " + middling("en", r)) + "&sort=relevance"),
                new Kind("relevance, frequent", r -> q(frequent("en", r)) + "&sort=relevance"),
                new Kind("highlights", r -> q(middling("en", r)) + "&highlight=true"),
                new Kind("Korean word", r -> q(middling("ko", r))),
                new Kind("Japanese word", r -> q(middling("ja", r))),
                new Kind("Chinese word", r -> q(middling("zh", r))));
    }

    private String frequent(String language, SplittableRandom random) {
        return articles.vocabulary(language).word(random.nextInt(30));
    }

    private String middling(String language, SplittableRandom random) {
        return articles.vocabulary(language).word(200 + random.nextInt(3_000));
    }

    private String rare(String language, SplittableRandom random) {
        return articles.vocabulary(language).word(20_000 + random.nextInt(40_000));
    }

    private static String phrase(SplittableRandom random) {
        return pick(
                random,
                "harbour authority",
                "the noise",
                "statistics office",
                "central station",
                "stopped taking orders",
                "a spokesman for the company",
                "local newspaper",
                "two neighbouring buildings",
                "brought under control");
    }

    private static String beginning(String word) {
        return word.substring(0, Math.min(word.length(), 5));
    }

    private static String publisher(SplittableRandom random) {
        return "&publisher=" + encoded(NewsArticles.publisher(random.nextInt(NewsArticles.PUBLISHERS)));
    }

    private static String pick(SplittableRandom random, String... of) {
        return of[random.nextInt(of.length)];
    }

    private static String q(String typed) {
        return "q=" + encoded(typed);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Asks each kind so many times, after some that do not count. */
    List<Taken> measure(int times) throws IOException, InterruptedException {
        var all = new ArrayList<Taken>();
        for (var kind : kinds()) {
            var millis = new ArrayList<Double>();
            long hits = 0;
            for (int at = -WARM_UP; at < times; at++) {
                var url = api + kind.query().apply(random);
                long start = System.nanoTime();
                var answer = get(url);
                if (at >= 0) {
                    millis.add((System.nanoTime() - start) / 1e6);
                    hits += answer.path("items").size();
                }
            }
            all.add(taken(kind.name(), millis, (double) hits / times));
        }
        var deep = deep(times);
        if (!deep.millis().isEmpty()) { // few articles have no page so deep
            all.add(deep);
        }
        return all;
    }

    /** Pages of a common word far behind the first, as somebody gets who reads on and on. */
    private Taken deep(int times) throws IOException, InterruptedException {
        var millis = new ArrayList<Double>();
        for (int word = 0; millis.size() < times && word < 30; word++) {
            var url = api + q(articles.vocabulary("en").word(40 + word)) + "&limit=" + PAGE;
            var cursor = "";
            for (int page = 0; page < 3 * DEEP; page++) {
                long start = System.nanoTime();
                var answer = get(url + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
                if (page >= DEEP) {
                    millis.add((System.nanoTime() - start) / 1e6);
                }
                cursor = answer.path("next").asString("");
                if (cursor.isEmpty()) {
                    break;
                }
            }
        }
        return taken("deep page of " + PAGE, millis, PAGE);
    }

    private static Taken taken(String kind, List<Double> millis, double hits) {
        return new Taken(kind, millis.stream().sorted().toList(), hits);
    }

    private JsonNode get(String url) throws IOException, InterruptedException {
        var response = http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(url + ": " + response.statusCode());
        }
        return Encoding.json().readTree(response.body());
    }
}
