package newswire.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** A client of the stream of changes, which notes when each change came. */
final class StreamReader implements AutoCloseable {
    private static final String CHANGE = "data: {\"type\":\"published\",\"id\":\"";
    private static final int ID = 36;

    private final Socket socket;
    private final Map<String, Integer> numbers;
    private final AtomicLongArray came;
    private final AtomicInteger lines = new AtomicInteger();
    private volatile boolean closed;

    /**
     * Connects.
     *
     * @param numbers of the articles by their ids
     */
    StreamReader(int port, Map<String, Integer> numbers) throws IOException {
        this.numbers = numbers;
        this.came = new AtomicLongArray(numbers.size());
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write("GET /api/changes/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (var in = new BufferedInputStream(socket.getInputStream(), 1 << 16)) {
            for (var start = line(in); start != null; start = line(in)) {
                lines.incrementAndGet();
                if (start.startsWith(CHANGE)) {
                    var number = numbers.get(start.substring(CHANGE.length(), CHANGE.length() + ID));
                    if (number != null) {
                        came.compareAndSet(number, 0, System.nanoTime());
                    }
                }
            }
        } catch (IOException ex) {
            if (!closed) {
                throw new UncheckedIOException(ex);
            }
        }
    }

    /** The first characters of the next line; nothing at the end. */
    private static @Nullable String line(InputStream in) throws IOException {
        var start = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (start.length() < CHANGE.length() + ID) {
                start.append((char) next);
            }
        }
        return start.toString();
    }

    boolean isOpen() {
        return lines.get() > 0;
    }

    /** When an article came by {@link System#nanoTime()}; 0 = not yet. */
    long came(int number) {
        return came.get(number);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
    }
}
