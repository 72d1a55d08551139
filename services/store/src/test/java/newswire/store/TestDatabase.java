package newswire.store;

import newswire.contract.TestServices;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with the store's tables and one connection to it. */
final class TestDatabase implements AutoCloseable {
    private final SingleConnectionDataSource source;

    TestDatabase() {
        var place = TestServices.postgres();
        source = new SingleConnectionDataSource(place.jdbcUrl(), place.user(), place.password(), true);
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:newswire/store/migration")
                .load()
                .migrate();
    }

    JdbcClient jdbc() {
        return JdbcClient.create(source);
    }

    TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(source));
    }

    @Override
    public void close() {
        source.destroy();
    }
}
