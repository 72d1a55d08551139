package newswire.store;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells whose fault an SQL error is, by the class of its SQLSTATE. */
final class SqlFault {
    /** 21 one row twice in a statement, 22 bad value, 23 violated constraint, 54 limit of an index row or a tsvector. */
    private static final Set<String> OF_THE_DATA = Set.of("21", "22", "23", "54");

    private SqlFault() {}

    /** Whether the data is at fault, so that no retry can help. All else is the server's fault, or ours. */
    static boolean inData(Throwable failure) {
        var state = state(failure);
        return state != null && state.length() == 5 && OF_THE_DATA.contains(state.substring(0, 2));
    }

    private static @Nullable String state(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}
