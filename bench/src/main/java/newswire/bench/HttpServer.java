package newswire.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * HTTP/1.1 on loopback that lets its handler send what it wants, one virtual thread a connection. Every port is a
 * publisher scope of its own.
 */
final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int IDLE_MILLIS = 60_000;

    private final Handler handler;
    private final List<ServerSocket> listeners = new ArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private HttpServer(Handler handler) {
        this.handler = handler;
    }

    /**
     * Listens at once.
     *
     * @param firstPort 0 = any free ports
     * @param ports how many, in a row unless they are any
     */
    static HttpServer start(int firstPort, int ports, Handler handler) {
        var server = new HttpServer(handler);
        try {
            for (int n = 0; n < ports; n++) {
                var listener = new ServerSocket();
                listener.setReuseAddress(true);
                server.listeners.add(listener);
                int port = firstPort == 0 ? 0 : firstPort + n;
                listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
                Thread.ofVirtual().start(() -> server.accept(listener));
            }
        } catch (IOException ex) {
            server.close();
            throw new UncheckedIOException("cannot listen from port " + firstPort, ex);
        }
        return server;
    }

    List<Integer> ports() {
        return listeners.stream().map(ServerSocket::getLocalPort).toList();
    }

    @Override
    public void close() {
        listeners.forEach(HttpServer::quietly);
        open.forEach(HttpServer::quietly);
    }

    private void accept(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException ex) {
                Thread.onSpinWait(); // closed, or the client went away before it was accepted
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(IDLE_MILLIS);
            var in = new BufferedInputStream(socket.getInputStream());
            var out = new BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
            boolean more = true;
            while (more) {
                var request = HttpRequest.read(in);
                more = request != null && exchange(request, socket, out);
            }
        } catch (IOException ex) {
            // The client is free to go away in the middle.
            return;
        } finally {
            open.remove(socket);
        }
    }

    private boolean exchange(HttpRequest request, Socket socket, BufferedOutputStream out) throws IOException {
        var exchange = new Exchange(request, socket, out);
        handler.on(exchange);
        return exchange.reusable() && !request.header("connection").equalsIgnoreCase("close");
    }

    static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception ex) { // the bulkhead: one socket must not keep the others open
            return;
        }
    }

    /** Answers requests, many at a time. */
    interface Handler {
        void on(Exchange exchange) throws IOException;
    }
}
