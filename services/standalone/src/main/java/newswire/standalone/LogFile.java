package newswire.standalone;

import java.nio.file.Path;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Where the log goes. Without it, warnings go to the terminal and the rest nowhere. */
final class LogFile {
    private LogFile() {}

    /** Has to come before the first logger: Logback reads these when it starts. */
    static void use(Path file) {
        System.setProperty("newswire.log", file.toString());
        System.setProperty("logback.configurationFile", "standalone-logback.xml");
        // Three services would each set the one logging system up again.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
