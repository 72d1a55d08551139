package newswire.store;

import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refuses a database that confirms what it may forget: the topics' offsets are kept in it. */
@Component
class DurabilityCheck implements SmartLifecycle {
    private final JdbcClient jdbc;
    private volatile boolean running;

    DurabilityCheck(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Before anything is consumed. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    /**
     * Looks at the server's settings.
     *
     * @throws StartFailure if one of them is off
     */
    @Override
    public void start() {
        for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            var value = jdbc.sql("select current_setting(:setting)")
                    .param("setting", setting)
                    .query(String.class)
                    .single();
            if (value.equals("off")) {
                throw new StartFailure(
                        "PostgreSQL runs with " + setting + "=off and would lose confirmed articles in a crash.",
                        "Set " + setting + "=on in postgresql.conf, or for the store's role or database.");
            }
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
