package newswire.store;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * Browsers that signed in with a key. The browser has a cookie of random bits that says nothing about the key, is sent to no
 * script and with no request that another site's page makes.
 */
@Component
class Sessions {
    private static final String COOKIE = "newswire-session";

    private final SessionTable table;
    private final ApiKeyTable keys;
    private final Exposure exposure;
    private final Duration lasts;

    Sessions(SessionTable table, ApiKeyTable keys, Exposure exposure, StoreProperties properties) {
        this.table = table;
        this.keys = keys;
        this.exposure = exposure;
        this.lasts = properties.access().session();
    }

    /** Begins a session with a key; nothing if the key is not good. */
    Optional<ResponseCookie> begin(String key, HttpServletRequest request) {
        var hash = ApiKeyTable.hash(key);
        return caller(hash).map(_ -> cookie(table.begin(hash, lasts), lasts, request));
    }

    private static ResponseCookie cookie(String token, Duration lasts, HttpServletRequest request) {
        return ResponseCookie.from(COOKIE, token)
                .httpOnly(true)
                .sameSite("Strict")
                .secure(request.isSecure())
                .path("/")
                .maxAge(lasts)
                .build();
    }

    /** Who signed in, unless nobody did or the key is no longer good. */
    Optional<Caller> caller(HttpServletRequest request) {
        return Optional.ofNullable(token(request)).flatMap(table::keyHash).flatMap(this::caller);
    }

    private Optional<Caller> caller(String keyHash) {
        var scope = exposure.scopeOfHash(keyHash);
        return scope != null
                ? Optional.of(new Caller(scope + " key", EnumSet.of(scope), true))
                : keys.findByHash(keyHash)
                        .map(key -> new Caller(key.name() + " (" + key.id() + ")", key.scopes(), true));
    }

    /** Ends a session; returns the cookie that removes it from the browser. */
    ResponseCookie end(HttpServletRequest request) {
        var token = token(request);
        if (token != null) {
            table.end(token);
        }
        return cookie("", Duration.ZERO, request);
    }

    private static @Nullable String token(HttpServletRequest request) {
        var cookies = request.getCookies();
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (cookie.getName().equals(COOKIE) && cookie.getValue().matches("[A-Za-z0-9_-]{43}")) {
                return cookie.getValue();
            }
        }
        return null;
    }
}
