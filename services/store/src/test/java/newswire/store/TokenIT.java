package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import newswire.contract.TestServices;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of an OpenID Connect provider, which is a server of this test's. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class TokenIT {
    private static final String AUDIENCE = "https://news.example/api";

    private static TestServices.Kafka kafka;
    private Provider provider;
    private RunningStore store;

    /** A provider that signs with the last of its keys. */
    private static final class Provider implements AutoCloseable {
        private final HttpServer server;
        private RSAKey key = key("first");

        Provider(int port) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            answer(
                    "/.well-known/openid-configuration",
                    () -> "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + issuer() + "/keys\"}");
            answer("/keys", () -> new JWKSet(key.toPublicJWK()).toString());
            server.start();
        }

        private void answer(String path, java.util.function.Supplier<String> body) {
            server.createContext(path, exchange -> {
                var bytes = body.get().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
        }

        static RSAKey key(String id) {
            try {
                return new RSAKeyGenerator(2048).keyID(id).generate();
            } catch (JOSEException ex) {
                throw new IllegalStateException(ex);
            }
        }

        String issuer() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        JWTClaimsSet.Builder claims(Object scope) {
            return new JWTClaimsSet.Builder()
                    .issuer(issuer())
                    .audience(AUDIENCE)
                    .subject("ada@example.org")
                    .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                    .claim("scope", scope);
        }

        String token(JWTClaimsSet.Builder claims) throws JOSEException {
            return signed(JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(key), claims);
        }

        static String signed(JWSAlgorithm algorithm, String key, JWSSigner signer, JWTClaimsSet.Builder claims)
                throws JOSEException {
            var token = new SignedJWT(
                    new JWSHeader.Builder(algorithm)
                            .keyID(key)
                            .type(new JOSEObjectType("at+jwt"))
                            .build(),
                    claims.build());
            token.sign(signer);
            return token.serialize();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @BeforeAll
    static void startBroker() {
        kafka = TestServices.freshKafka();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void startProvider() throws IOException {
        provider = new Provider(0);
    }

    @AfterEach
    void stop() {
        provider.close();
        if (store != null) {
            store.close();
        }
    }

    private void startStore() {
        store = RunningStore.start(
                kafka,
                TestServices.postgres(),
                "--server.address=0.0.0.0",
                "--store.access.oidc.issuer=" + provider.issuer(),
                "--store.access.oidc.audience=" + AUDIENCE);
    }

    private int status(String method, String path, String token) {
        return store.request(method, path, "Authorization", "Bearer " + token).statusCode();
    }

    @Test
    void aTokenOpensWhatItsScopesSay() throws JOSEException {
        startStore();
        var found = new LinkedHashMap<String, List<Integer>>();
        for (var scope : List.of(
                "newswire:read openid",
                List.of("profile", "newswire:feeds"),
                "newswire:admin",
                "openid read admin",
                7)) {
            var token = provider.token(provider.claims(scope));
            found.put(
                    scope.toString(),
                    List.of(
                            status("GET", "/api/articles", token),
                            status("POST", "/api/feeds/tags", token),
                            status("DELETE", "/api/articles/" + TestArticle.id(9), token)));
        }
        assertThat(found.toString())
                .isEqualTo("{newswire:read openid=[200, 403, 403], [profile, newswire:feeds]=[403, 400, 403],"
                        + " newswire:admin=[200, 400, 404], openid read admin=[403, 403, 403], 7=[403, 403, 403]}");
        assertThat(store.jdbc()
                        .sql("select distinct who from audit")
                        .query(String.class)
                        .list())
                .contains("ada@example.org (token)");
    }

    @Test
    void whatTheProviderHasNotSignedForUsIsRefused() throws JOSEException {
        startStore();
        var good = provider.claims("newswire:admin");
        var parts = provider.token(good).split("\\.", -1);
        var forged = parts[0] + "."
                + provider.token(provider.claims("newswire:read")).split("\\.", -1)[1] + "." + parts[2];
        var tokens = new LinkedHashMap<String, String>();
        tokens.put(
                "another's audience",
                provider.token(provider.claims("newswire:admin").audience("other")));
        tokens.put(
                "another issuer",
                provider.token(provider.claims("newswire:admin").issuer("https://evil.example")));
        tokens.put(
                "over",
                provider.token(provider.claims("newswire:admin")
                        .expirationTime(Date.from(Instant.now().minusSeconds(600)))));
        tokens.put(
                "without an end",
                provider.token(provider.claims("newswire:admin").expirationTime(null)));
        tokens.put(
                "not yet",
                provider.token(provider.claims("newswire:admin")
                        .notBeforeTime(Date.from(Instant.now().plusSeconds(600)))));
        tokens.put("another's claims", forged);
        tokens.put(
                "another's key",
                Provider.signed(
                        JWSAlgorithm.RS256, provider.key.getKeyID(), new RSASSASigner(Provider.key("x")), good));
        tokens.put(
                "the public key as a secret",
                Provider.signed(
                        JWSAlgorithm.HS256,
                        provider.key.getKeyID(),
                        new MACSigner(provider.key.toPublicJWK().toJSONString()),
                        good));
        tokens.put("unsigned", new PlainJWT(good.build()).serialize());
        tokens.put("no token", "eyJhbGciOiJSUzI1NiJ9.e30.AAAA");
        assertThat(status("GET", "/api/articles", provider.token(good))).isEqualTo(200);
        tokens.forEach((name, token) -> {
            var answer = store.request("GET", "/api/articles", "Authorization", "Bearer " + token);
            assertThat(answer.statusCode()).as(name + ": " + answer.body()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .as(name)
                    .contains("Bearer realm=\"newswire\", error=\"invalid_token\"");
        });
    }

    @Test
    void aNewKeyOfTheProvidersIsFoundAndTheOldOneForgotten() throws JOSEException {
        startStore();
        var old = provider.token(provider.claims("newswire:read"));
        assertThat(status("GET", "/api/articles", old)).isEqualTo(200);
        provider.key = Provider.key("second");
        assertThat(status("GET", "/api/articles", provider.token(provider.claims("newswire:read"))))
                .isEqualTo(200);
        assertThat(status("GET", "/api/articles", old)).isEqualTo(401);
    }

    @Test
    void aProviderThatDoesNotAnswerIsAskedAgain() throws IOException, JOSEException {
        int port = provider.server.getAddress().getPort();
        var token = provider.token(provider.claims("newswire:read"));
        var key = provider.key;
        startStore();
        provider.close();
        var refused = store.request("GET", "/api/articles", "Authorization", "Bearer " + token);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("provider_unavailable");
        provider = new Provider(port);
        provider.key = key;
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(status("GET", "/api/articles", token)).isEqualTo(200));
        provider.close();
        assertThat(status("GET", "/api/articles", token))
                .as("its keys are known")
                .isEqualTo(200);
    }

    @Test
    void anIssuerThatAnybodyCouldSpeakForIsRefused() {
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> RunningStore.start(
                        kafka,
                        TestServices.postgres(),
                        "--store.access.oidc.issuer=http://login.example",
                        "--store.access.oidc.audience=" + AUDIENCE))
                .withStackTraceContaining("store.access.oidc.issuer is not https");
    }
}
