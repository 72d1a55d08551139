package newswire.contract.address;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * A CIDR range.
 *
 * @param network any address in it
 * @param prefix bits that count
 */
record AddressRange(InetAddress network, int prefix) {

    /**
     * Reads {@code 10.0.0.0/8}, or a single address.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static AddressRange of(String cidr) {
        int slash = cidr.indexOf('/');
        var network = InetAddresses.forString(slash < 0 ? cidr : cidr.substring(0, slash));
        int longest = network.getAddress().length * 8;
        int prefix = slash < 0 ? longest : Integer.parseInt(cidr.substring(slash + 1));
        if (prefix < 0 || prefix > longest) {
            throw new IllegalArgumentException("not a CIDR range: '" + cidr + "'");
        }
        return new AddressRange(network, prefix);
    }

    boolean contains(InetAddress address) {
        if (network instanceof Inet4Address != address instanceof Inet4Address) {
            return false;
        }
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        for (int bit = 0; bit < prefix; bit += 8) {
            int mask = prefix - bit >= 8 ? 0xFF : 0xFF << (8 - (prefix - bit)) & 0xFF;
            if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
