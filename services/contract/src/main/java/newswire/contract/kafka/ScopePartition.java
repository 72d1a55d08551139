package newswire.contract.kafka;

import java.nio.charset.StandardCharsets;
import newswire.contract.PublisherScope;
import org.apache.kafka.common.utils.Utils;

/** Where the records of a publisher live whose key is something else: the partition that the scope would have as key. */
public final class ScopePartition {
    private ScopePartition() {}

    /** The partition out of {@code count}, as the Java client's default partitioner chooses it. */
    public static int of(PublisherScope scope, int count) {
        return Utils.toPositive(Utils.murmur2(scope.value().getBytes(StandardCharsets.UTF_8))) % count;
    }
}
