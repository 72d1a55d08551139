package newswire.fetcher;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Refuses addresses that are not public. It is the client's resolver: the addresses that it returns are the ones that are
 * connected to, on every hop and for literal addresses too, so that no second look-up can tell another story.
 */
final class AddressGuard implements DnsResolver {
    private static final int LOOK_UPS = 16;
    private static final long PATIENCE_SECONDS = 5;
    private static final List<String> PRIVATE_NAMES = List.of(".local", ".internal", ".localhost", ".onion");
    private static final List<AddressRange> CLOSED = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(AddressRange::of)
            .toList();

    private final List<AddressRange> allowed;
    private final Set<Integer> ports;
    private final AddressBudget budget;
    private final NameServer names;

    /** Look-ups cannot be cancelled: a bounded number of threads of their own keeps dead name servers from stopping all. */
    private final ExecutorService lookUps = Executors.newFixedThreadPool(
            LOOK_UPS, Thread.ofPlatform().daemon().name("dns-", 0).factory());

    /** Finds the addresses of a name. */
    interface NameServer {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    AddressGuard(List<String> allowed, Set<Integer> ports, AddressBudget budget) {
        this(allowed, ports, budget, InetAddress::getAllByName);
    }

    AddressGuard(List<String> allowed, Set<Integer> ports, AddressBudget budget, NameServer names) {
        this.allowed = allowed.stream().map(AddressRange::of).toList();
        this.ports = Set.copyOf(ports);
        this.budget = budget;
        this.names = names;
    }

    /** What each of the addresses may be asked at a time. */
    AddressBudget budget() {
        return budget;
    }

    /**
     * The addresses to connect to, of which none is closed and each may have one more request.
     *
     * @throws BusyException if all have enough
     */
    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        var addresses = lookUp(host);
        for (var address : addresses) {
            check(host, address, port);
        }
        var free = Arrays.stream(addresses)
                .filter(address -> !budget.isFull(address))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
        if (free.isEmpty()) {
            throw budget.busy(addresses[0]);
        }
        return free;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        throw new BlockedException("blocked_port", "no port to judge '" + host + "' by");
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** One bad address condemns the name. */
    private void check(String host, InetAddress address, int port) throws BlockedException {
        if (allowed.stream().anyMatch(range -> range.contains(address))) {
            return;
        }
        if (!isPublic(address)) {
            throw new BlockedException(
                    "blocked_address",
                    "'" + host + "' is " + InetAddresses.toAddrString(address) + ", not a public address");
        }
        if (isPrivateName(host)) {
            throw new BlockedException("blocked_address", "'" + host + "' is not a public name");
        }
        if (!ports.contains(port)) {
            throw new BlockedException("blocked_port", "port " + port + " of '" + host + "'");
        }
    }

    /** Java has unwrapped IPv4 addresses that are mapped into IPv6 by then. */
    static boolean isPublic(InetAddress address) {
        return CLOSED.stream().noneMatch(range -> range.contains(address));
    }

    private static boolean isPrivateName(String host) {
        var name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        boolean literal = InetAddresses.isUriInetAddress(host) || InetAddresses.isInetAddress(host);
        return !literal && (name.indexOf('.') < 0 || PRIVATE_NAMES.stream().anyMatch(name::endsWith));
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        var answer = lookUps.submit(() -> names.addresses(host));
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException ex) {
            answer.cancel(true);
            throw new BlockedException("dns_timeout", "no answer for '" + host + "' in " + PATIENCE_SECONDS + " s");
        } catch (ExecutionException ex) {
            throw failure(host, String.valueOf(ex.getMessage()));
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new BlockedException("interrupted", "interrupted while looking up '" + host + "'");
        }
    }

    private static BlockedException failure(String host, String message) {
        boolean temporary = message.contains("Temporary failure") || message.contains("try again");
        return new BlockedException(temporary ? "dns_failure" : "dns_nxdomain", "no address for '" + host + "'");
    }
}
