package newswire.fetcher;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jdom2.Element;

/**
 * Takes out what a feed may say but need not, where it is said wrongly: feed parsers throw at such values and lose the
 * entry over them.
 */
final class OptionalValues {
    private static final String MEDIA = "http://search.yahoo.com/mrss/";
    private static final Set<String> DAYS =
            Set.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    private static final Set<String> PERIODS = Set.of("hourly", "daily", "weekly", "monthly", "yearly");
    private static final Set<String> WHOLE = Set.of("width", "height", "filesize", "duration", "channels");
    private static final Set<String> DECIMAL = Set.of("bitrate", "framerate", "samplingrate");

    private boolean mended;

    private OptionalValues() {}

    static void mend(Element channel, List<Element> entries, List<String> repairs) {
        var values = new OptionalValues();
        values.channel(channel);
        entries.forEach(values::entry);
        if (values.mended) {
            repairs.add("bad-optional-value");
        }
    }

    private void channel(Element channel) {
        for (var child : List.copyOf(channel.getChildren())) {
            switch (child.getName()) {
                case "skipHours" -> children(child, OptionalValues::hour);
                case "skipDays" ->
                    children(child, day -> DAYS.contains(text(day).toLowerCase(Locale.ROOT)));
                case "ttl" -> keep(child, whole(text(child)));
                case "cloud" -> keep(child, whole(child.getAttributeValue("port", "")));
                case "updatePeriod" -> keep(child, PERIODS.contains(text(child).toLowerCase(Locale.ROOT)));
                case "updateFrequency" -> keep(child, whole(text(child)));
                case "image" -> image(child);
                default -> {}
            }
        }
    }

    private void image(Element image) {
        for (var child : List.copyOf(image.getChildren())) {
            switch (child.getName()) {
                case "width", "height" -> keep(child, whole(text(child)));
                case "url" -> keep(image, uri(text(child)) && !text(child).isEmpty());
                default -> {}
            }
        }
    }

    private void entry(Element entry) {
        for (var child : List.copyOf(entry.getChildren())) {
            switch (child.getName()) {
                case "enclosure" -> attributes(child, Set.of("length"), OptionalValues::whole);
                case "comments" ->
                    keep(child, !child.getNamespaceURI().endsWith("/modules/slash/") || whole(text(child)));
                case "point" -> keep(child, !georss(child) || numbers(text(child)) == 2);
                case "line", "polygon", "box" -> keep(child, !georss(child) || numbers(text(child)) % 2 == 0);
                default -> media(child);
            }
        }
    }

    private void media(Element element) {
        if (!element.getNamespaceURI().equals(MEDIA)) {
            return;
        }
        attributes(element, WHOLE, OptionalValues::whole);
        attributes(element, DECIMAL, OptionalValues::decimal);
        attributes(element, Set.of("url"), OptionalValues::uri);
        element.getChildren().forEach(this::media);
    }

    private void children(Element parent, Predicate<Element> right) {
        for (var child : List.copyOf(parent.getChildren())) {
            keep(child, right.test(child));
        }
    }

    private void keep(Element element, boolean right) {
        if (!right) {
            element.detach();
            mended = true;
        }
    }

    private void attributes(Element element, Set<String> names, Predicate<String> right) {
        for (var attribute : new ArrayList<>(element.getAttributes())) {
            boolean meant = names.contains(attribute.getName().toLowerCase(Locale.ROOT));
            if (meant && !right.test(attribute.getValue().strip())) {
                attribute.detach();
                mended = true;
            }
        }
    }

    private static boolean hour(Element hour) {
        return whole(text(hour)) && Long.parseLong(text(hour)) < 24;
    }

    private static boolean georss(Element element) {
        return element.getNamespaceURI().contains("georss");
    }

    /** How many numbers there are; -1 if something else is there as well. */
    private static int numbers(String text) {
        var words = text.split("[\\s,]+");
        return List.of(words).stream().allMatch(OptionalValues::decimal) ? words.length : -1;
    }

    private static boolean whole(String text) {
        return text.matches("\\d{1,18}");
    }

    private static boolean decimal(String text) {
        return text.matches("[+-]?\\d{1,18}(\\.\\d{1,18})?");
    }

    private static boolean uri(String text) {
        try {
            return !new URI(text.replace(' ', '+')).toString().isBlank();
        } catch (URISyntaxException ex) {
            return false;
        }
    }

    private static String text(Element element) {
        return element.getTextTrim();
    }
}
