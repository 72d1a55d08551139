package newswire.fetcher;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the fetcher behaves towards other people's servers.
 *
 * @param contact URL in the User-Agent, where an operator of a server finds us
 * @param pages of articles
 * @param parts of a feed beyond its document
 * @param allowedAddresses CIDR ranges that may be polled though they are not public, at any port
 * @param ports that may be polled
 * @param robots what robots.txt means for a feed whose definition does not say: IGNORE = it is not asked for, WARN = it is
 *     told and not obeyed, ENFORCE = it is obeyed, its crawl-delay included
 * @param maxInFlight polls at the same time, over all feeds
 * @param importBurst how many new feeds at a time are polled at once; more are spread over an interval
 */
@ConfigurationProperties("fetcher")
record FetcherProperties(
        @DefaultValue("https://newswire.invalid/contact") String contact,
        @DefaultValue Poll poll,
        @DefaultValue Host host,
        @DefaultValue Limits limits,
        @DefaultValue Pages pages,
        @DefaultValue Parts parts,
        @DefaultValue List<String> allowedAddresses,
        @DefaultValue({"80", "443", "8080", "8443"}) Set<Integer> ports,
        @DefaultValue("WARN") Feed.Http.Robots robots,
        @DefaultValue("256") int maxInFlight,
        @DefaultValue("20") int importBurst) {

    FetcherProperties {
        allowedAddresses = List.copyOf(allowedAddresses);
        ports = Set.copyOf(ports);
    }

    /**
     * When to poll.
     *
     * @param defaultInterval of a feed of which nothing is known; also the first step of the back-off
     * @param floor shortest interval that we choose ourselves
     * @param invitedFloor shortest interval where the feed or its server asks for it
     * @param ceiling longest interval of a feed that publishes
     * @param sleep longest interval of a feed that has stopped publishing, and of the back-off
     * @param probation interval of a feed that seems gone
     * @param moved how long every poll must have seen the same permanent redirect before it is proposed as the feed's URL
     * @param audits share of polls that go out unconditional, 0 to 1: servers are wrong about what changed
     */
    record Poll(
            @DefaultValue("30m") Duration defaultInterval,
            @DefaultValue("10m") Duration floor,
            @DefaultValue("5m") Duration invitedFloor,
            @DefaultValue("24h") Duration ceiling,
            @DefaultValue("7d") Duration sleep,
            @DefaultValue("30d") Duration probation,
            @DefaultValue("7d") Duration moved,
            @DefaultValue("0.01") double audits) {}

    /**
     * What one publisher scope is spared.
     *
     * @param spacing between the starts of two requests
     * @param inFlight requests at the same time
     * @param perAddress requests at the same time to one IP address, whichever publishers share it
     */
    record Host(
            @DefaultValue("5s") Duration spacing,
            @DefaultValue("2") int inFlight,
            @DefaultValue("8") int perAddress) {}

    /**
     * What one exchange may take.
     *
     * @param connect until the connection stands
     * @param firstByte until the answer begins, and between any two reads
     * @param slow over how long a body has to bring 100 bytes a second at least
     * @param exchange from the first connection to the last byte, redirects included
     * @param compressed bytes of the body as sent
     * @param decoded bytes of the body as meant
     * @param ratio between the two, once the decoded body exceeds a megabyte
     * @param redirects that are followed
     * @param entries of one document
     * @param entry bytes of one raw article as it is sent; a larger one becomes a dead letter
     * @param memory that all documents which are being read may take together; absent = half of the heap
     */
    record Limits(
            @DefaultValue("5s") Duration connect,
            @DefaultValue("15s") Duration firstByte,
            @DefaultValue("10s") Duration slow,
            @DefaultValue("30s") Duration exchange,
            @DefaultValue("5MB") DataSize compressed,
            @DefaultValue("10MB") DataSize decoded,
            @DefaultValue("200") int ratio,
            @DefaultValue("5") int redirects,
            @DefaultValue("2000") int entries,
            @DefaultValue("2MB") DataSize entry,
            @Nullable DataSize memory) {

        long memoryInBytes() {
            return memory == null ? Runtime.getRuntime().maxMemory() / 2 : memory.toBytes();
        }
    }

    /**
     * Which articles' pages are fetched, where a feed's content policy asks for pages.
     *
     * @param first of the entries that a feed shows at its first poll, from the top
     * @param waiting of one publisher at the same time; more are left out
     * @param waitingAll pages of all publishers that wait at the same time
     * @param largest bytes of one page; the rest is cut off
     * @param robots bytes of one robots.txt; the rest is not read
     * @param patience longest wait for a turn in the publisher's budget
     */
    record Pages(
            @DefaultValue("5") int first,
            @DefaultValue("100") int waiting,
            @DefaultValue("5000") int waitingAll,
            @DefaultValue("4MB") DataSize largest,
            @DefaultValue("500KB") DataSize robots,
            @DefaultValue("1h") Duration patience) {}

    /**
     * What else is read of a feed: older documents, where entries were missed, and the sitemaps of an index.
     *
     * @param documents older ones that are read to close one gap
     * @param bytes of all documents that are read to close one gap
     * @param time longest that closing one gap may take
     * @param sitemaps of an index that are read at a poll
     */
    record Parts(
            @DefaultValue("10") int documents,
            @DefaultValue("20MB") DataSize bytes,
            @DefaultValue("1h") Duration time,
            @DefaultValue("3") int sitemaps) {}
}
