package newswire.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DemoServerTests {
    private static final Path OPML = Path.of("../../ops/demo/feeds.opml");

    /** In containers the ports are free, so the list can be a file there. */
    @Test
    void theListForContainersIsTheDemosOwn() throws IOException {
        try (var demo = DemoServer.start(InetAddress.getLoopbackAddress(), "demo-feeds")) {
            var written = Files.readString(OPML);
            assertThat(withoutPorts(written)).isEqualTo(withoutPorts(demo.opml()));
            assertThat(written.lines().filter(line -> line.contains("xmlUrl")).map(DemoServerTests::port))
                    .containsExactly("8090", "8091", "8092", "8093", "8094", "8095");
        }
    }

    private static String withoutPorts(String opml) {
        return opml.replaceAll(":[0-9]{4,5}/", "/");
    }

    private static String port(String line) {
        return line.replaceFirst(".*:([0-9]{4,5})/.*", "$1");
    }
}
