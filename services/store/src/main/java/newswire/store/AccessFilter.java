package newswire.store;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Who may do what: on loopback everybody everything; beyond it whoever shows a key, or a token of the provider's, of the
 * scope that the request needs.
 * Gives each request an id, limits how many a caller makes, and notes who changed what.
 */
@Component
@Order(2)
class AccessFilter extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger(AccessFilter.class);
    private static final String REQUEST_ID = "X-Request-Id";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final ApiKeyTable keys;
    private final AuditTable audit;
    private final Exposure exposure;
    private final AccessTokens tokens;
    private final RateLimit limit;

    AccessFilter(
            ApiKeyTable keys, AccessTokens tokens, AuditTable audit, Exposure exposure, StoreProperties properties) {
        this.keys = keys;
        this.tokens = tokens;
        this.audit = audit;
        this.exposure = exposure;
        this.limit = new RateLimit(properties.access().requestsPerMinute());
    }

    /** Who asks. */
    private sealed interface Asker {
        /** Somebody known. */
        record Caller(String name, Set<Scope> scopes) implements Asker {
            static final Caller LOCAL = new Caller("loopback", EnumSet.allOf(Scope.class));
        }

        /** @param error of RFC 6750; absent if nothing was shown */
        record Nobody(@Nullable String error, String detail) implements Asker {}

        /** Whoever would know does not answer. */
        record Unclear(String code, String detail) implements Asker {}
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var id = id(request.getHeader(REQUEST_ID));
        response.setHeader(REQUEST_ID, id);
        try (var _ = MDC.putCloseable("request", id)) {
            admit(request, response, chain, id);
        }
    }

    private static String id(@Nullable String given) {
        return given != null && given.matches("[A-Za-z0-9._-]{1,64}")
                ? given
                : UUID.randomUUID().toString();
    }

    private void admit(HttpServletRequest request, HttpServletResponse response, FilterChain chain, String id)
            throws ServletException, IOException {
        var path = path(request);
        if (isOpen(path)) {
            chain.doFilter(request, response);
            return;
        }
        switch (asker(request)) {
            case Asker.Unclear unclear -> refuse(response, 503, unclear.code(), unclear.detail());
            case Asker.Nobody nobody -> {
                response.setHeader(
                        "WWW-Authenticate",
                        "Bearer realm=\"newswire\""
                                + (nobody.error() == null ? "" : ", error=\"" + nobody.error() + '"'));
                refuse(response, 401, "unauthorized", nobody.detail());
            }
            case Asker.Caller caller -> admit(caller, path, request, response, chain, id);
        }
    }

    private void admit(
            Asker.Caller caller,
            String path,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            String id)
            throws ServletException, IOException {
        if (Asker.Caller.LOCAL.equals(caller) && exposure.isRebound(request.getServerName())) {
            refuse(
                    response,
                    421,
                    "unknown_host",
                    "Without a key this machine is asked by its own name, as in http://localhost. Behind a proxy set"
                            + " store.access.open=true.");
        } else if (!allowed(caller, request.getMethod(), path)) {
            refuse(
                    response,
                    403,
                    "forbidden",
                    "The key is not good for this. It would need the scope " + Scope.of(request.getMethod(), path)
                            + ".");
        } else if (withinLimit(caller, request, response)) {
            pass(caller, request, response, chain, id);
        }
    }

    /** As Spring MVC matches it, decoded and without parameters: {@code /%61pi;x/keys} is {@code /api/keys} to both. */
    private static String path(HttpServletRequest request) {
        var path = new StringBuilder();
        for (var element : RequestPath.parse(request.getRequestURI(), request.getContextPath())
                .pathWithinApplication()
                .elements()) {
            path.append(element instanceof PathContainer.PathSegment it ? it.valueToMatch() : element.value());
        }
        return path.toString();
    }

    private static boolean isOpen(String path) {
        return !(path.startsWith("/api/") || path.startsWith("/actuator")) || path.startsWith("/actuator/health");
    }

    private static boolean allowed(Asker.Caller caller, String method, String path) {
        return caller.scopes().contains(Scope.ADMIN) || caller.scopes().contains(Scope.of(method, path));
    }

    private Asker asker(HttpServletRequest request) {
        var shown = request.getHeader("Authorization");
        if (shown == null || !shown.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return exposure.needsKeys()
                    ? new Asker.Nobody(null, "Send a key: Authorization: Bearer nk_…")
                    : Asker.Caller.LOCAL;
        }
        var key = shown.substring(7).strip();
        return tokens.mayBe(key) ? byToken(key) : byKey(key);
    }

    private Asker byKey(String key) {
        var scope = exposure.scopeOf(key);
        if (scope != null) {
            return new Asker.Caller(scope + " key", EnumSet.of(scope));
        }
        try {
            return keys.find(key)
                    .<Asker>map(found -> new Asker.Caller(found.name() + " (" + found.id() + ")", found.scopes()))
                    .orElse(new Asker.Nobody("invalid_token", "No such key, or no longer."));
        } catch (DataAccessException | TransactionException ex) {
            return new Asker.Unclear("database_unavailable", "The database does not answer. Try again in a moment.");
        }
    }

    private Asker byToken(String token) {
        return switch (tokens.judge(token)) {
            case AccessTokens.Verdict.Accepted it -> new Asker.Caller(it.subject() + " (token)", it.scopes());
            case AccessTokens.Verdict.Refused it ->
                new Asker.Nobody("invalid_token", "The token is not good: " + it.reason());
            case AccessTokens.Verdict.Unknown _ ->
                new Asker.Unclear(
                        "provider_unavailable", "The provider of the token does not answer. Try again in a moment.");
        };
    }

    private boolean withinLimit(Asker.Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (caller.equals(Asker.Caller.LOCAL)) {
            return true;
        }
        long wait = limit.take(caller.name() + " " + request.getRemoteAddr(), System.nanoTime());
        if (wait > 0) {
            response.setHeader("Retry-After", String.valueOf(wait));
            refuse(response, 429, "too_many_requests", "More requests than a minute may have.");
        }
        return wait == 0;
    }

    private void pass(
            Asker.Caller caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain, String id)
            throws ServletException, IOException {
        if (SAFE.contains(request.getMethod())) {
            chain.doFilter(request, response);
            return;
        }
        int status = 500;
        try {
            chain.doFilter(request, response);
            status = response.getStatus();
        } finally {
            note(caller, request, status, id);
        }
    }

    private void note(Asker.Caller caller, HttpServletRequest request, int status, String id) {
        var path = path(request);
        try {
            audit.add(
                    caller.name(),
                    request.getMethod(),
                    path.length() > 500 ? path.substring(0, 500) : path,
                    status,
                    id);
        } catch (DataAccessException | TransactionException ex) { // the change has been made
            log.warn(
                    "Change not in the audit log, who={} method={} status={} request={} reason={}",
                    caller.name(),
                    request.getMethod(),
                    status,
                    id,
                    ex.getMessage());
        }
    }

    private static void refuse(HttpServletResponse response, int status, String code, String detail)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.setCharacterEncoding("UTF-8");
        var problem = Encoding.json().createObjectNode();
        problem.put("type", "urn:newswire:problem:" + code)
                .put("status", status)
                .put("detail", detail);
        response.getWriter().write(problem.toString());
    }
}
