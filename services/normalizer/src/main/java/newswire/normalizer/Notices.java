package newswire.normalizer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;

/**
 * Tells boilerplate from story by rules on whole blocks; a block that only resembles boilerplate stays in the story. For one
 * text, and one thread.
 */
final class Notices {
    private static final String RULES = "notices.txt";
    private static final int LONGEST = 500;

    /** What stands for {@code <NAMES>} in the rules: two and more capitalised words, so that no sentence is a name. */
    private static final String NAMES = "(?<name>\\p{Lu}[\\p{L}.'’-]*(?:(?:,? (?:and|und|et|y|e|en|och|i|и|і|та|&)|,)?"
            + "(?: (?:van|von|de|der|den|la|del|di|da|dos|bin|al|el|ten|ter|zu|le|du))* \\p{Lu}[\\p{L}.'’-]*){1,7})";

    private static final List<Rule> GENERAL = general();

    /** Which of the general rules texts can match that begin in some way; most texts can match next to none. */
    private static final Map<String, List<Rule>> BY_BEGINNING = new ConcurrentHashMap<>();

    private static final int MOST_BEGINNINGS = 5_000;
    private static final int BEGINNING = 3;

    /** From here on one letter says more than three do before. */
    private static final int FIRST_OTHER = 0x0500;

    private static final List<String> ROLES = List.of(
            "translator-credit",
            "contact",
            "language-link",
            "copyright",
            "syndication",
            "correction",
            "subscription",
            "related",
            "other");

    private static final Pattern BYLINE =
            Pattern.compile("(?:(?i:by|words by|text by|von|par|por|di|door|av|af|от|автор:|texte?:|기자명|글)) \\S"
                    + "{1,40}(?:[ ,&]+\\S{1,40}){0,11}");
    private static final Pattern DATED = Pattern.compile("(?i)^(?:published|updated|posted|last updated|first"
            + " published|veröffentlicht|aktualisiert|stand|publié|mis à"
            + " jour|publicado|actualizado|pubblicato|입력|수정|등록)(?: on| at| am| le| el| il)? ?:? *");

    private final List<Rule> own;
    private final List<String> titles;
    private final List<String> authors;

    /** Making a matcher costs more than most of its matches. */
    private final Map<Pattern, Matcher> matchers = new HashMap<>();

    Notices(List<Feed.NoticeRule> own) {
        this(own, List.of(), List.of());
    }

    /**
     * Rules for a text that was found in a page, whose own labels stand around it.
     *
     * @param titles of the page
     * @param authors of the story, who may be presented after it
     */
    Notices(List<Feed.NoticeRule> own, List<String> titles, List<String> authors) {
        this.authors = List.copyOf(authors);
        this.own = own.stream().map(Notices::rule).filter(Objects::nonNull).toList();
        this.titles = titles.stream().map(Fingerprints::canon).toList();
    }

    /** @param needs words of which a text has at least one if it matches; empty if it need not have any */
    private record Rule(String role, boolean anywhere, List<String> needs, Pattern pattern) {
        Rule {
            needs = List.copyOf(needs);
        }

        /** Whether a text has what the rule needs: seen far sooner than that the pattern does not match. */
        boolean canBe(String line) {
            return needs.isEmpty() || needs.stream().anyMatch(word -> contains(line, word));
        }

        private static boolean contains(String line, String word) {
            for (int at = 0; at <= line.length() - word.length(); at++) {
                if (line.regionMatches(true, at, word, 0, word.length())) {
                    return true;
                }
            }
            return false;
        }

        /** Whether any text that begins so can match. */
        @SuppressWarnings("JdkObsolete") // whether more text could still match is just what hitEnd tells
        boolean canBegin(String text) {
            var matcher = pattern.matcher(text);
            return matcher.matches() || matcher.hitEnd();
        }

        /** Contacts have an address, and their rules are the costly ones. */
        boolean isFor(boolean addressed) {
            return addressed || !role.equals("contact");
        }
    }

    /**
     * What a block is.
     *
     * @param anywhere whether it is boilerplate also between two sentences of the story
     * @param name who is credited
     */
    record Match(String role, boolean anywhere, @Nullable String name) {}

    /** The first rule that matches a block; null if it is story. */
    @Nullable
    Match match(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return null;
        }
        var line = text.replace('\n', ' ');
        var match = match(own, line);
        return match == null ? match(possible(line), line) : match;
    }

    /** The general rules that a text may match, in their order. */
    private static List<Rule> possible(String line) {
        var beginning = line.substring(0, beginning(line));
        var known = BY_BEGINNING.get(beginning);
        if (known != null) {
            return known;
        }
        var possible = GENERAL.stream().filter(rule -> rule.canBegin(beginning)).toList();
        if (BY_BEGINNING.size() < MOST_BEGINNINGS) {
            BY_BEGINNING.put(beginning, possible);
        }
        return possible;
    }

    /** Never half a character. */
    private static int beginning(String line) {
        if (line.charAt(0) >= FIRST_OTHER) {
            return Character.charCount(line.codePointAt(0));
        }
        int end = 1;
        while (end < Math.min(BEGINNING, line.length()) && line.charAt(end) < FIRST_OTHER) {
            end++;
        }
        return end;
    }

    /** What a block of a page is at the edge of its story: title, byline, date or a link away; null if it is story. */
    @Nullable
    Match matchEdge(Block block) {
        if (titles.isEmpty() || block.text().length() > LONGEST / 2) {
            return null;
        }
        int linked = block.anchors().stream()
                .mapToInt(anchor -> anchor.text().length())
                .sum();
        if (linked >= 0.9 * block.text().length()) {
            return new Match("related", false, null);
        }
        boolean author = authors.stream().anyMatch(block.text()::startsWith);
        boolean signed = authors.stream().anyMatch(block.text()::contains)
                && block.text().length() <= 100
                && BYLINE.matcher(block.text()).matches();
        if (signed) {
            return new Match("other", true, null);
        }
        boolean label = author || block.text().lines().map(PlainText::strip).allMatch(this::isLabel);
        return label ? new Match("other", false, null) : null;
    }

    private boolean isLabel(String line) {
        var canonical = Fingerprints.canon(line);
        boolean title = titles.stream()
                .anyMatch(known -> known.equals(canonical)
                        || (known.contains(canonical) && 2 * canonical.length() >= known.length()));
        boolean byline = line.length() <= 100
                && !line.endsWith(".")
                && BYLINE.matcher(line).matches();
        var date = DATED.matcher(line).replaceFirst("");
        return title
                || byline
                || (Character.isLetterOrDigit(line.charAt(0)) && Dates.read(date, Feed.Dates.DEFAULT) != null);
    }

    private @Nullable Match match(List<Rule> rules, String line) {
        boolean addressed = line.indexOf('@') >= 0;
        for (var rule : rules) {
            if (!rule.isFor(addressed) || !rule.canBe(line)) {
                continue;
            }
            var matcher = matchers.computeIfAbsent(rule.pattern, pattern -> pattern.matcher(""))
                    .reset(line);
            if (matcher.matches()) {
                boolean named = rule.pattern.namedGroups().containsKey("name");
                return new Match(rule.role, rule.anywhere, named ? matcher.group("name") : null);
            }
        }
        return null;
    }

    private static @Nullable Rule rule(Feed.NoticeRule rule) {
        try {
            var role = ROLES.contains(rule.role()) ? rule.role() : "other";
            return new Rule(
                    role, true, List.of(), Pattern.compile(rule.pattern(), Pattern.DOTALL | Pattern.UNICODE_CASE));
        } catch (PatternSyntaxException ex) {
            return null; // an operator's slip costs the rule, not the articles
        }
    }

    private static List<Rule> general() {
        var rules = new ArrayList<Rule>();
        for (var line : lines()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                var parts = line.split(" ", 3);
                var pattern = Pattern.compile(parts[2].replace("<NAMES>", NAMES), Pattern.UNICODE_CASE);
                var place = parts[1].split(":", 2);
                var needs = place.length == 1 ? List.<String>of() : List.of(place[1].split(",", -1));
                rules.add(new Rule(parts[0], place[0].equals("any"), needs, pattern));
            }
        }
        return List.copyOf(rules);
    }

    private static List<String> lines() {
        try (var stream = Objects.requireNonNull(Notices.class.getResourceAsStream(RULES), RULES);
                var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
