package newswire.store;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What is around every page.
 *
 * @param section of the navigation that the page is in
 * @param caller for whom it is; absent if nobody knows
 * @param refreshSeconds after which a browser asks for it again; absent = when told
 */
record Shell(
        String title,
        String section,
        @Nullable Caller caller,
        @Nullable Integer refreshSeconds) {

    static Shell of(String title, String section, HttpServletRequest request) {
        return new Shell(title, section, Caller.of(request), null);
    }

    Shell refreshing(int seconds) {
        return new Shell(title, section, caller, seconds);
    }

    /** Whether to show a control that needs a scope. */
    boolean may(Scope scope) {
        return caller != null && caller.may(scope);
    }
}
