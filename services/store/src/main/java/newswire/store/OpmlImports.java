package newswire.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Subscription lists that are being added, and what became of the last ones. This is known to the store that took the list,
 * until it is restarted; to send a list again does no harm.
 */
@Component
class OpmlImports {
    private static final Logger log = LoggerFactory.getLogger(OpmlImports.class);
    private static final int KEPT = 50;
    private static final int AT_ONCE = 500;

    private final Feeds feeds;
    private final Map<UUID, Report> reports = new LinkedHashMap<>();

    OpmlImports(Feeds feeds) {
        this.feeds = feeds;
    }

    /**
     * How far it is.
     *
     * @param done feeds that are there now
     * @param added those of them that are new
     * @param refused outlines that are none
     * @param failed why it ended before its end
     */
    record Report(
            int all,
            int done,
            int added,
            List<Opml.Refused> refused,
            @Nullable String failed) {
        Report {
            refused = List.copyOf(refused);
        }

        boolean isOver() {
            return done == all || failed != null;
        }

        int known() {
            return done - added;
        }

        private Report further(int more, int added) {
            return new Report(all, done + more, this.added + added, refused, null);
        }

        private Report failed(String reason) {
            return new Report(all, done, added, refused, reason);
        }
    }

    /** Begins to add the feeds of a list; returns what to ask for how far it is. */
    UUID begin(Opml opml) {
        var id = UUID.randomUUID();
        var report = new Report(opml.feeds().size(), 0, 0, opml.refused(), null);
        put(id, report);
        Thread.ofVirtual().name("opml-import").start(() -> addAll(id, opml, report));
        return id;
    }

    private void addAll(UUID id, Opml opml, Report begun) {
        var report = begun;
        try {
            while (report.done() < report.all()) {
                var some = opml.feeds().subList(report.done(), Math.min(report.done() + AT_ONCE, report.all()));
                report = report.further(some.size(), feeds.addAll(some));
                put(id, report);
            }
        } catch (RuntimeException ex) { // the bulkhead: whoever waits for the report is told
            log.warn("Import ended early, done={} all={} reason={}", report.done(), report.all(), ex.getMessage());
            put(
                    id,
                    report.failed(
                            "The broker or the database did not answer. Send the list again: what was added is known."));
        }
    }

    private synchronized void put(UUID id, Report report) {
        reports.put(id, report);
        if (reports.size() > KEPT) {
            reports.remove(reports.keySet().iterator().next());
        }
    }

    synchronized Optional<Report> find(UUID id) {
        return Optional.ofNullable(reports.get(id));
    }
}
