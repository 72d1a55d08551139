package newswire.normalizer;

import static newswire.normalizer.Vocabulary.GEO;
import static newswire.normalizer.Vocabulary.GEO_RSS;
import static newswire.normalizer.Vocabulary.GML;
import static newswire.normalizer.Vocabulary.PODCAST;

import java.util.ArrayList;
import java.util.List;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/** Places: GeoRSS, W3C geo and podcast:location, all of them latitude first. */
final class GeoReader {
    private GeoReader() {}

    static List<Entry.Spot> spots(Element item) {
        var spots = new ArrayList<Entry.Spot>();
        var name = GEO_RSS.text(item, "featureName");
        for (var point : GEO_RSS.all(item, "point")) {
            add(spots, name, point.getValue());
        }
        for (var where : GEO_RSS.all(item, "where")) {
            var point = GML.first(where, "Point");
            var position = point == null ? null : GML.text(point, "pos");
            add(spots, name, position == null ? "" : position);
        }
        add(spots, name, GEO.text(item, "lat") + " " + GEO.text(item, "long"));
        for (var location : PODCAST.all(item, "location")) {
            var geo = Vocabulary.attribute(location, "geo");
            var at = geo == null ? "" : geo.replaceFirst("^geo:", "").replaceFirst(";.*$", "");
            spots.add(spot(location.getValue().strip(), at));
        }
        return spots;
    }

    private static void add(List<Entry.Spot> spots, @Nullable String name, String position) {
        var spot = spot(name, position);
        if (spot.latitude() != null) {
            spots.add(spot);
        }
    }

    /** A place by name and {@code latitude longitude}, either of which may be missing. */
    static Entry.Spot spot(@Nullable String name, String position) {
        var parts = position.strip().split("[\\s,]+", -1);
        try {
            double latitude = Double.parseDouble(parts[0]);
            double longitude = Double.parseDouble(parts.length > 1 ? parts[1] : "");
            boolean valid = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
            return new Entry.Spot(name, valid ? latitude : null, valid ? longitude : null);
        } catch (NumberFormatException ex) {
            return new Entry.Spot(name, null, null);
        }
    }
}
