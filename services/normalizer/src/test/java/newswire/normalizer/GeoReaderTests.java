package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import newswire.contract.Article;
import newswire.contract.Format;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoReaderTests {
    /** Sinuiju is at 40.1 north, 124.4 east: whatever mixes them up is off the earth or in another sea. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <g:point>40.1 124.4</g:point>                       | Point [124.4,40.1]
            <g:point>40.1,124.4</g:point>                       | Point [124.4,40.1]
            <g:point>-33.9 -70.7</g:point>                      | Point [-70.7,-33.9]
            <g:circle>40.1 124.4 500</g:circle>                 | Point [124.4,40.1]
            <g:line>40 124 41 125 42 125.5</g:line>             | LineString [[124.0,40.0],[125.0,41.0],[125.5,42.0]]
            <g:box>40 124 41 125</g:box>                        | Polygon [[[124.0,40.0],[125.0,40.0],[125.0,41.0],[124.0,41.0],[124.0,40.0]]]
            <g:box>-20 177 -15 -178</g:box>                     | MultiPolygon [[[[177.0,-20.0],[180.0,-20.0],[180.0,-15.0],[177.0,-15.0],[177.0,-20.0]]],[[[-180.0,-20.0],[-178.0,-20.0],[-178.0,-15.0],[-180.0,-15.0],[-180.0,-20.0]]]]
            <g:box>40 124 40 124</g:box>                        | Point [124.0,40.0]
            # anticlockwise, closed
            <g:polygon>40 124 40 125 41 125 40 124</g:polygon>  | Polygon [[[124.0,40.0],[125.0,40.0],[125.0,41.0],[124.0,40.0]]]
            <g:polygon>40 124 41 125 40 125 40 124</g:polygon>  | Polygon [[[124.0,40.0],[125.0,40.0],[125.0,41.0],[124.0,40.0]]]
            <g:polygon>40 124 40 125 41 125</g:polygon>         | Polygon [[[124.0,40.0],[125.0,40.0],[125.0,41.0],[124.0,40.0]]]
            <g:where><m:Point><m:pos>40.1 124.4</m:pos></m:Point></g:where>          | Point [124.4,40.1]
            <g:where><m:Point><m:pos>40.1 124.4 23</m:pos></m:Point></g:where>       | Point [124.4,40.1]
            <g:where><m:CircleByCenterPoint><m:pos>40.1 124.4</m:pos><m:radius>500</m:radius></m:CircleByCenterPoint></g:where> | Point [124.4,40.1]
            <g:where><m:LineString><m:posList>40 124 41 125</m:posList></m:LineString></g:where>              | LineString [[124.0,40.0],[125.0,41.0]]
            <g:where><m:LineString><m:pos>40 124</m:pos><m:pos>41 125</m:pos></m:LineString></g:where>        | LineString [[124.0,40.0],[125.0,41.0]]
            <g:where><m:LineString><m:posList srsDimension='3'>40 124 9 41 125 9</m:posList></m:LineString></g:where> | LineString [[124.0,40.0],[125.0,41.0]]
            <g:where><m:Polygon><m:exterior><m:LinearRing><m:posList>40 124 40 125 41 125 40 124</m:posList></m:LinearRing></m:exterior></m:Polygon></g:where> | Polygon [[[124.0,40.0],[125.0,40.0],[125.0,41.0],[124.0,40.0]]]
            <g:where><m:Envelope><m:lowerCorner>40 124</m:lowerCorner><m:upperCorner>41 125</m:upperCorner></m:Envelope></g:where> | Polygon [[[124.0,40.0],[125.0,40.0],[125.0,41.0],[124.0,41.0],[124.0,40.0]]]
            <g:where><m:Point srsName='urn:ogc:def:crs:OGC:1.3:CRS84'><m:pos>124.4 40.1</m:pos></m:Point></g:where> | Point [124.4,40.1]
            <g:where><m:Point srsName='EPSG:4326'><m:pos>40.1 124.4</m:pos></m:Point></g:where> | Point [124.4,40.1]
            <w:lat>40.1</w:lat><w:long>124.4</w:long>                         | Point [124.4,40.1]
            <w:Point><w:lat>40.1</w:lat><w:long>124.4</w:long></w:Point>      | Point [124.4,40.1]
            <g:point>4.01e1 1.244E2</g:point>                                 | Point [124.4,40.1]
            """)
    void shapeIsGeoJson(String elements, String expected) {
        var article = article(elements);
        assertThat(article.places()).hasSize(1);
        var shape = Objects.requireNonNull(article.places().getFirst().geoJSON());
        assertThat(shape.type() + " " + Encoding.json().writeValueAsString(shape.coordinates()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <g:point>124.4 40.1</g:point>
            <g:point>91 0</g:point>
            <g:point>0 181</g:point>
            <g:point>40.1</g:point>
            <g:point>40,1 124,4</g:point>
            <g:point>NaN 1</g:point>
            <g:point>1d 0x1p3</g:point>
            <g:point>north west</g:point>
            <g:point/>
            <g:line>40 124</g:line>
            <g:line>40 124 41</g:line>
            <g:line>40 124 41 200</g:line>
            <g:polygon>40 124 41 125</g:polygon>
            <g:polygon>40 124 41 125 40 124</g:polygon>
            <g:box>41 124 40 125</g:box>
            <g:box>40 124 41</g:box>
            <g:circle>95 124.4 500</g:circle>
            <g:where/>
            <g:where><m:Point/></g:where>
            <g:where><m:Polygon/></g:where>
            <g:where><m:Surface><m:pos>40 124</m:pos></m:Surface></g:where>
            <g:where><m:Point srsName='EPSG:27700'><m:pos>51 1</m:pos></m:Point></g:where>
            <w:lat>40.1</w:lat>
            <w:lat>124.4</w:lat><w:long>40.1</w:long>
            """)
    void whatIsNowhereIsNoPlace(String elements) {
        assertThat(article(elements).places()).isEmpty();
    }

    @Test
    void placesKeepTheirNamesAndOrder() {
        var places = article("""
                <g:featurename>Sinuiju</g:featurename><g:point>40.1 124.4</g:point>
                <g:point featurename="Dandong">40.13 124.39</g:point><g:point>95 0</g:point>
                <w:lat>40.1</w:lat><w:long>124.4</w:long>""").places();
        assertThat(places).extracting(Article.Place::name).containsExactly("Sinuiju", "Dandong");
    }

    @Test
    void outlineOfManyPositionsIsToldByItsBounds() {
        var outline = IntStream.range(0, 2_000)
                .mapToObj(at -> "40." + at + " 124." + at)
                .collect(Collectors.joining(" "));
        var places = article("<g:polygon>" + outline + "</g:polygon>").places();
        assertThat(places)
                .extracting(Article.Place::geoJSON)
                .containsExactly(new Article.GeoJson(
                        "Polygon",
                        java.util.List.of(java.util.List.of(
                                java.util.List.of(124.0, 40.0),
                                java.util.List.of(124.999, 40.0),
                                java.util.List.of(124.999, 40.999),
                                java.util.List.of(124.0, 40.999),
                                java.util.List.of(124.0, 40.0)))));
    }

    private static Article article(String elements) {
        var document = """
                <rss version="2.0" xmlns:g="http://www.georss.org/georss" xmlns:m="http://www.opengis.net/gml"
                    xmlns:w="http://www.w3.org/2003/01/geo/wgs84_pos#">
                  <channel><item><guid>1</guid><title>T</title>%s</item></channel>
                </rss>
                """.formatted(elements);
        return Raw.normalized(Raw.of(Format.RSS_2_0, document)).article();
    }
}
