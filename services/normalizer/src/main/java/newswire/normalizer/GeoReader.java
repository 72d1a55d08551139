package newswire.normalizer;

import static newswire.normalizer.Vocabulary.GEO;
import static newswire.normalizer.Vocabulary.GEO_RSS;
import static newswire.normalizer.Vocabulary.GML;
import static newswire.normalizer.Vocabulary.PODCAST;
import static newswire.normalizer.Vocabulary.attribute;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newswire.contract.Article;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/**
 * Places: GeoRSS in its simple and its GML form, W3C geo and podcast:location, all of them latitude first. Of a circle the
 * centre is kept.
 */
final class GeoReader {
    private static final GeoShape.Order USUAL = GeoShape.Order.LATITUDE_FIRST;

    private GeoReader() {}

    static List<Entry.Spot> spots(Element item) {
        var spots = new ArrayList<Entry.Spot>();
        var name = GEO_RSS.text(item, "featureName");
        for (var child : item.getChildren()) {
            var shape = GEO_RSS.is(child, "where") ? shaped(child) : simple(child);
            add(spots, RssReader.first(attribute(child, "featureName"), name), shape);
        }
        for (var scope :
                Stream.concat(Stream.of(item), GEO.all(item, "Point").stream()).toList()) {
            add(spots, name, position(GEO.text(scope, "lat") + " " + GEO.text(scope, "long")));
        }
        for (var location : PODCAST.all(item, "location")) {
            var geo = attribute(location, "geo");
            var at = geo == null ? "" : geo.replaceFirst("^geo:", "").replaceFirst(";.*$", "");
            spots.add(spot(location.getValue().strip(), at));
        }
        return spots;
    }

    private static void add(List<Entry.Spot> spots, @Nullable String name, Article.@Nullable GeoJson shape) {
        var spot = new Entry.Spot(name, shape);
        if (shape != null && !spots.contains(spot)) {
            spots.add(spot);
        }
    }

    private static Article.@Nullable GeoJson simple(Element element) {
        if (!GEO_RSS.is(element, element.getName())) {
            return null;
        }
        var text = element.getValue();
        return switch (element.getName().toLowerCase(Locale.ROOT)) {
            case "point", "circle" -> GeoShape.point(text, USUAL);
            case "line" -> GeoShape.line(text, 2, USUAL);
            case "polygon" -> GeoShape.polygon(text, 2, USUAL);
            case "box" -> GeoShape.box(text, USUAL);
            default -> null;
        };
    }

    /** The first shape in GML that can be read. */
    private static Article.@Nullable GeoJson shaped(Element where) {
        return where.getChildren().stream()
                .filter(child -> GML.is(child, child.getName()))
                .map(GeoReader::gml)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Article.@Nullable GeoJson gml(Element shape) {
        var order = order(shape);
        if (order == null) {
            return null;
        }
        return switch (shape.getName()) {
            case "Point", "CircleByCenterPoint" -> GeoShape.point(text(shape, "pos"), order);
            case "LineString" -> GeoShape.line(positions(shape), dimension(shape), order);
            case "Polygon" -> {
                var exterior = GML.first(shape, "exterior");
                var ring = exterior == null ? null : GML.first(exterior, "LinearRing");
                yield ring == null ? null : GeoShape.polygon(positions(ring), dimension(ring), order);
            }
            case "Envelope" -> GeoShape.box(text(shape, "lowerCorner") + " " + text(shape, "upperCorner"), order);
            default -> null;
        };
    }

    /** GeoRSS is in WGS 84; what names another system cannot be read. */
    private static GeoShape.@Nullable Order order(Element shape) {
        var system = attribute(shape, "srsName");
        if (system == null || system.endsWith("4326")) {
            return USUAL;
        }
        return system.endsWith("CRS84") ? GeoShape.Order.LONGITUDE_FIRST : null;
    }

    private static String positions(Element shape) {
        var list = GML.text(shape, "posList");
        return list == null
                ? GML.all(shape, "pos").stream().map(Element::getValue).collect(Collectors.joining(" "))
                : list;
    }

    private static int dimension(Element shape) {
        var list = GML.first(shape, "posList");
        var stated = RssReader.first(
                attribute(shape, "srsDimension"), list == null ? null : attribute(list, "srsDimension"));
        return "3".equals(stated) ? 3 : 2;
    }

    private static String text(Element shape, String name) {
        return String.valueOf(GML.text(shape, name));
    }

    private static Article.@Nullable GeoJson position(String text) {
        return GeoShape.point(text, USUAL);
    }

    /** A place by name and {@code latitude longitude}, either of which may be missing. */
    static Entry.Spot spot(@Nullable String name, String position) {
        return new Entry.Spot(name, position(position));
    }
}
