package newswire.store;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is answered where nothing else had an answer. */
@RestController
class ErrorController implements org.springframework.boot.webmvc.error.ErrorController {
    @RequestMapping("/error")
    ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.resolve(code)
                : null;
        var known = status == null ? HttpStatus.NOT_FOUND : status;
        var problem = ProblemDetail.forStatusAndDetail(
                known,
                known.is5xxServerError()
                        ? "Something went wrong here. The log says what, under the request's id."
                        : "There is nothing here that fits the request.");
        problem.setType(Problems.type(known.name().toLowerCase(Locale.ROOT)));
        return ResponseEntity.status(known).body(problem);
    }
}
