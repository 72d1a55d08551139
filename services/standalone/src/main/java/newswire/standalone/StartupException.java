package newswire.standalone;

import java.io.Serial;

/** Says, in words for the person at the terminal, why the start or the stop did not work. */
final class StartupException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int exitCode;

    StartupException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    StartupException(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = ExitCode.FAILED;
    }

    int exitCode() {
        return exitCode;
    }
}
