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
        var host = url.getHost();
        if (host == null) {
            throw new IllegalArgumentException("no host: '" + url + "'");
        }
        var ascii = host.startsWith("[") ? host : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
        var name = ascii.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return new PublisherScope(registrableDomain(name, url));
    }

    private static String registrableDomain(String host, URI url) {
        if (InetAddresses.isUriInetAddress(host) || !InternetDomainName.isValid(host)) {
            return withPort(host, url);
        }
        var domain = InternetDomainName.from(host);
        if (domain.isUnderPublicSuffix()) {
            return domain.topPrivateDomain().toString();
        }
        return domain.hasParent() ? host : withPort(host, url);
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
