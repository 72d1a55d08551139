package newswire.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Changes as Server-Sent Events. One thread follows the database for all clients; a client costs its thread and its
 * socket. What it missed while it was away is read for it by pages, some clients at a time.
 */
@Component
class ChangeStream implements InitializingBean, ApplicationListener<ContextClosedEvent> {
    private static final Logger log = LoggerFactory.getLogger(ChangeStream.class);
    private static final int PAGE = 100;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final int RELEASE_EVERY = 5;
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration SLOW_AGAIN = Duration.ofSeconds(30);

    private final ChangeTable table;
    private final StoreProperties.Changes properties;
    private final ChangeLog changes;
    private final AtomicInteger clients = new AtomicInteger();
    private final Semaphore catchingUp = new Semaphore(4);
    private volatile boolean closed;

    ChangeStream(ChangeTable table, StoreProperties properties) {
        this.table = table;
        this.properties = properties.changes();
        this.changes = new ChangeLog(properties.changes().buffer().toBytes());
    }

    @Override
    public void afterPropertiesSet() {
        Thread.ofVirtual().name("changes").start(this::follow);
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        closed = true;
        changes.restart(ChangeCursor.BEGINNING); // wakes the clients' threads
    }

    /** A place for one more client, or false if there are as many as may be. */
    boolean enter() {
        if (clients.incrementAndGet() <= properties.clients()) {
            return true;
        }
        clients.decrementAndGet();
        return false;
    }

    void leave() {
        clients.decrementAndGet();
    }

    private void follow() {
        @Nullable ChangeCursor at = null;
        for (long turn = 0; !closed; turn++) {
            try {
                if (turn % RELEASE_EVERY == 0) {
                    table.release();
                }
                if (clients.get() > 0) {
                    at = followed(at);
                } else if (at != null) {
                    changes.stop();
                    at = null;
                }
                LockSupport.parkNanos(properties.pause().toNanos());
            } catch (DataAccessException | TransactionException ex) {
                log.debug("Changes cannot be followed, reason={}", ex.getMessage());
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            } catch (RuntimeException ex) { // the loop: it is the only one that brings changes here
                log.error("Unexpected failure while following the changes", ex);
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            }
        }
    }

    private ChangeCursor followed(@Nullable ChangeCursor before) {
        if (before == null) {
            var end = table.end();
            changes.restart(end);
            return end;
        }
        var page = table.after(before, PAGE);
        changes.append(page, before);
        return page.more() ? followed(page.next()) : page.next();
    }

    /**
     * Sends changes until the client goes, is too slow, or this service ends.
     *
     * @throws IOException if the client has gone
     */
    void serve(ChangeCursor from, OutputStream out) throws IOException, InterruptedException {
        var client = new Client(from, out);
        client.comment("ok");
        try {
            client.run();
        } catch (ChangeTable.ExpiredException ex) {
            client.reset("expired");
        }
    }

    /** One client's place in the sequence. */
    private final class Client {
        private final OutputStream out;
        private ChangeCursor cursor;
        private long overtaken;
        private long blocked;

        Client(ChangeCursor from, OutputStream out) {
            this.cursor = from;
            this.out = out;
        }

        void run() throws IOException, InterruptedException {
            long number = catchUp();
            while (!closed) {
                var batch = changes.from(number, properties.heartbeat());
                if (batch.overtaken()) {
                    if (closed || tooSlow()) {
                        reset(closed ? "closing" : "slow");
                        return;
                    }
                    number = catchUp();
                    continue;
                }
                long begun = System.nanoTime();
                for (var entry : batch.entries()) {
                    send(entry);
                }
                if (batch.entries().isEmpty()) {
                    comment("");
                }
                out.flush();
                blocked = System.nanoTime() - begun;
                number = batch.next();
            }
        }

        /** A burst overtakes everybody, and is caught up with once; who does not take what is sent is too slow. */
        private boolean tooSlow() {
            long now = System.nanoTime();
            boolean again = overtaken != 0 && now - overtaken < SLOW_AGAIN.toNanos();
            overtaken = now;
            return again || blocked > SLOW.toNanos();
        }

        /** Reads what the log does not have; returns the number in the log to go on with. */
        private long catchUp() throws IOException, InterruptedException {
            long number = changes.position(cursor);
            while (number < 0 && !closed) {
                catchingUp.acquire();
                ChangeTable.Page page;
                try {
                    page = table.after(cursor, PAGE);
                } finally {
                    catchingUp.release();
                }
                for (var change : page.changes()) {
                    send(change, change.json().getBytes(StandardCharsets.UTF_8));
                }
                cursor = page.next();
                out.flush();
                if (page.changes().isEmpty()) {
                    LockSupport.parkNanos(properties.pause().toNanos()); // the log is about to start
                }
                number = changes.position(cursor);
            }
            return number;
        }

        private void send(ChangeLog.Entry entry) throws IOException {
            var change = entry.change();
            if (change.offset() < cursor.at(change.partition())) {
                return;
            }
            if (entry.after().covers(cursor)) {
                cursor = entry.after();
                write(entry.text());
            } else {
                send(change, entry.text());
            }
        }

        private void send(ChangeTable.Change change, byte[] text) throws IOException {
            cursor = cursor.to(change.partition(), change.offset() + 1);
            write(text);
        }

        private void write(byte[] text) throws IOException {
            out.write(ascii("id: " + cursor + "\nevent: change\ndata: "));
            out.write(text);
            out.write(ascii("\n\n"));
        }

        void comment(String text) throws IOException {
            out.write(ascii(":" + text + "\n\n"));
            out.flush();
        }

        /** Tells where it was, so that nothing is lost if it goes on by pages or comes again. */
        void reset(String reason) throws IOException {
            out.write(ascii("id: " + cursor + "\nevent: reset\ndata: {\"reason\":\"" + reason + "\",\"next\":\""
                    + cursor + "\"}\n\n"));
            out.flush();
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
