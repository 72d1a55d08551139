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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTests {
    private static final Set<Integer> PORTS = Set.of(80, 443);

    static AddressGuard guard(List<String> allowed, Set<Integer> ports) {
        return new AddressGuard(allowed, ports, new AddressBudget(8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::10.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:0:4136:e378::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void closed(String address) {
        assertThat(AddressGuard.isPublic(InetAddresses.forString(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::200e",
                "2001:4860:4860::8888",
                "::ffff:8.8.8.8"
            })
    void open(String address) {
        assertThat(AddressGuard.isPublic(InetAddresses.forString(address))).isTrue();
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

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1/33", "127.0.0.1/-1", "localhost/8", "fd00::/129", ""})
    void rejectsWhatIsNoRange(String cidr) {
        assertThatThrownBy(() -> AddressRange.of(cidr)).isInstanceOf(IllegalArgumentException.class);
    }
}
