package newswire.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measures Newswire from outside. Everything stays on loopback and ends by itself. */
@Command(
        name = "bench",
        description = "Feed farm and measurements of Newswire.",
        mixinStandardHelpOptions = true,
        subcommands = {
            FarmCommand.class,
            PolitenessCommand.class,
            MischiefCommand.class,
            ThroughputCommand.class,
            HeapCommand.class,
            ScheduleCommand.class,
            DeadHostsCommand.class,
            NormalizeCommand.class,
            LedgerCommand.class,
            HotFeedCommand.class,
            FanOutCommand.class,
            LoadCommand.class,
            SearchCommand.class
        })
public final class BenchApplication {
    private BenchApplication() {}

    /** Runs one measurement. */
    public static void main(String... args) {
        System.exit(line().execute(args));
    }

    static CommandLine line() {
        return new CommandLine(new BenchApplication());
    }
}
