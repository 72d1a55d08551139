package newswire.fetcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Says to everybody exactly the bytes that it was told, whether HTTP or not, and closes. */
final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile byte[] answer = new byte[0];
    private volatile boolean hang;
    private volatile boolean drip;

    RawServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        Thread.ofVirtual().start(this::serve);
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
    }

    void answer(byte[] bytes) {
        answer = bytes.clone();
    }

    void answer(String text) {
        answer = text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Answers and then neither says more nor closes. */
    void hang() {
        hang = true;
    }

    /** Answers, and then says one byte more ten times a second. */
    void drip() {
        drip = true;
    }

    /** The heads of all requests. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException ex) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try {
            asked.add(head(client.getInputStream()));
            client.getOutputStream().write(answer);
            client.getOutputStream().flush();
            while (drip) {
                client.getOutputStream().write('x');
                client.getOutputStream().flush();
                LockSupport.parkNanos(100_000_000);
            }
            if (!hang) {
                client.close();
            }
        } catch (IOException ex) {
            // the client has seen enough
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        for (int c = in.read(); c >= 0 && head.indexOf("\r\n\r\n") < 0; c = in.read()) {
            head.append((char) c);
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
