package newswire.standalone;

import java.net.InetAddress;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import newswire.standalone.demo.DemoServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code newswire demo-feeds}: the publishers of the demo alone, for a Newswire that runs elsewhere, as in containers. */
@Command(
        name = "demo-feeds",
        mixinStandardHelpOptions = true,
        versionProvider = Standalone.Version.class,
        sortOptions = false,
        description = {
            "Serves the six made-up feeds of --demo and nothing else, until Ctrl-C; prints them as OPML.",
            "That Newswire has to be allowed to poll this machine: fetcher.allowed-addresses.",
            ""
        })
final class DemoFeedsCommand implements Callable<Integer> {
    @Option(names = "--address", paramLabel = "IP", description = "Address to listen at. Default: 127.0.0.1.")
    private InetAddress address = InetAddress.getLoopbackAddress();

    @Option(names = "--host", paramLabel = "NAME", description = "By which it is reached. Default: 127.0.0.1.")
    private String host = "127.0.0.1";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try (var demo = DemoServer.start(address, host)) {
            var out =
                    Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
            out.println(demo.opml());
            new CountDownLatch(1).await(); // a signal ends the process, not this
            return ExitCode.OK;
        }
    }
}
