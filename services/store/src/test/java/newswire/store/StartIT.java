package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.node.ObjectNode;

/** What the store does and refuses at start. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class StartIT {
    private static TestServices.Kafka kafka;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBroker() {
        kafka = TestServices.freshKafka();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private String feeds(String content) throws IOException {
        return "--store.feeds=" + Files.writeString(folder.resolve("feeds.opml"), content);
    }

    private static Feed revised(Feed feed, String title) {
        var document = (ObjectNode) Encoding.json().readTree(Encoding.encode(feed));
        document.put("title", title).put("revision", 2);
        return Encoding.json().treeToValue(document, Feed.class);
    }

    @Test
    void addsTheFeedsOfTheFileOnceAndNeverOverAChangedOne(CapturedOutput output) throws IOException {
        var url = URI.create("https://news.example.com/feed");
        var file = feeds("""
                <opml version="2.0"><body>
                <outline text="From the file" xmlUrl="https://news.example.com/feed"/>
                <outline text="No feed" xmlUrl="mailto:x@example.com"/>
                </body></opml>
                """);
        var path = "/api/feeds/" + FeedId.of(url);
        try (var store = RunningStore.start(kafka, TestServices.postgres(), file)) {
            assertThat(store.json(path).at("/feed/title").asString()).isEqualTo("From the file");
            assertThat(output).contains("added=1 known=0 refused=1").contains("line=3");
            store.send(Topics.FEEDS, FeedId.of(url).toString(), revised(Feed.of(url, Instant.EPOCH), "Renamed"));
            store.awaitRead(Topics.FEEDS);
        }
        try (var rebuilt = RunningStore.start(kafka, TestServices.postgres(), file)) {
            assertThat(output).contains("added=0 known=1 refused=1");
            assertThat(rebuilt.json(path).at("/feed/revision").asInt()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        <html/>                                                             | the document is <html>
        <opml><body>                                                        | not OPML
        not XML                                                             | not OPML
        <!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><opml>&e;</opml> | not OPML
        """)
    void refusesAFeedsFileThatIsNone(String content, String reason, CapturedOutput output) throws IOException {
        var file = feeds(content);
        assertThatThrownBy(() -> RunningStore.start(kafka, TestServices.postgres(), file))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("feeds.opml")
                .hasMessageContaining(reason);
        assertThat(output).contains("APPLICATION FAILED TO START").contains("Name an OPML file by store.feeds");
    }

    @Test
    void refusesAFeedsFileThatIsNotThere() {
        assertThatThrownBy(() -> RunningStore.start(kafka, TestServices.postgres(), "--store.feeds=/nowhere.opml"))
                .isInstanceOf(StartFailure.class)
                .hasMessage("The feeds file '/nowhere.opml' cannot be read: there is no such file");
    }

    @Test
    void refusesADatabaseThatForgets(CapturedOutput output) throws SQLException {
        var database = TestServices.postgres();
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement()) {
            var name = database.jdbcUrl().replaceFirst(".*/", "");
            statement.execute("alter database " + name + " set synchronous_commit = off");
        }
        assertThatThrownBy(() -> RunningStore.start(kafka, database)).hasRootCauseInstanceOf(StartFailure.class);
        assertThat(output)
                .contains("PostgreSQL runs with synchronous_commit=off")
                .contains("Set synchronous_commit=on");
    }
}
