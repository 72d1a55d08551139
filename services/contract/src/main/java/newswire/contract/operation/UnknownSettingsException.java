package newswire.contract.operation;

import java.io.Serial;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Settings that nothing reads. Their values may be secret, and are not told. */
final class UnknownSettingsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    UnknownSettingsException(List<Unknown> unknown) {
        super(unknown.stream().map(Unknown::told).collect(Collectors.joining("\n")));
    }

    /**
     * One of them.
     *
     * @param source where it was set, in Spring's words
     * @param nearest what was probably meant
     */
    record Unknown(String name, String source, Optional<String> nearest) {
        String told() {
            return "Nothing reads the setting '" + name + "' (from " + source + ")."
                    + nearest.map(meant -> " Did you mean '" + meant + "'?").orElse("");
        }
    }

    /** Registered in {@code META-INF/spring.factories}. */
    static final class Analyzer extends AbstractFailureAnalyzer<UnknownSettingsException> {
        @Override
        protected FailureAnalysis analyze(Throwable root, UnknownSettingsException failure) {
            return new FailureAnalysis(
                    String.valueOf(failure.getMessage()),
                    "Correct or remove it. docs/configuration.md has every setting.",
                    failure);
        }
    }
}
