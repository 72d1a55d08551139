package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import newswire.contract.Feed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTests {
    private static final Feed.Dates SEOUL = new Feed.Dates("Asia/Seoul", true, Map.of("IST", "+05:30"), null);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # RFC 822 and what is made of it
            Tue, 31 Mar 2020 08:00:00 +0000                        | 2020-03-31T08:00:00Z | instant | explicit
            Tue, 31 Mar 2020 08:00:00 GMT                          | 2020-03-31T08:00:00Z | instant | explicit
            31 Mar 2020 08:00:00 Z                                 | 2020-03-31T08:00:00Z | instant | explicit
            31 Mar 20 08:00 UT                                     | 2020-03-31T08:00:00Z | minute  | explicit
            Fri,27 Mar 2020 10:00:00 +0900                         | 2020-03-27T01:00:00Z | instant | explicit
            Fri, 27 Mar 2020 10:00:00 +09:00                       | 2020-03-27T01:00:00Z | instant | explicit
            Fri, 27 Mar 2020 10:00:00 +09                          | 2020-03-27T01:00:00Z | instant | explicit
            Fri, 27 Mar 2020 10:00:00 GMT+0000                     | 2020-03-27T10:00:00Z | instant | explicit
            Fri Mar 27 2020 10:00:00 GMT+0900 (Korean Standard Time) | 2020-03-27T01:00:00Z | instant | explicit
            Fri Mar 27 10:00:00 KST 2020                           | 2020-03-27T01:00:00Z | instant | explicit
            Fri Mar 27 10:00:00 2020                               | 2020-03-27T10:00:00Z | instant | assumed-utc
            Friday, 27 March 2020 10:00:00 EST                     | 2020-03-27T15:00:00Z | instant | explicit
            Fri, 27 Mar 2020 10:00:00 PDT                          | 2020-03-27T17:00:00Z | instant | explicit
            Sun, 27 Mar 2020 10:00:00 +0000                        | 2020-03-27T10:00:00Z | instant | explicit
            Fri, 27 Sept 2019 10:00:00 +0000                       | 2019-09-27T10:00:00Z | instant | explicit
            Fri, 27 Mar 2020 24:00:00 +0000                        | 2020-03-28T00:00:00Z | instant | explicit
            Fri, 27 Mar 2020 10:00:60 +0000                        | 2020-03-27T10:00:59Z | instant | explicit
            Fri, 27 Mar 2020 10:00:00 -0500 (EST)                  | 2020-03-27T15:00:00Z | instant | explicit
            Fri, 27 Mar 2020 10:00:00 Asia/Seoul                   | 2020-03-27T01:00:00Z | instant | explicit
            Fri, 27 Mar 2020                                       | 2020-03-27T00:00:00Z | day     | assumed-utc
            # RFC 3339, W3C-DTF, ISO 8601
            2020-03-27T10:00:00Z                                   | 2020-03-27T10:00:00Z | instant | explicit
            2020-03-27t10:00:00z                                   | 2020-03-27T10:00:00Z | instant | explicit
            2020-03-27T10:00:00+0900                               | 2020-03-27T01:00:00Z | instant | explicit
            2020-03-27T10:00:00.123456Z                            | 2020-03-27T10:00:00.123456Z | instant | explicit
            2020-03-27T10:00:00,5+09:00                            | 2020-03-27T01:00:00.500Z | instant | explicit
            2020-03-27T10:00:00.123456789123Z                      | 2020-03-27T10:00:00.123456789Z | instant | explicit
            2020-03-27T10:00Z                                      | 2020-03-27T10:00:00Z | minute  | explicit
            2020-03-27 10:00:00                                    | 2020-03-27T10:00:00Z | instant | assumed-utc
            2020-03-27 10:00:00 UTC                                | 2020-03-27T10:00:00Z | instant | explicit
            2020-03-27 10:00:00 +0100                              | 2020-03-27T09:00:00Z | instant | explicit
            2020-03-27 10:00                                       | 2020-03-27T10:00:00Z | minute  | assumed-utc
            2020-03-27                                             | 2020-03-27T00:00:00Z | day     | assumed-utc
            2020-03                                                | 2020-03-01T00:00:00Z | month   | assumed-utc
            2020                                                   | 2020-01-01T00:00:00Z | year    | assumed-utc
            20200327                                               | 2020-03-27T00:00:00Z | day     | assumed-utc
            20200327T100000Z                                       | 2020-03-27T10:00:00Z | instant | explicit
            1585303200                                             | 2020-03-27T10:00:00Z | instant | explicit
            1585303200000                                          | 2020-03-27T10:00:00Z | instant | explicit
            # people's own ways
            Mar 27, 2020                                           | 2020-03-27T00:00:00Z | day     | assumed-utc
            March 27th, 2020 at 5:30 pm                            | 2020-03-27T17:30:00Z | minute  | assumed-utc
            March 27, 2020 12:05 a.m.                              | 2020-03-27T00:05:00Z | minute  | assumed-utc
            27.03.2020                                             | 2020-03-27T00:00:00Z | day     | assumed-utc
            27.03.2020 14:30                                       | 2020-03-27T14:30:00Z | minute  | assumed-utc
            27/03/2020                                             | 2020-03-27T00:00:00Z | day     | assumed-utc
            03/27/2020 02:30 PM                                    | 2020-03-27T14:30:00Z | minute  | assumed-utc
            27-Mar-2020                                            | 2020-03-27T00:00:00Z | day     | assumed-utc
            2020/03/27 10:00:00                                    | 2020-03-27T10:00:00Z | instant | assumed-utc
            # other languages
            Freitag, 27. März 2020 um 10:00 Uhr                    | 2020-03-27T10:00:00Z | minute  | assumed-utc
            Fr, 27 Mär 2020 10:00:00 +0100                         | 2020-03-27T09:00:00Z | instant | explicit
            Mi, 6 Mai 2020 10:00:00 MESZ                           | 2020-05-06T08:00:00Z | instant | explicit
            vendredi 27 mars 2020 à 10h30                          | 2020-03-27T10:30:00Z | minute  | assumed-utc
            mar., 31 mars 2020 08:00:00 +0200                      | 2020-03-31T06:00:00Z | instant | explicit
            viernes, 27 de marzo de 2020 10:00                     | 2020-03-27T10:00:00Z | minute  | assumed-utc
            mar, 31 mar 2020 08:00:00 +0200                        | 2020-03-31T06:00:00Z | instant | explicit
            27 marzo 2020                                          | 2020-03-27T00:00:00Z | day     | assumed-utc
            sexta-feira, 27 de março de 2020                       | 2020-03-27T00:00:00Z | day     | assumed-utc
            vrijdag 27 maart 2020                                  | 2020-03-27T00:00:00Z | day     | assumed-utc
            piątek, 27 marca 2020                                  | 2020-03-27T00:00:00Z | day     | assumed-utc
            pátek 27. března 2020                                  | 2020-03-27T00:00:00Z | day     | assumed-utc
            пятница, 27 марта 2020 г., 10:00                       | 2020-03-27T10:00:00Z | minute  | assumed-utc
            пʼятниця, 27 березня 2020 р.                           | 2020-03-27T00:00:00Z | day     | assumed-utc
            Παρ, 27 Μαρ 2020 10:00:00 +0200                        | 2020-03-27T08:00:00Z | instant | explicit
            27 Μαρτίου 2020                                        | 2020-03-27T00:00:00Z | day     | assumed-utc
            27 Mart 2020 Cuma                                      | 2020-03-27T00:00:00Z | day     | assumed-utc
            2020. március 27.                                      | 2020-03-27T00:00:00Z | day     | assumed-utc
            fredag 27 mars 2020                                    | 2020-03-27T00:00:00Z | day     | assumed-utc
            2020년 3월 27일 오후 5:30                                | 2020-03-27T17:30:00Z | minute  | assumed-utc
            2020년 3월 27일                                          | 2020-03-27T00:00:00Z | day     | assumed-utc
            2020年3月27日 10:00                                      | 2020-03-27T10:00:00Z | minute  | assumed-utc
            27 مارس 2020                                           | 2020-03-27T00:00:00Z | day     | assumed-utc
            """)
    void reads(String raw, String value, String precision, String zone) {
        var reading = read(raw, Feed.Dates.DEFAULT);
        assertThat(reading.value()).hasToString(value);
        assertThat(reading.precision()).isEqualTo(precision);
        assertThat(reading.zone()).isEqualTo(zone);
    }

    /** The second blank takes the way of all odd spellings. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Tue, 31 Mar 2020 08:00:00 +0000  | Tue,  31 Mar 2020 08:00:00 +0000
            3 Feb 2020 08:00:00 GMT          | 3  Feb 2020 08:00:00 GMT
            Mon, 31 Jun 2020 23:59:60 -0930  | Mon,  31 Jun 2020 23:59:60 -0930
            1 Dec 1969 24:00:00 +1400        | 1  Dec 1969 24:00:00 +1400
            Tue, 31 Mar 2020 25:00:00 +0000  | Tue,  31 Mar 2020 25:00:00 +0000
            Tue, 31 Mar 2020 08:00:00 +9900  | Tue,  31 Mar 2020 08:00:00 +9900
            2020-03-27T10:00:00.25+05:45     | 2020-03-27T10:00:00.25 +05:45
            2020-02-30T10:00:00Z             | 2020-02-30T10:00:00 Z
            2020-13-01T10:00:00Z             | 2020-13-01T10:00:00 Z
            """)
    void shortWayIsThatOfAllOthers(String usual, String odd) {
        assertThat(Dates.read(usual, SEOUL)).isEqualTo(Dates.read(odd, SEOUL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "yesterday", "0000-00-00T00:00:00Z", "0000-00-00 00:00:00", "Mon, 30 Nov -0001 00:00:00 +0000",
                        "27 Foo 2020",
                "2020-13-01", "2020-03-32", "99999-01-01", "27:00", "Fri, 27 Mar 2020 25:00:00",
                        "Fri, 27 Mar 2020 10:00:00 +9999",
                "In March 2020 something happened", "12", "1.2", "31/31/2020", "Mar", "2020-03-27T10:00:00 QQQ"
            })
    void makesNothingUp(String raw) {
        assertThat(Dates.read(raw, Feed.Dates.DEFAULT)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2020-03-27 10:00:00                 | 2020-03-27T01:00:00Z | feed-default
            2020-03-27                          | 2020-03-26T15:00:00Z | feed-default
            03/04/2020                          | 2020-04-02T15:00:00Z | feed-default
            Fri, 27 Mar 2020 10:00:00 IST       | 2020-03-27T04:30:00Z | explicit
            Fri, 27 Mar 2020 10:00:00 CST       | 2020-03-27T01:00:00Z | feed-default
            """)
    void feedsDefinitionSaysWhatTheDateDoesNot(String raw, String value, String zone) {
        var reading = read(raw, SEOUL);
        assertThat(reading.value()).hasToString(value);
        assertThat(reading.zone()).isEqualTo(zone);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            31 Jun 2020 10:00:00 +0000    | lenient
            03/04/2020                    | ambiguous-day-month
            Fri, 27 Mar 2020 10:00:00 IST | zone-abbreviation
            Fri, 27 Mar 2020 10:00:00 KST | zone-abbreviation
            """)
    void saysWhatIsDoubtful(String raw, String flag) {
        var reading = read(raw, Feed.Dates.DEFAULT);
        assertThat(reading.flags()).containsExactly(flag);
    }

    private static Dates.Reading read(String raw, Feed.Dates rules) {
        return Objects.requireNonNull(Dates.read(raw, rules), raw);
    }
}
