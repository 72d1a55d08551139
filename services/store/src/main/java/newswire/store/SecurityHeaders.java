package newswire.store;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells browsers to trust nothing but our own files, for what feeds bring is hostile; and takes no changes that another
 * site's page makes a browser ask for.
 */
@Component
@Order(1)
class SecurityHeaders extends OncePerRequestFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> FILES = Set.of("/newswire.css", "/newswire.js", "/icon.svg");

    private final ProblemPages problems;

    SecurityHeaders(ProblemPages problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                        + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        if (!FILES.contains(request.getRequestURI())) {
            response.setHeader("Cache-Control", "private, no-cache");
        }
        if (!SAFE.contains(request.getMethod()) && isForeign(request)) {
            var problem = ProblemDetail.forStatusAndDetail(
                    HttpStatus.FORBIDDEN, "The page of another site may not change anything here.");
            problem.setType(Problems.type("cross_site"));
            problems.write(problem, request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    /**
     * Whether another site's page asks. Where the connection is neither encrypted nor to this machine, browsers tell the origin
     * only; programs tell neither.
     */
    private static boolean isForeign(HttpServletRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        var origin = request.getHeader("Origin");
        return origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(request.getHeader("Host"));
    }

    /** Whether a browser says that a page of ours asks, or its user. */
    static boolean isOwn(HttpServletRequest request) {
        return (request.getHeader("Sec-Fetch-Site") != null || request.getHeader("Origin") != null)
                && !isForeign(request);
    }
}
