package newswire.normalizer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;

/** Tells boilerplate from story by rules on whole blocks; a block that only resembles boilerplate stays in the story. */
final class Notices {
    private static final String RULES = "notices.txt";
    private static final int LONGEST = 500;

    /** What stands for {@code <NAMES>} in the rules: two and more capitalised words, so that no sentence is a name. */
    private static final String NAMES = "(?<name>\\p{Lu}[\\p{L}.'’-]*(?:(?:,? (?:and|und|et|y|e|en|och|i|и|і|та|&)|,)?"
            + "(?: (?:van|von|de|der|den|la|del|di|da|dos|bin|al|el|ten|ter|zu|le|du))* \\p{Lu}[\\p{L}.'’-]*){1,7})";

    private static final List<Rule> GENERAL = general();

    /** Contacts have an address, and their rules are the costly ones. */
    private static final List<Rule> UNADDRESSED =
            GENERAL.stream().filter(rule -> !rule.role.equals("contact")).toList();

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

    private final List<Rule> own;

    Notices(List<Feed.NoticeRule> own) {
        this.own = own.stream().map(Notices::rule).filter(Objects::nonNull).toList();
    }

    private record Rule(String role, boolean anywhere, Pattern pattern) {}

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
        return match == null ? match(line.indexOf('@') < 0 ? UNADDRESSED : GENERAL, line) : match;
    }

    private static @Nullable Match match(List<Rule> rules, String line) {
        for (var rule : rules) {
            var matcher = rule.pattern.matcher(line);
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
            return new Rule(role, true, Pattern.compile(rule.pattern(), Pattern.DOTALL | Pattern.UNICODE_CASE));
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
                rules.add(new Rule(parts[0], parts[1].equals("any"), pattern));
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
