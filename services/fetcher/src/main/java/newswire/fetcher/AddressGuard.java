package newswire.fetcher;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import newswire.contract.address.BlockedException;
import newswire.contract.address.PublicAddresses;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Refuses addresses that are not public. It is the client's resolver: the addresses that it returns are the ones that are
 * connected to, on every hop and for literal addresses too, so that no second look-up can tell another story.
 */
final class AddressGuard implements DnsResolver {
    private final PublicAddresses addresses;
    private final AddressBudget budget;

    AddressGuard(List<String> allowed, Set<Integer> ports, AddressBudget budget) {
        this(allowed, ports, budget, InetAddress::getAllByName);
    }

    AddressGuard(List<String> allowed, Set<Integer> ports, AddressBudget budget, PublicAddresses.NameServer names) {
        this.addresses = new PublicAddresses(allowed, ports, names);
        this.budget = budget;
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
        var found = addresses.of(host, port);
        var free = found.stream()
                .filter(address -> !budget.isFull(address))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
        if (free.isEmpty()) {
            throw budget.busy(found.getFirst());
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
}
