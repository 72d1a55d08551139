package newswire.store;

import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.kafka.KafkaException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Every error as an RFC 9457 problem of a stable type, or as a page for who would rather have that. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler implements ResponseBodyAdvice<Object> {
    private final ProblemPages pages;

    Problems(ProblemPages pages) {
        this.pages = pages;
    }

    /** The type that goes with a stable code. */
    static URI type(String code) {
        return URI.create("urn:newswire:problem:" + code);
    }

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    /** Writes the page itself where a page is wanted. */
    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (!(body instanceof ProblemDetail problem)
                || !ProblemPages.wanted(request.getHeaders().getFirst(HttpHeaders.ACCEPT))
                || !(request instanceof ServletServerHttpRequest servlet)) {
            return body;
        }
        response.getHeaders().setContentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
        try {
            response.getBody()
                    .write(pages.html(problem, servlet.getServletRequest()).getBytes(StandardCharsets.UTF_8));
            return null;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The database is away; what comes in meanwhile waits on the topic. */
    @ExceptionHandler({DataAccessException.class, CannotCreateTransactionException.class})
    ResponseEntity<ProblemDetail> noDatabase(Exception ex) {
        if (SqlFault.inData(ex)) {
            var problem = ProblemDetail.forStatusAndDetail(
                    HttpStatus.BAD_REQUEST, "The request has a value that the database does not take.");
            problem.setType(type("bad_request"));
            return ResponseEntity.badRequest().body(problem);
        }
        logger.warn("Database did not answer a request: " + ex.getMessage());
        return unavailable("database_unavailable", "The database does not answer. Try again in a moment.");
    }

    /** The broker is away. */
    @ExceptionHandler(KafkaException.class)
    ResponseEntity<ProblemDetail> noBroker(KafkaException ex) {
        logger.warn("Broker did not confirm a change: " + ex.getMessage());
        return unavailable(
                "broker_unavailable", "Kafka does not answer, so nothing was changed. Try again in a moment.");
    }

    /** The tables lag. */
    @ExceptionHandler(Projection.BehindException.class)
    ResponseEntity<ProblemDetail> behind(Projection.BehindException ex) {
        logger.warn("Change refused: " + ex.getMessage());
        return unavailable("projection_behind", "The tables still catch up with the topics. Try again in a moment.");
    }

    /** A reader of changes was away for too long. */
    @ExceptionHandler(ChangeTable.ExpiredException.class)
    ResponseEntity<ProblemDetail> expired(ChangeTable.ExpiredException ex) {
        var problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.GONE, "The changes after this cursor are no longer kept. Start again without one.");
        problem.setType(type("cursor_expired"));
        return ResponseEntity.status(HttpStatus.GONE).body(problem);
    }

    @ExceptionHandler(ConstraintViolationException.class)
    ResponseEntity<ProblemDetail> violated(ConstraintViolationException ex) {
        var problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST, "The request has values that are not allowed.");
        problem.setType(type("bad_request"));
        problem.setProperty(
                "errors",
                ex.getConstraintViolations().stream()
                        .map(violation -> error(last(violation.getPropertyPath().toString()), violation.getMessage()))
                        .toList());
        return ResponseEntity.badRequest().body(problem);
    }

    private static ResponseEntity<ProblemDetail> unavailable(String code, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail);
        problem.setType(type(code));
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "5")
                .body(problem);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception ex, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var response = super.handleExceptionInternal(ex, body, headers, status, request);
        if (response != null && response.getBody() instanceof ProblemDetail problem) {
            complete(problem, status, ex);
        }
        return response;
    }

    private static void complete(ProblemDetail problem, HttpStatusCode status, Exception ex) {
        if (problem.getType() == null || problem.getType().toString().equals("about:blank")) {
            var known = HttpStatus.resolve(status.value());
            problem.setType(type(known == null ? "error" : known.name().toLowerCase(Locale.ROOT)));
        }
        var errors = errors(ex);
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
    }

    private static List<Map<String, String>> errors(Exception ex) {
        return switch (ex) {
            case MethodArgumentNotValidException bad ->
                bad.getFieldErrors().stream()
                        .map(field -> error(
                                field.getField(),
                                field.isBindingFailure()
                                        ? "has the wrong form"
                                        : String.valueOf(field.getDefaultMessage())))
                        .toList();
            case HandlerMethodValidationException bad ->
                bad.getParameterValidationResults().stream()
                        .flatMap(result -> result.getResolvableErrors().stream()
                                .map(found -> error(
                                        String.valueOf(
                                                result.getMethodParameter().getParameterName()),
                                        String.valueOf(found.getDefaultMessage()))))
                        .toList();
            case MethodArgumentTypeMismatchException bad ->
                List.of(error(bad.getName(), "cannot be read as " + typeName(bad.getRequiredType())));
            case HttpMessageNotReadableException bad
            when bad.getCause() instanceof DatabindException cause -> List.of(error(path(cause), reason(cause)));
            default -> List.of();
        };
    }

    private static String path(DatabindException ex) {
        return ex.getPath().stream()
                .map(step -> step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName())
                .collect(Collectors.joining("."));
    }

    private static String reason(DatabindException ex) {
        return ex instanceof UnrecognizedPropertyException
                ? "is not a property that is known here"
                : "has the wrong type";
    }

    private static String typeName(@Nullable Class<?> type) {
        return type == null
                ? "what is wanted"
                : switch (type.getSimpleName()) {
                    case "Instant" -> "an RFC 3339 instant, as in 2026-01-31T08:00:00Z";
                    case "int", "Integer" -> "a whole number";
                    default -> type.getSimpleName();
                };
    }

    private static Map<String, String> error(String field, String detail) {
        return Map.of("field", field, "detail", detail);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
