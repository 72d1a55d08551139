package newswire.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of Newswire time and memory go to, as the flight recorder samples them.
 *
 * @param time share of each part, from 0 to 1, largest first
 * @param memory the same for what is allocated
 */
record Shares(Map<String, Double> time, Map<String, Double> memory) {
    /** They only call the others. */
    private static final Set<String> PASSED_THROUGH = Set.of(
            "NormalizerApplication", "Normalizer", "EntryReader", "Composition", "Content", "FetcherApplication");

    /** Samples some work. */
    static Shares of(Runnable work) throws IOException {
        var file = Files.createTempFile("shares", ".jfr");
        try (var recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording.enable("jdk.ObjectAllocationSample").with("throttle", "1000/s");
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
            var events = RecordingFile.readAllEvents(file);
            return new Shares(
                    shares(events, "jdk.ExecutionSample", _ -> 1),
                    shares(events, "jdk.ObjectAllocationSample", event -> event.getLong("weight")));
        } finally {
            Files.delete(file);
        }
    }

    private static Map<String, Double> shares(
            List<RecordedEvent> events, String type, ToDoubleFunction<RecordedEvent> weight) {
        var weights = new HashMap<String, Double>();
        for (var event : events) {
            var part = event.getEventType().getName().equals(type) ? part(event) : null;
            if (part != null) {
                weights.merge(part, weight.applyAsDouble(event), Double::sum);
            }
        }
        double all = weights.values().stream().mapToDouble(each -> each).sum();
        var shares = new LinkedHashMap<String, Double>();
        weights.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEachOrdered(each -> shares.put(each.getKey(), each.getValue() / all));
        return shares;
    }

    /** The outermost class of ours that does something itself. */
    private static @Nullable String part(RecordedEvent event) {
        var trace = event.getStackTrace();
        if (trace == null) {
            return null;
        }
        return trace.getFrames().reversed().stream()
                .map(Shares::part)
                .filter(name -> name != null && !PASSED_THROUGH.contains(name))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String part(RecordedFrame frame) {
        var type = frame.getMethod().getType().getName();
        boolean ours = type.startsWith("newswire.") && !type.startsWith("newswire.bench.");
        return ours ? type.replaceFirst("\\$.*", "").replaceFirst(".*\\.", "") : null;
    }
}
