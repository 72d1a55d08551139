package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import newswire.contract.address.BlockedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressGuardTests {
    private static final Set<Integer> PORTS = Set.of(80, 443);

    static AddressGuard guard(List<String> allowed, Set<Integer> ports) {
        return new AddressGuard(allowed, ports, new AddressBudget(8));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # host               , port, code
        127.0.0.1            , 80  , blocked_address
        localhost            , 80  , blocked_address
        127.1                , 80  , blocked_address
        2130706433           , 80  , blocked_address
        [::ffff:127.0.0.1]   , 80  , blocked_address
        [::1]                , 443 , blocked_address
        169.254.169.254      , 80  , blocked_address
        8.8.8.8              , 22  , blocked_port
        8.8.8.8              , 9092, blocked_port
        no-such-name.invalid , 80  , dns
        """)
    void refuses(String host, int port, String code) {
        var guard = guard(List.of(), PORTS);
        assertThatThrownBy(() -> guard.resolve(host, port))
                .isInstanceOfSatisfying(
                        BlockedException.class,
                        refusal -> assertThat(refusal.code()).startsWith(code));
    }

    @Test
    void allowsPublicAddressesAtTheUsualPorts() throws UnknownHostException {
        var guard = guard(List.of(), PORTS);
        assertThat(guard.resolve("8.8.8.8", 443)).singleElement().satisfies(address -> {
            assertThat(address.getAddress().getHostAddress()).isEqualTo("8.8.8.8");
            assertThat(address.getPort()).isEqualTo(443);
        });
    }

    /** Others read 127.0.0.1 there. */
    @Test
    void judgesTheAddressThatIsConnectedToAndNotItsSpelling() throws UnknownHostException {
        assertThat(guard(List.of(), PORTS).resolve("0177.0.0.1", 80))
                .extracting(address -> address.getAddress().getHostAddress())
                .containsExactly("177.0.0.1");
    }

    @Test
    void allowsWhatIsListedAtAnyPort() throws UnknownHostException {
        var guard = guard(List.of("127.0.0.0/8", "fd00::/8"), PORTS);
        assertThat(guard.resolve("127.0.0.1", 4711)).hasSize(1);
        assertThat(guard.resolve("[fd12::1]", 4711)).hasSize(1);
        assertThatThrownBy(() -> guard.resolve("10.0.0.1", 80)).isInstanceOf(BlockedException.class);
    }

    /** The name is asked once for each connection, and what it answers then is what is judged and connected to. */
    @Test
    void isNotFooledByNameThatChangesItsMind() throws Exception {
        var answers = new ArrayDeque<>(List.of("8.8.8.8", "127.0.0.1", "8.8.8.8"));
        var guard = new AddressGuard(List.of(), PORTS, new AddressBudget(8), _ ->
                new InetAddress[] {InetAddresses.forString(answers.removeFirst())});
        assertThat(guard.resolve("rebind.example", 80))
                .extracting(address -> address.getAddress().getHostAddress())
                .containsExactly("8.8.8.8");
        assertThatThrownBy(() -> guard.resolve("rebind.example", 80))
                .isInstanceOfSatisfying(
                        BlockedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("blocked_address"));
        assertThat(answers).as("one question each time").hasSize(1);
    }

    @Test
    void oneClosedAddressCondemnsTheName() {
        var guard = new AddressGuard(List.of(), PORTS, new AddressBudget(8), _ ->
                new InetAddress[] {InetAddresses.forString("8.8.8.8"), InetAddresses.forString("10.0.0.1")});
        assertThatThrownBy(() -> guard.resolve("two.example", 80)).isInstanceOf(BlockedException.class);
    }

    @Test
    void leavesOutAddressesThatHaveEnough() throws Exception {
        var budget = new AddressBudget(1);
        var one = InetAddresses.forString("8.8.8.8");
        var two = InetAddresses.forString("8.8.4.4");
        var guard = new AddressGuard(List.of(), PORTS, budget, _ -> new InetAddress[] {one, two});
        budget.take(one);
        assertThat(guard.resolve("two.example", 80))
                .extracting(InetSocketAddress::getAddress)
                .containsExactly(two);
        budget.take(two);
        assertThatThrownBy(() -> guard.resolve("two.example", 80)).isInstanceOf(BusyException.class);
        assertThatThrownBy(() -> budget.take(two)).isInstanceOf(BusyException.class);
        budget.release(one);
        assertThat(guard.resolve("two.example", 80))
                .extracting(InetSocketAddress::getAddress)
                .containsExactly(one);
    }
}
