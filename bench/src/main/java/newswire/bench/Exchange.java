package newswire.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One request and the wire to answer it on, down to the last byte where a feed server wants to lie. */
final class Exchange {
    private final HttpRequest request;
    private final Socket socket;
    private final OutputStream out;
    private boolean reusable = true;

    Exchange(HttpRequest request, Socket socket, OutputStream out) {
        this.request = request;
        this.socket = socket;
        this.out = out;
    }

    HttpRequest request() {
        return request;
    }

    /** The address that was connected to, as {@code 127.0.0.1:8000}. */
    String authority() {
        return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    }

    /** The client's end of the connection, as {@code 127.0.0.1:40000}. */
    String peer() {
        return socket.getInetAddress().getHostAddress() + ":" + socket.getPort();
    }

    boolean reusable() {
        return reusable;
    }

    /** An honest answer. */
    void answer(int status, Map<String, String> headers, byte[] body) throws IOException {
        var head = new StringBuilder("HTTP/1.1 ").append(status).append(" Status\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (status != 304 && status != 204) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        raw(head.append("\r\n").toString());
        if (status != 304 && status != 204 && !request.method().equals("HEAD")) {
            raw(body);
        }
        out.flush();
    }

    /** Sends characters below 256 as they are. */
    void raw(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void raw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    void flush() throws IOException {
        out.flush();
    }

    /** Ends the connection after this answer. */
    void close() throws IOException {
        out.flush();
        reusable = false;
    }

    /** Ends the connection at once with a reset instead of a farewell. */
    void reset() throws IOException {
        reusable = false;
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
