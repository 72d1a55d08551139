package newswire.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishers that are no more, each a scope of its own: a third takes a request and never answers, a third refuses the
 * connection, and a third does not even answer its first packet.
 */
final class DeadHosts implements AutoCloseable {
    private static final int CLOSED_PORT = 1;

    private final HttpServer silent;
    private final List<ServerSocket> full = new ArrayList<>();
    private final List<String> urls = new ArrayList<>();

    /**
     * Is dead at once.
     *
     * @param patience longer than any client's
     */
    DeadHosts(int count, Duration patience) {
        silent = HttpServer.start(0, count / 3, exchange -> {
            Farm.pause(patience);
            exchange.reset();
        });
        silent.ports().forEach(port -> urls.add("http://127.0.0.1:" + port + "/feed"));
        for (int n = 0; n < count / 3; n++) {
            // Nobody listens at these addresses, which are this machine all the same.
            urls.add("http://127.1." + n / 250 + "." + (n % 250 + 1) + ":" + CLOSED_PORT + "/feed");
        }
        try {
            while (urls.size() < count) {
                urls.add("http://127.0.0.1:" + blackHole() + "/feed");
            }
        } catch (IOException ex) {
            close();
            throw new UncheckedIOException("no more sockets", ex);
        }
    }

    List<String> urls() {
        return List.copyOf(urls);
    }

    /** A listener whose queue is full has further packets dropped; who waits in it may have gone away. */
    private int blackHole() throws IOException {
        var listener = new ServerSocket();
        full.add(listener);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        for (int n = 0; n < 2; n++) {
            try (var waiting = new Socket()) {
                waiting.connect(listener.getLocalSocketAddress(), 1_000);
            }
        }
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        silent.close();
        full.forEach(HttpServer::quietly);
    }
}
