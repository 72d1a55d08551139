package newswire.contract;

import com.google.common.net.InetAddresses;
import com.google.common.net.InternetDomainName;
import java.net.IDN;
import java.net.URI;
import java.util.Locale;

/**
 * The unit of politeness and of identity: the registrable domain of a feed by the public suffix list, private section
 * included, so that two blogs of one platform are two publishers. A host without one (an address, {@code localhost})
 * stands for itself, with its port unless that is the scheme's own.
 *
 * @param value lower case, punycode
 */
public record PublisherScope(String value) {
    public PublisherScope {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a publisher scope must not be blank");
        }
    }

    /**
     * The scope of what is published at a URL.
     *
     * @throws IllegalArgumentException if the URL has no host, as in {@code mailto:x}
     */
    public static PublisherScope of(URI url) {
        var host = host(url);
        if (InetAddresses.isUriInetAddress(host)) {
            var address = InetAddresses.toUriString(InetAddresses.forUriString(host));
            return new PublisherScope(withPort(address, url));
        }
        var ascii = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        var name = ascii.replaceFirst("\\.$", "");
        return new PublisherScope(registrableDomain(name, url));
    }

    /** The host also where {@link URI} sees none, because of letters beyond ASCII or an underscore. */
    private static String host(URI url) {
        if (url.getHost() != null) {
            return url.getHost();
        }
        var authority = url.getAuthority();
        var host = authority == null ? "" : authority.replaceFirst("^.*@", "").replaceFirst(":\\d*$", "");
        if (host.isEmpty()) {
            throw new IllegalArgumentException("no host: '" + url + "'");
        }
        return host;
    }

    private static String registrableDomain(String host, URI url) {
        if (InternetDomainName.isValid(host)) {
            var domain = InternetDomainName.from(host);
            if (domain.isUnderPublicSuffix()) {
                return domain.topPrivateDomain().toString();
            }
        }
        return withPort(host, url);
    }

    private static String withPort(String host, URI url) {
        int usual = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        return url.getPort() == -1 || url.getPort() == usual ? host : host + ":" + url.getPort();
    }

    @Override
    public String toString() {
        return value;
    }
}
