package newswire.store;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The store cannot start, and a person can do something about it: printed as what and what to do, without a stack trace. */
final class StartFailure extends RuntimeException {
    private final String action;

    StartFailure(String description, String action) {
        super(description);
        this.action = action;
    }

    /** Registered in {@code META-INF/spring.factories}. */
    static final class Analyzer extends AbstractFailureAnalyzer<StartFailure> {
        @Override
        protected FailureAnalysis analyze(Throwable root, StartFailure failure) {
            return new FailureAnalysis(String.valueOf(failure.getMessage()), failure.action, failure);
        }
    }
}
