package newswire.fetcher;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import newswire.contract.Problem;
import newswire.contract.address.BlockedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.jspecify.annotations.Nullable;

/** Names what goes wrong on the way to a document, by stable codes. */
final class FetchProblems {
    private FetchProblems() {}

    static Problem of(String code, @Nullable Integer status, String detail) {
        return Problem.of(code, status, detail);
    }

    static Problem late(Duration limit) {
        return of("deadline_exceeded", null, "the exchange took more than " + limit.toSeconds() + " s");
    }

    /** The problem of an answer that is neither 200 nor 304. */
    static Problem ofStatus(int status, @Nullable String mitigated) {
        if ("challenge".equals(mitigated)) {
            return of("challenge", status, "the server wants to see a browser");
        }
        return status < 400
                ? of("unexpected_status", status, "HTTP " + status)
                : of("http_" + status, status, "HTTP " + status);
    }

    static Problem of(Exception ex) {
        return of(code(ex), null, String.valueOf(ex.getMessage()));
    }

    private static String code(Exception ex) {
        return switch (ex) {
            case BlockedException blocked -> blocked.code();
            case SSLException tls -> tls(tls);
            case ConnectTimeoutException _ -> "connect_timeout";
            case SocketTimeoutException _ -> "response_timeout";
            case NoRouteToHostException _ -> "network_unreachable";
            case ConnectException refused -> unreachable(refused) ? "network_unreachable" : "connect_refused";
            case NoHttpResponseException _ -> "connection_reset";
            case MessageConstraintException _ -> "bad_headers";
            case UnsupportedHttpVersionException _ -> "bad_protocol";
            case ConnectionClosedException _ -> "truncated_body";
            case ZipException _ -> "bad_encoding";
            case SocketException socket -> unreachable(socket) ? "network_unreachable" : "connection_reset";
            case IllegalArgumentException _ -> "bad_url";
            case IOException _ ->
                ex.getCause() instanceof ProtocolException || ex.getMessage() == null
                        ? "bad_protocol"
                        : "connection_failed";
            default -> "connection_failed";
        };
    }

    private static boolean unreachable(IOException ex) {
        return String.valueOf(ex.getMessage()).contains("unreachable");
    }

    private static String tls(SSLException ex) {
        if (ex instanceof SSLPeerUnverifiedException) {
            return "tls_hostname";
        }
        for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "tls_expired";
            }
            if (String.valueOf(cause.getMessage()).contains("No subject alternative")) {
                return "tls_hostname";
            }
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                return expired(cause) ? "tls_expired" : "tls_untrusted";
            }
        }
        return String.valueOf(ex.getMessage()).contains("protocol") ? "tls_protocol" : "tls_failure";
    }

    private static boolean expired(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return true;
            }
        }
        return false;
    }
}
