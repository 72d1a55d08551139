package newswire.normalizer;

import static newswire.normalizer.Vocabulary.ATOM;
import static newswire.normalizer.Vocabulary.MEDIA;
import static newswire.normalizer.Vocabulary.PODCAST;
import static newswire.normalizer.Vocabulary.attribute;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/** Names and addresses of people as feeds write them. */
final class PeopleReader {
    private static final Pattern ADDRESS = Pattern.compile("[\\w.!#$%&'*+/=?^`{|}~-]+@[\\w-]+(?:\\.[\\w-]+)*+");
    private static final Pattern ADDRESS_AND_NAME = Pattern.compile("(" + ADDRESS.pattern() + ")\\s*\\((.*)\\)");
    private static final Pattern NAME_AND_ADDRESS = Pattern.compile("\"?(.*?)\"?\\s*<(" + ADDRESS.pattern() + ")>");

    /** What software writes where no name is known. */
    private static final Pattern NOBODY =
            Pattern.compile("(?i)(?:no-?reply|admin|webmaster|unknown|author|none|n/a)?(?:@[\\w.-]+)?");

    private PeopleReader() {}

    /** One person by name. */
    static List<Entry.Person> named(String role, String text, String source) {
        return mailbox(role, text, source);
    }

    /** RSS's {@code mail@example.org (Name)}, mail's {@code Name <mail@example.org>}, or either alone. */
    static List<Entry.Person> mailbox(String role, String text, String source) {
        var stripped = Html.plain(text);
        var addressFirst = ADDRESS_AND_NAME.matcher(stripped);
        if (addressFirst.matches()) {
            return person(role, addressFirst.group(2), addressFirst.group(1), null, source);
        }
        var nameFirst = NAME_AND_ADDRESS.matcher(stripped);
        if (nameFirst.matches()) {
            return person(role, nameFirst.group(1), nameFirst.group(2), null, source);
        }
        return ADDRESS.matcher(stripped).matches()
                ? person(role, null, stripped, null, source)
                : person(role, stripped, null, null, source);
    }

    /** Atom's person construct; some feeds put the bare name in it. */
    static List<Entry.Person> atom(String role, Element person) {
        var name = ATOM.text(person, "name");
        var uri = ATOM.text(person, "uri");
        var bare = person.getChildren().isEmpty() ? person.getValue() : null;
        return person(
                role,
                name == null ? bare : name,
                ATOM.text(person, "email"),
                uri == null ? ATOM.text(person, "url") : uri,
                person.getName());
    }

    /** podcast:person with its role, and the photographers and authors of media:credit beside the media. */
    static List<Entry.Person> modules(Element item) {
        var people = new ArrayList<Entry.Person>();
        for (var person : PODCAST.all(item, "person")) {
            var role = attribute(person, "role");
            boolean author = role != null && role.toLowerCase(Locale.ROOT).matches("author|writer|reporter|journalist");
            people.addAll(person(
                    author ? "author" : "contributor",
                    person.getValue(),
                    null,
                    attribute(person, "href"),
                    "podcast:person"));
        }
        for (var credit : MEDIA.all(item, "credit")) {
            var role = String.valueOf(attribute(credit, "role")).toLowerCase(Locale.ROOT);
            var known = switch (role) {
                case "author", "writer", "reporter" -> "author";
                case "editor" -> "editor";
                case "photographer", "photo" -> "photographer";
                default -> "contributor";
            };
            people.addAll(person(known, credit.getValue(), null, null, "media:credit"));
        }
        return people;
    }

    /** A person, if there is anyone. */
    static List<Entry.Person> person(
            String role, @Nullable String name, @Nullable String email, @Nullable String uri, String source) {
        var people = new ArrayList<Entry.Person>();
        boolean nobody = name == null || NOBODY.matcher(name.strip()).matches();
        var known = nobody || name == null ? null : RssReader.blankless(Html.plain(name));
        if (known != null || email != null || uri != null) {
            people.add(new Entry.Person(role, known, email, uri, source));
        }
        return people;
    }
}
