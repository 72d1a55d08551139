package newswire.contract.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import newswire.contract.PublisherScope;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopePartitionTests {

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12, 100})
    void isWhereTheClientWouldPutTheScopeAsKey(int count) {
        for (var scope : List.of("dailynk.com", "bbc.co.uk", "alice.github.io", "127.0.0.1:8000", "xn--bcher-kva.de")) {
            assertThat(ScopePartition.of(new PublisherScope(scope), count))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(scope.getBytes(UTF_8), count));
        }
    }
}
