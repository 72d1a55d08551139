package newswire.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run of some work takes of one thread: the processor's time, so that neighbours do not count, and memory.
 *
 * @param nanos the median of many runs
 * @param bytes allocated
 */
record Cost(long nanos, long bytes) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Runs each work by turns, so that whatever the machine does strikes them alike. */
    static Map<String, Cost> of(Map<String, Runnable> works, int warmUp, int rounds) {
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        for (int round = -warmUp; round < rounds; round++) {
            for (var work : works.entrySet()) {
                var cost = once(work.getValue());
                if (round >= 0) {
                    costs.computeIfAbsent(work.getKey(), _ -> new ArrayList<>()).add(cost);
                }
            }
        }
        var medians = new LinkedHashMap<String, Cost>();
        costs.forEach((name, all) -> medians.put(name, median(all)));
        return medians;
    }

    private static Cost once(Runnable work) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long begin = THREADS.getCurrentThreadCpuTime();
        work.run();
        long nanos = THREADS.getCurrentThreadCpuTime() - begin;
        return new Cost(nanos, THREADS.getCurrentThreadAllocatedBytes() - allocated);
    }

    private static Cost median(List<Cost> costs) {
        var nanos = costs.stream().map(Cost::nanos).sorted().toList();
        var bytes = costs.stream().map(Cost::bytes).sorted().toList();
        return new Cost(nanos.get(nanos.size() / 2), bytes.get(bytes.size() / 2));
    }
}
