package newswire.contract.address;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Looks names up and refuses addresses that are not public, so that nobody from outside has us ask servers inside. To be
 * asked for each connection, and only what it answers connected to: a second look-up could tell another story.
 */
public final class PublicAddresses {
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
    private final NameServer names;

    /** Look-ups cannot be cancelled: a bounded number of threads of their own keeps dead name servers from stopping all. */
    private final ExecutorService lookUps = Executors.newFixedThreadPool(
            LOOK_UPS, Thread.ofPlatform().daemon().name("dns-", 0).factory());

    /** Finds the addresses of a name. */
    public interface NameServer {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /**
     * Makes a guard.
     *
     * @param allowed CIDR ranges that are good though they are not public, at any port
     * @param ports that are good elsewhere
     */
    public PublicAddresses(List<String> allowed, Set<Integer> ports, NameServer names) {
        this.allowed = allowed.stream().map(AddressRange::of).toList();
        this.ports = Set.copyOf(ports);
        this.names = names;
    }

    /**
     * The addresses of a name, of which none is closed.
     *
     * @throws BlockedException if one is, or no answer comes
     */
    public List<InetAddress> of(String host, int port) throws UnknownHostException {
        var addresses = List.of(lookUp(host));
        for (var address : addresses) {
            check(host, address, port);
        }
        return addresses;
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
