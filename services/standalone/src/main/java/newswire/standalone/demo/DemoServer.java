package newswire.standalone.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Serves the publishers of the demo, each at a port of its own, because a port is what tells publishers apart on loopback. */
public final class DemoServer implements AutoCloseable {
    private static final int FIRST_PORT = 8090;

    /** What services need to be told so that they read these feeds, and see something new every few seconds. */
    public static final List<String> SETTINGS = List.of(
            "--fetcher.allowed-addresses=127.0.0.0/8",
            "--fetcher.poll.default-interval=4s",
            "--fetcher.poll.floor=3s",
            "--fetcher.poll.invited-floor=3s",
            "--fetcher.poll.ceiling=8s",
            "--fetcher.poll.sleep=15s",
            "--fetcher.host.spacing=500ms",
            "--normalizer.revision-spacing=1s");

    private final List<Site> sites = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final InetAddress address;
    private final String host;

    private DemoServer(InetAddress address, String host) {
        this.address = address;
        this.host = host;
    }

    private record Site(Publisher publisher, HttpServer server, String root) {}

    /** Starts to serve this machine, at ports from 8090 on or, where those are taken, any that are free. */
    public static DemoServer start() {
        return start(InetAddress.getLoopbackAddress(), "127.0.0.1");
    }

    /**
     * Starts to serve others, at ports from 8090 on or, where those are taken, any that are free.
     *
     * @param address to listen at
     * @param host by which others reach it
     */
    public static DemoServer start(InetAddress address, String host) {
        var demo = new DemoServer(address, host);
        var publishers = List.of(
                new WordPress(),
                new AtomGazette(),
                new JsonTagblatt(),
                new RdfCourrier(),
                new KoreanIlbo(),
                new BrokenFaro());
        int port = FIRST_PORT;
        for (var publisher : publishers) {
            demo.serve(publisher, port++);
        }
        return demo;
    }

    private void serve(Publisher publisher, int preferredPort) {
        var server = server(preferredPort);
        var root = "http://%s:%d/".formatted(host, server.getAddress().getPort());
        sites.add(new Site(publisher, server, root));
        server.createContext("/", new SiteHandler(publisher, root, InstantSource.system()));
        server.setExecutor(threads);
        server.start();
    }

    private HttpServer server(int preferredPort) {
        try {
            return listening(preferredPort);
        } catch (IOException _) { // taken
            try {
                return listening(0);
            } catch (IOException ex) {
                throw new UncheckedIOException("no free port for the demo", ex);
            }
        }
    }

    private HttpServer listening(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(address, port), 0);
    }

    /** The subscription list with all of its feeds. */
    public String opml() {
        var outlines = sites.stream()
                .map(site -> "    <outline type=\"rss\" text=\"%s\" xmlUrl=\"%s\"/>%n"
                        .formatted(
                                Markup.escaped(site.publisher().title()),
                                site.root() + site.publisher().path()))
                .collect(Collectors.joining());
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <opml version="2.0">
                  <head><title>Newswire demo</title></head>
                  <body>
                %s  </body>
                </opml>
                """.formatted(outlines);
    }

    @Override
    public void close() {
        sites.forEach(site -> site.server().stop(0));
        threads.shutdownNow();
    }
}
