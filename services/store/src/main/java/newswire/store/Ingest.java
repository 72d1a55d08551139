package newswire.store;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.listener.ConsumerSeekAware.ConsumerSeekCallback;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Writes rows and the offsets they come from in one transaction, and reads on from the offsets in the database, never from
 * those at the broker: whatever is killed at whichever moment, each record is in the tables once. A database that was set
 * back to an older state sets its reader back as well.
 */
@Component
class Ingest implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(Ingest.class);
    private static final long NOTHING = Long.MAX_VALUE;

    private final IngestOffsets offsets;
    private final TransactionTemplate transaction;
    private final Map<TopicPartition, Owned> owned = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Ingest(IngestOffsets offsets, TransactionTemplate transaction) {
        this.offsets = offsets;
        this.transaction = transaction;
    }

    /** Where a batch goes. */
    interface Target {

        /** Writes rows, within a transaction; what it returns runs once they are committed. */
        Runnable write(List<Incoming> records);

        /** Puts one record aside that the database will never take. */
        void refuse(Incoming record, DataAccessException failure);
    }

    /** A partition of this process. Only the consumer's own thread may write it. */
    private record Owned(long next, long epoch, Thread thread, ConsumerSeekCallback consumer) {
        Owned at(long offset) {
            return new Owned(offset, epoch, thread, consumer);
        }
    }

    /** Takes partitions over and goes to where the tables are. Waits for the database as long as it takes. */
    void assigned(Collection<TopicPartition> partitions, ConsumerSeekCallback consumer) {
        for (var partition : partitions) {
            var claim = claim(partition);
            owned.put(partition, new Owned(claim.next(), claim.epoch(), Thread.currentThread(), consumer));
            consumer.seek(partition.topic(), partition.partition(), claim.next());
        }
    }

    private IngestOffsets.Claim claim(TopicPartition partition) {
        var patience = new ExponentialBackOff(500, 2);
        patience.setMaxInterval(10_000);
        var pauses = patience.start();
        while (true) {
            try {
                return offsets.claim(partition);
            } catch (DataAccessException ex) {
                if (closed) {
                    throw ex;
                }
                log.warn("Waiting for the database, partition={} reason={}", partition, ex.getMessage());
                pause(pauses.nextBackOff());
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", ex);
        }
    }

    /** Forgets partitions that others read from now on. */
    void revoked(Collection<TopicPartition> partitions) {
        for (var partition : partitions) {
            owned.computeIfPresent(partition, (_, was) -> was.thread() == Thread.currentThread() ? null : was);
        }
    }

    /** Saves positions that no record stands for: behind what transactions and compaction leave. */
    void idle(Map<TopicPartition, Long> positions) {
        positions.forEach((partition, position) -> {
            var mine = mine(partition);
            if (mine != null && position > mine.next()) {
                offsets.advance(partition, mine.epoch(), position);
                owned.replace(partition, mine, mine.at(position));
            }
        });
    }

    /**
     * Writes a batch. A record that the database will never take is put aside alone: the batch is halved until it is found.
     *
     * @throws DataAccessException if the database is at fault; then the batch is to be delivered again
     */
    void save(List<Incoming> batch, Target target) {
        try {
            commit(batch, target::write);
        } catch (DataAccessException ex) {
            if (!SqlFault.inData(ex)) {
                throw ex;
            }
            if (batch.size() == 1) {
                target.refuse(batch.getFirst(), ex);
                commit(batch, _ -> () -> {});
            } else {
                save(batch.subList(0, batch.size() / 2), target);
                save(batch.subList(batch.size() / 2, batch.size()), target);
            }
        }
    }

    private void commit(List<Incoming> batch, Function<List<Incoming>, Runnable> write) {
        var reached = new HashMap<TopicPartition, Owned>();
        var committed = transaction.execute(_ -> {
            var fresh = fresh(batch);
            var after = write.apply(fresh);
            for (var record : fresh) {
                var mine = mine(record.partition());
                if (mine != null) {
                    reached.put(record.partition(), mine.at(record.offset() + 1));
                }
            }
            reached.forEach((partition, now) -> offsets.advance(partition, now.epoch(), now.next()));
            return after;
        });
        reached.forEach((partition, now) ->
                owned.computeIfPresent(partition, (_, was) -> was.epoch() == now.epoch() ? now : was));
        if (committed != null) {
            committed.run();
        }
    }

    private List<Incoming> fresh(List<Incoming> batch) {
        var next = new HashMap<TopicPartition, Long>();
        batch.stream()
                .map(Incoming::partition)
                .distinct()
                .sorted(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition))
                .forEachOrdered(partition -> next.put(partition, next(partition)));
        return batch.stream()
                .filter(record -> record.offset() >= next.getOrDefault(record.partition(), NOTHING))
                .toList();
    }

    /** The first offset that may be written; none at all of a partition that is not ours or has to be read again. */
    private long next(TopicPartition partition) {
        var mine = mine(partition);
        if (mine == null) {
            return NOTHING;
        }
        var next = offsets.lock(partition, mine.epoch());
        if (next.isEmpty()) {
            log.warn("Partition was taken over, partition={} epoch={}", partition, mine.epoch());
            owned.remove(partition, mine);
            return NOTHING;
        }
        if (next.getAsLong() < mine.next()) {
            log.warn("Database was set back, partition={} from={} to={}", partition, mine.next(), next.getAsLong());
            owned.replace(partition, mine, mine.at(next.getAsLong()));
            mine.consumer().seek(partition.topic(), partition.partition(), next.getAsLong());
            return NOTHING;
        }
        return next.getAsLong();
    }

    private @Nullable Owned mine(TopicPartition partition) {
        var found = owned.get(partition);
        return found == null || found.thread() != Thread.currentThread() ? null : found;
    }

    @Override
    public void destroy() {
        closed = true;
    }
}
