package newswire.fetcher;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where hubs call. Everybody can reach it: it says nothing but a status, and to who knows a callback its challenge. */
@RestController
@ConditionalOnProperty("fetcher.websub.callback")
@RequestMapping(Callbacks.PATH + "/{feed}/{partition}/{id}")
class WebSubController {
    private static final MediaType PLAIN = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.US_ASCII);

    private final PushIntake intake;

    WebSubController(PushIntake intake) {
        this.intake = intake;
    }

    @GetMapping
    ResponseEntity<String> ask(
            @PathVariable String feed,
            @PathVariable String partition,
            @PathVariable String id,
            @RequestParam(name = "hub.mode", required = false) @Nullable String mode,
            @RequestParam(name = "hub.topic", required = false) @Nullable String topic,
            @RequestParam(name = "hub.challenge", required = false) @Nullable String challenge,
            @RequestParam(name = "hub.lease_seconds", required = false) @Nullable String lease,
            @RequestParam(name = "hub.reason", required = false) @Nullable String reason) {
        var question = new PushIntake.Question(mode, topic, challenge, lease, reason);
        return response(intake.ask(intake.callback(feed, partition, id), question));
    }

    /** Reads the body itself: nothing of an unbounded size is put into memory. */
    @PostMapping
    ResponseEntity<String> push(
            @PathVariable String feed,
            @PathVariable String partition,
            @PathVariable String id,
            HttpServletRequest request)
            throws IOException {
        return response(intake.push(
                intake.callback(feed, partition, id),
                request.getHeader("X-Hub-Signature"),
                request.getContentType(),
                request.getHeader("Content-Encoding"),
                request.getInputStream()));
    }

    private static ResponseEntity<String> response(PushIntake.Reply reply) {
        var response = ResponseEntity.status(reply.status())
                .contentType(PLAIN)
                .cacheControl(CacheControl.noStore())
                .header("X-Content-Type-Options", "nosniff");
        if (reply.status() == 429 || reply.status() == 503) {
            response.header("Retry-After", "60");
        }
        return response.body(reply.text());
    }
}
