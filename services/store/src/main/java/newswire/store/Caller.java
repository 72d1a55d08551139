package newswire.store;

import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody known.
 *
 * @param name as in the audit log
 * @param signedIn whether a browser did so before, and so can sign out
 */
record Caller(String name, Set<Scope> scopes, boolean signedIn) implements Asker {
    /** Whoever is on this machine. */
    static final Caller LOCAL = new Caller("loopback", EnumSet.allOf(Scope.class), false);

    Caller {
        scopes = Set.copyOf(scopes);
    }

    boolean may(Scope scope) {
        return scopes.contains(Scope.ADMIN) || scopes.contains(scope);
    }

    /** Notes with a request who makes it. */
    void asks(HttpServletRequest request) {
        request.setAttribute(Caller.class.getName(), this);
    }

    /** Who makes a request; null if nobody knows. */
    static @Nullable Caller of(HttpServletRequest request) {
        return request.getAttribute(Caller.class.getName()) instanceof Caller caller ? caller : null;
    }
}
