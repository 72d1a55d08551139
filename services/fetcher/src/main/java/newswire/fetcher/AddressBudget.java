package newswire.fetcher;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How many requests one IP address has of us at a time: platforms have thousands of publishers at one. */
final class AddressBudget {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final int most;
    private final Map<InetAddress, Integer> inFlight = new HashMap<>();

    AddressBudget(int most) {
        this.most = most;
    }

    /**
     * Counts a request in.
     *
     * @throws BusyException if there are enough
     */
    synchronized void take(InetAddress address) {
        int now = inFlight.getOrDefault(address, 0);
        if (now >= most) {
            throw busy(address);
        }
        inFlight.put(address, now + 1);
    }

    synchronized void release(InetAddress address) {
        inFlight.computeIfPresent(address, (_, now) -> now == 1 ? null : now - 1);
    }

    synchronized boolean isFull(InetAddress address) {
        return inFlight.getOrDefault(address, 0) >= most;
    }

    BusyException busy(InetAddress address) {
        return new BusyException(most + " requests are at " + address.getHostAddress() + " already", PATIENCE);
    }
}
