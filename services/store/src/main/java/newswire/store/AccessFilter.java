package newswire.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
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

    /** What holds nothing, and what lets browsers in and out. */
    private static final Set<String> OPEN =
            Set.of("/sign-in", "/sign-out", "/newswire.css", "/newswire.js", "/icon.svg", "/favicon.ico");

    private static final Asker NO_DATABASE =
            new Asker.Unclear("database_unavailable", "The database does not answer. Try again in a moment.");

    private final ApiKeyTable keys;
    private final AuditTable audit;
    private final Exposure exposure;
    private final AccessTokens tokens;
    private final Sessions sessions;
    private final ProblemPages problems;
    private final RateLimit limit;

    AccessFilter(
            ApiKeyTable keys,
            AccessTokens tokens,
            Sessions sessions,
            AuditTable audit,
            Exposure exposure,
            ProblemPages problems,
            StoreProperties properties) {
        this.keys = keys;
        this.sessions = sessions;
        this.problems = problems;
        this.tokens = tokens;
        this.audit = audit;
        this.exposure = exposure;
        this.limit = new RateLimit(properties.access().requestsPerMinute());
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
            case Asker.Unclear unclear -> refuse(request, response, 503, unclear.code(), unclear.detail());
            case Asker.Nobody nobody
            when nobody.error() == null && mayBeLedToSignIn(request, path) -> {
                response.setStatus(HttpServletResponse.SC_SEE_OTHER);
                response.setHeader("Location", "/sign-in?to=" + URLEncoder.encode(target(request), UTF_8));
            }
            case Asker.Nobody nobody -> {
                response.setHeader(
                        "WWW-Authenticate",
                        "Bearer realm=\"newswire\""
                                + (nobody.error() == null ? "" : ", error=\"" + nobody.error() + '"'));
                refuse(request, response, 401, "unauthorized", nobody.detail());
            }
            case Caller caller -> admit(caller, path, request, response, chain, id);
        }
    }

    private void admit(
            Caller caller,
            String path,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            String id)
            throws ServletException, IOException {
        if (Caller.LOCAL.equals(caller) && exposure.isRebound(request.getServerName())) {
            refuse(
                    request,
                    response,
                    421,
                    "unknown_host",
                    "Without a key this machine is asked by its own name, as in http://localhost. Behind a proxy set"
                            + " store.access.open=true.");
        } else if (!allowed(caller, request.getMethod(), path)) {
            caller.asks(request);
            refuse(
                    request,
                    response,
                    403,
                    "forbidden",
                    "The key is not good for this. It would need the scope " + Scope.of(request.getMethod(), path)
                            + ".");
        } else if (withinLimit(caller, request, response)) {
            pass(caller, request, response, chain, id);
        }
    }

    private static boolean mayBeLedToSignIn(HttpServletRequest request, String path) {
        return request.getMethod().equals("GET")
                && !path.startsWith("/actuator")
                && ProblemPages.wanted(request.getHeader("Accept"));
    }

    private static String target(HttpServletRequest request) {
        return request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
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
        return OPEN.contains(path) || path.startsWith("/actuator/health");
    }

    private static boolean allowed(Caller caller, String method, String path) {
        return caller.may(Scope.of(method, path));
    }

    private Asker asker(HttpServletRequest request) {
        var shown = request.getHeader("Authorization");
        if (shown == null || !shown.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return exposure.needsKeys() ? signedIn(request) : Caller.LOCAL;
        }
        var key = shown.substring(7).strip();
        return tokens.mayBe(key) ? byToken(key) : byKey(key);
    }

    /** A browser shows its session by itself, so for a change it has to say too that a page of ours asks for it. */
    private Asker signedIn(HttpServletRequest request) {
        var nobody = new Asker.Nobody(null, "Send a key: Authorization: Bearer nk_…");
        if (!SAFE.contains(request.getMethod()) && !SecurityHeaders.isOwn(request)) {
            return nobody;
        }
        try {
            return sessions.caller(request).<Asker>map(caller -> caller).orElse(nobody);
        } catch (DataAccessException | TransactionException ex) {
            return NO_DATABASE;
        }
    }

    private Asker byKey(String key) {
        var scope = exposure.scopeOf(key);
        if (scope != null) {
            return new Caller(scope + " key", EnumSet.of(scope), false);
        }
        try {
            return keys.find(key)
                    .<Asker>map(found -> new Caller(found.name() + " (" + found.id() + ")", found.scopes(), false))
                    .orElse(new Asker.Nobody("invalid_token", "No such key, or no longer."));
        } catch (DataAccessException | TransactionException ex) {
            return NO_DATABASE;
        }
    }

    private Asker byToken(String token) {
        return switch (tokens.judge(token)) {
            case AccessTokens.Verdict.Accepted it -> new Caller(it.subject() + " (token)", it.scopes(), false);
            case AccessTokens.Verdict.Refused it ->
                new Asker.Nobody("invalid_token", "The token is not good: " + it.reason());
            case AccessTokens.Verdict.Unknown _ ->
                new Asker.Unclear(
                        "provider_unavailable", "The provider of the token does not answer. Try again in a moment.");
        };
    }

    private boolean withinLimit(Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (caller.equals(Caller.LOCAL)) {
            return true;
        }
        long wait = limit.take(caller.name() + " " + request.getRemoteAddr(), System.nanoTime());
        if (wait > 0) {
            response.setHeader("Retry-After", String.valueOf(wait));
            refuse(request, response, 429, "too_many_requests", "More requests than a minute may have.");
        }
        return wait == 0;
    }

    private void pass(
            Caller caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain, String id)
            throws ServletException, IOException {
        caller.asks(request);
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

    private void note(Caller caller, HttpServletRequest request, int status, String id) {
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

    private void refuse(
            HttpServletRequest request, HttpServletResponse response, int status, String code, String detail)
            throws IOException {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), detail);
        problem.setType(Problems.type(code));
        problems.write(problem, request, response);
    }
}
