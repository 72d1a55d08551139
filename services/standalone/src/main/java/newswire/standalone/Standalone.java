package newswire.standalone;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;

/** The command line: {@code newswire} runs everything, {@code newswire normalize} only reads feed documents, {@code newswire replay} has them read again. */
public final class Standalone {
    private Standalone() {}

    /** Does not return before everything has stopped. */
    public static void main(String... args) {
        int status = commandLine().execute(args);
        System.exit(status);
    }

    static CommandLine commandLine() {
        return new CommandLine(new RunCommand())
                .addSubcommand(new NormalizeCommand())
                .addSubcommand(new ReplayCommand())
                .addSubcommand(new RebuildCommand())
                .addSubcommand(new KeyCommand())
                .addSubcommand(new DemoFeedsCommand())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Standalone::explain);
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof StartupException known) {
            command.getErr().println("newswire: " + known.getMessage());
            return known.exitCode();
        }
        throw failure;
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Standalone.class.getPackage().getImplementationVersion();
            return new String[] {"Newswire " + (version == null ? "(not built)" : version)};
        }
    }
}
