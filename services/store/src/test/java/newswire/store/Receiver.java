package newswire.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import newswire.contract.kafka.Encoding;
import tools.jackson.databind.JsonNode;

/** A program that webhooks call: keeps what it is sent, and answers as it is told to. */
final class Receiver implements AutoCloseable {
    /** Never answers. */
    static final int SILENCE = -1;

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile IntUnaryOperator answers = _ -> 204;

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    /**
     * A request.
     *
     * @param status that it was answered with
     */
    record Call(String id, long timestamp, String signature, String body, int status) {
        JsonNode json() {
            return Encoding.json().readTree(body);
        }

        /** As in {@code article.updated 2.0}. */
        String what() {
            return json().path("type").asString()
                    + json().at("/data/version").asString("").replaceFirst("^", " ");
        }

        String article() {
            return json().at("/data/id").asString();
        }

        /** Judges the signature by the specification's words, with nothing of the code that made it. */
        boolean isSignedWith(String secret) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(
                        Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
                mac.update(id.getBytes(StandardCharsets.UTF_8));
                mac.update((byte) '.');
                mac.update(Long.toString(timestamp).getBytes(StandardCharsets.UTF_8));
                mac.update((byte) '.');
                mac.update(body.getBytes(StandardCharsets.UTF_8));
                var expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal());
                return Arrays.asList(signature.split(" ", -1)).contains(expected);
            } catch (GeneralSecurityException ex) {
                throw new IllegalStateException(ex);
            }
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int number = calls.size();
        int status = answers.applyAsInt(number);
        var headers = exchange.getRequestHeaders();
        calls.add(new Call(
                headers.getFirst("webhook-id"),
                Long.parseLong(headers.getFirst("webhook-timestamp")),
                headers.getFirst("webhook-signature"),
                body,
                status));
        if (status == SILENCE) {
            wait(closed);
        } else {
            exchange.sendResponseHeaders(status, -1);
        }
        exchange.close();
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Chooses the answer by how many calls there were before. */
    void answer(IntUnaryOperator status) {
        answers = status;
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    List<Call> accepted() {
        return calls.stream().filter(call -> call.status() == 204).toList();
    }

    /** What each accepted call told, as in {@code 0123… article.updated 2.0}. */
    List<String> told() {
        return accepted().stream()
                .map(call -> call.article() + " " + call.what())
                .toList();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
