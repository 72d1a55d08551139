package newswire.store;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lets browsers in where keys are asked for. */
@RestController
class SignInController {
    private static final int ATTEMPTS_PER_MINUTE = 10;
    private static final int LONGEST_KEY = 200;

    private final Sessions sessions;
    private final Exposure exposure;
    private final Templates templates;
    private final RateLimit limit = new RateLimit(ATTEMPTS_PER_MINUTE);

    SignInController(Sessions sessions, Exposure exposure, Templates templates) {
        this.sessions = sessions;
        this.exposure = exposure;
        this.templates = templates;
    }

    /**
     * The form.
     *
     * @param to path that was asked for
     * @param refused why the last attempt failed
     */
    record SignInPage(Shell shell, String to, @Nullable String refused) {}

    @GetMapping(path = "/sign-in", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> form(@RequestParam(defaultValue = "/") String to, HttpServletRequest request) {
        return exposure.needsKeys()
                ? page(HttpStatus.OK, to, null, request)
                : seeOther(own(to)).build();
    }

    /** Begins a session; how often one address may try is limited. */
    @PostMapping("/sign-in")
    ResponseEntity<String> signIn(
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "/") String to,
            HttpServletRequest request) {
        long wait = limit.take(request.getRemoteAddr(), System.nanoTime());
        if (wait > 0) {
            return page(
                    HttpStatus.TOO_MANY_REQUESTS, to, "Too many attempts. Try again in " + wait + " seconds.", request);
        }
        return sessions.begin(key.length() > LONGEST_KEY ? "" : key.strip(), request)
                .map(cookie -> seeOther(own(to))
                        .header(HttpHeaders.SET_COOKIE, cookie.toString())
                        .<String>build())
                .orElseGet(() -> page(HttpStatus.FORBIDDEN, to, "This key is not good here.", request));
    }

    @PostMapping("/sign-out")
    ResponseEntity<String> signOut(HttpServletRequest request) {
        return seeOther("/sign-in")
                .header(HttpHeaders.SET_COOKIE, sessions.end(request).toString())
                .build();
    }

    private ResponseEntity<String> page(
            HttpStatus status, String to, @Nullable String refused, HttpServletRequest request) {
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8))
                .body(templates.html("sign-in", new SignInPage(Shell.of("Sign in", "", request), own(to), refused)));
    }

    private static ResponseEntity.BodyBuilder seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(path));
    }

    /** A path here, whatever somebody's link says: nobody is led on to another site. */
    private static String own(String to) {
        return to.matches("/([A-Za-z0-9?][A-Za-z0-9/?&=%._~:@!$'()*+,;-]*)?") ? to : "/";
    }
}
