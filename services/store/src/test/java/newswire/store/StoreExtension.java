package newswire.store;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import newswire.contract.TestServices;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For each test a store with topics and a database of its own, which it can start again; one broker for its class. */
@SuppressWarnings("NullAway.Init") // JUnit says when
final class StoreExtension implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private final List<String> settings;
    private final List<RunningStore> others = new ArrayList<>();
    private TestServices.Kafka kafka;
    private TestServices.Postgres database;
    private RunningStore store;

    /** @param settings of every store */
    StoreExtension(String... settings) {
        this.settings = List.of(settings);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        kafka = TestServices.freshKafka();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        kafka.close();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        database = TestServices.postgres();
        store = started();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        store.close();
        others.forEach(RunningStore::close);
        others.clear();
        kafka.clear();
    }

    private RunningStore started(String... more) {
        return RunningStore.start(
                kafka,
                database,
                Stream.concat(settings.stream(), Stream.of(more)).toArray(String[]::new));
    }

    RunningStore store() {
        return store;
    }

    TestServices.Kafka kafka() {
        return kafka;
    }

    TestServices.Postgres database() {
        return database;
    }

    /** Ends the store and starts one at the same topics and tables. */
    void restart(String... more) {
        store.close();
        start(more);
    }

    /** Ends the store and starts one at the same topics, which reads all of them in one go. */
    void restartAtEmptyTables() {
        database = TestServices.postgres();
        restart();
    }

    /** Starts the store again that a test has closed. */
    void start(String... more) {
        store = started(more);
    }

    /** One more store beside it. */
    RunningStore another() {
        var other = started();
        others.add(other);
        return other;
    }
}
