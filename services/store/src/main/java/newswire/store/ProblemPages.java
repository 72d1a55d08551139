package newswire.store;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Problems as pages, for those who would rather read than parse. */
@Component
class ProblemPages {
    private final Templates templates;

    ProblemPages(Templates templates) {
        this.templates = templates;
    }

    /** A problem, as its template wants it. */
    record ProblemPage(Shell shell, int status, String detail, List<String> errors) {
        ProblemPage {
            errors = List.copyOf(errors);
        }
    }

    /** Whether a request wants a page before anything else, as browsers do. */
    static boolean wanted(@Nullable String accept) {
        try {
            return MediaType.parseMediaTypes(accept).stream()
                    .max(Comparator.comparingDouble(MediaType::getQualityValue))
                    .filter(MediaType.TEXT_HTML::equalsTypeAndSubtype)
                    .isPresent();
        } catch (InvalidMediaTypeException ex) {
            return false;
        }
    }

    String html(ProblemDetail problem, HttpServletRequest request) {
        var status = HttpStatus.resolve(problem.getStatus());
        var title = status == null ? "Problem" : status.getReasonPhrase();
        var detail = problem.getDetail();
        return templates.html(
                "problem",
                new ProblemPage(
                        Shell.of(title, "", request),
                        problem.getStatus(),
                        detail == null ? "That did not work." : detail,
                        errors(problem)));
    }

    private static List<String> errors(ProblemDetail problem) {
        var properties = problem.getProperties();
        return properties != null && properties.get("errors") instanceof List<?> errors
                ? errors.stream()
                        .filter(Map.class::isInstance)
                        .map(Map.class::cast)
                        .map(error -> error.get("field") + " " + error.get("detail"))
                        .toList()
                : List.of();
    }

    /** Answers a request outside of Spring MVC. */
    void write(ProblemDetail problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean page = wanted(request.getHeader("Accept"));
        response.setStatus(problem.getStatus());
        response.setContentType(page ? MediaType.TEXT_HTML_VALUE : MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(page ? html(problem, request) : json(problem));
    }

    private static String json(ProblemDetail problem) {
        var json = Encoding.json().createObjectNode();
        json.put("type", String.valueOf(problem.getType()))
                .put("title", problem.getTitle())
                .put("status", problem.getStatus())
                .put("detail", problem.getDetail());
        return json.toString();
    }
}
