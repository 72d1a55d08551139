package newswire.normalizer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import newswire.contract.Article;
import org.jspecify.annotations.Nullable;

/**
 * Coordinates as text, latitude first → GeoJSON, longitude first (RFC 7946). Of a shape with any coordinate that is not on the
 * earth nothing is known.
 */
final class GeoShape {
    private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:\\d{1,10}(?:\\.\\d{0,20})?|\\.\\d{1,20})(?:[eE][+-]?\\d{1,2})?");

    /** Positions from which on a shape is told by its bounds. */
    private static final int MOST = 500;

    private static final int PLANE = 2;

    private GeoShape() {}

    /** One position, in degrees. */
    private record Position(double longitude, double latitude) {
        boolean isOnEarth() {
            return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
        }

        List<Double> coordinates() {
            return List.of(longitude, latitude);
        }
    }

    /** How coordinates are to be read. */
    enum Order {
        /** As GeoRSS has it, and EPSG:4326. */
        LATITUDE_FIRST,
        /** As CRS84 has it. */
        LONGITUDE_FIRST
    }

    /** A position; what follows it, like a height or a radius, does not matter. */
    static Article.@Nullable GeoJson point(String text, Order order) {
        var numbers = numbers(text);
        boolean single = numbers.size() == PLANE || numbers.size() == PLANE + 1;
        var positions = single ? positions(numbers.subList(0, PLANE), PLANE, order) : List.<Position>of();
        return positions.isEmpty() ? null : point(positions.getFirst());
    }

    /** Two positions and more. */
    static Article.@Nullable GeoJson line(String text, int dimension, Order order) {
        var positions = positions(numbers(text), dimension, order);
        if (positions.size() < 2) {
            return null;
        }
        return positions.size() > MOST ? bounds(positions) : new Article.GeoJson("LineString", coordinates(positions));
    }

    /** An area by its outline, with or without its first position at the end. */
    static Article.@Nullable GeoJson polygon(String text, int dimension, Order order) {
        var ring = new ArrayList<>(positions(numbers(text), dimension, order));
        if (ring.size() > MOST) {
            return bounds(ring);
        }
        if (!ring.isEmpty() && !ring.getFirst().equals(ring.getLast())) {
            ring.add(ring.getFirst());
        }
        return ring.size() < 4
                ? null
                : new Article.GeoJson("Polygon", List.of(coordinates(isClockwise(ring) ? ring.reversed() : ring)));
    }

    /** A box by its south-west and north-east corners; one that begins in the east lies across the date line. */
    static Article.@Nullable GeoJson box(String text, Order order) {
        var corners = positions(numbers(text), PLANE, order);
        if (corners.size() != 2 || corners.getFirst().latitude > corners.getLast().latitude) {
            return null;
        }
        return box(corners.getFirst(), corners.getLast());
    }

    private static Article.GeoJson box(Position low, Position high) {
        if (low.equals(high)) {
            return point(low);
        }
        if (low.longitude <= high.longitude) {
            return new Article.GeoJson("Polygon", rings(low, high));
        }
        return new Article.GeoJson(
                "MultiPolygon",
                List.of(rings(low, new Position(180, high.latitude)), rings(new Position(-180, low.latitude), high)));
    }

    private static Article.GeoJson point(Position position) {
        return new Article.GeoJson("Point", position.coordinates());
    }

    /** Anticlockwise, as RFC 7946 §3.1.6 wants outlines. */
    private static List<List<List<Double>>> rings(Position low, Position high) {
        return List.of(coordinates(List.of(
                low,
                new Position(high.longitude, low.latitude),
                high,
                new Position(low.longitude, high.latitude),
                low)));
    }

    private static Article.GeoJson bounds(List<Position> positions) {
        var low = positions.getFirst();
        var high = low;
        for (var each : positions) {
            low = new Position(Math.min(low.longitude, each.longitude), Math.min(low.latitude, each.latitude));
            high = new Position(Math.max(high.longitude, each.longitude), Math.max(high.latitude, each.latitude));
        }
        return box(low, high);
    }

    private static boolean isClockwise(List<Position> ring) {
        double area = 0;
        for (int at = 1; at < ring.size(); at++) {
            var from = ring.get(at - 1);
            var to = ring.get(at);
            area += from.longitude * to.latitude - to.longitude * from.latitude;
        }
        return area < 0;
    }

    private static List<List<Double>> coordinates(List<Position> positions) {
        return positions.stream().map(Position::coordinates).toList();
    }

    /** Empty if one of them is nowhere, or some number is left over. */
    private static List<Position> positions(List<Double> numbers, int dimension, Order order) {
        if (numbers.isEmpty() || numbers.size() % dimension != 0) {
            return List.of();
        }
        var positions = new ArrayList<Position>();
        for (int at = 0; at < numbers.size(); at += dimension) {
            double first = numbers.get(at);
            double second = numbers.get(at + 1);
            var position = order == Order.LATITUDE_FIRST ? new Position(second, first) : new Position(first, second);
            if (!position.isOnEarth()) {
                return List.of();
            }
            positions.add(position);
        }
        return positions;
    }

    /** Empty if anything else is among them. */
    private static List<Double> numbers(String text) {
        var numbers = new ArrayList<Double>();
        for (var word : SEPARATOR.split(text.strip(), -1)) {
            if (!NUMBER.matcher(word).matches()) {
                return List.of();
            }
            numbers.add(Double.parseDouble(word));
        }
        return numbers;
    }
}
