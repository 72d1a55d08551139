package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What no server on this machine can be made to do: the failures as the JDK and the client report them. Of row A4, what only
 * certificates of known authorities can show.
 */
class FetchProblemsTests {

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void hasStableCode(String code, Exception failure) {
        assertThat(FetchProblems.of(failure).code()).isEqualTo(code);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        "tls_expired",
                        tls(new CertPathValidatorException("x", new CertificateExpiredException("2020")))),
                Arguments.of("tls_expired", tls(new CertificateExpiredException("2020"))),
                Arguments.of(
                        "tls_untrusted", tls(new CertPathBuilderException("unable to find valid certification path"))),
                Arguments.of("tls_hostname", new SSLPeerUnverifiedException("not for this host")),
                Arguments.of(
                        "tls_hostname",
                        tls(new CertificateException("No subject alternative DNS name matching a.example found."))),
                Arguments.of("tls_protocol", new SSLHandshakeException("Received fatal alert: protocol_version")),
                Arguments.of("tls_failure", new SSLHandshakeException("Remote host terminated the handshake")),
                Arguments.of("network_unreachable", new NoRouteToHostException("No route to host")),
                Arguments.of("network_unreachable", new ConnectException("Network is unreachable")),
                Arguments.of("network_unreachable", new SocketException("Network is unreachable")),
                Arguments.of("connect_refused", new ConnectException("Connection refused")),
                Arguments.of("connection_reset", new SocketException("Connection reset")),
                Arguments.of("response_timeout", new SocketTimeoutException("Read timed out")),
                Arguments.of("connection_failed", new IOException("something else")));
    }

    private static SSLHandshakeException tls(Exception cause) {
        var failure = new SSLHandshakeException("PKIX");
        failure.initCause(cause);
        return failure;
    }
}
