package newswire.store;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A request that is answered with an RFC 9457 problem. */
final class Refusal extends ErrorResponseException {
    private Refusal(HttpStatus status, ProblemDetail problem) {
        super(status, problem, null);
    }

    static Refusal notFound(String what, UUID id) {
        return refusal(HttpStatus.NOT_FOUND, "not_found", "There is no " + what + " " + id + ".");
    }

    static Refusal tooLarge(String detail) {
        return refusal(HttpStatus.CONTENT_TOO_LARGE, "too_large", detail);
    }

    static Refusal unprocessable(String code, String detail) {
        return refusal(HttpStatus.UNPROCESSABLE_CONTENT, code, detail);
    }

    static Refusal notFound(String what) {
        return refusal(HttpStatus.NOT_FOUND, "not_found", "There is no " + what + ".");
    }

    static Refusal conflict(String code, String detail) {
        return refusal(HttpStatus.CONFLICT, code, detail);
    }

    static Refusal preconditionFailed(String detail) {
        return refusal(HttpStatus.PRECONDITION_FAILED, "precondition_failed", detail);
    }

    static Refusal gone(String code, String detail) {
        return refusal(HttpStatus.GONE, code, detail);
    }

    static Refusal tooMany(String detail) {
        return refusal(HttpStatus.SERVICE_UNAVAILABLE, "too_many_clients", detail);
    }

    static Refusal badField(String field, String detail) {
        var refusal = refusal(HttpStatus.BAD_REQUEST, "bad_request", field + " " + detail);
        refusal.getBody().setProperty("errors", List.of(Map.of("detail", detail, "field", field)));
        return refusal;
    }

    private static Refusal refusal(HttpStatus status, String code, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(Problems.type(code));
        return new Refusal(status, problem);
    }
}
