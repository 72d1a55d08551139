package newswire.store;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Bearer tokens of an OpenID Connect provider: JWTs (RFC 9068) that it signed for us. Its keys are looked up by its
 * discovery document, kept, and looked up again when it signs with a new one, but not more than twice in half a minute,
 * whatever tokens come; while it does not answer, the old ones count for a day.
 */
@Component
class AccessTokens {
    private static final Logger log = LoggerFactory.getLogger(AccessTokens.class);
    private static final Pattern JWT = Pattern.compile("eyJ[\\w-]*\\.[\\w-]+\\.[\\w-]+");
    private static final int TIMEOUT = 5_000;
    private static final int MOST_BYTES = 200_000;
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final long DAY = 24 * 60 * 60 * 1000L;

    /** Signatures that only the provider can make: none, and none with a shared secret, however a token is labelled. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.copyOf(JWSAlgorithm.Family.SIGNATURE);

    private final StoreProperties.@Nullable Oidc provider;
    private final DefaultResourceRetriever http = new DefaultResourceRetriever(TIMEOUT, TIMEOUT, MOST_BYTES);
    private volatile @Nullable ConfigurableJWTProcessor<SecurityContext> processor;

    /** Why the provider could not be asked last, and when: whoever comes soon after is told at once. */
    private @Nullable IOException failed;

    private long failedAt;

    AccessTokens(StoreProperties properties) {
        this.provider = properties.access().oidc();
    }

    /** What a token is worth. */
    sealed interface Verdict {
        /**
         * It is good.
         *
         * @param subject who it is, as the provider names them
         */
        record Accepted(String subject, Set<Scope> scopes) implements Verdict {
            public Accepted {
                scopes = Set.copyOf(scopes);
            }
        }

        /**
         * It is not good.
         *
         * @param reason for whoever sent it
         */
        record Refused(String reason) implements Verdict {}

        /** Nobody knows, as the provider does not answer. */
        record Unknown() implements Verdict {}
    }

    /** Whether this may be a token of the provider's: there is one, and it looks like a signed JWT. */
    boolean mayBe(String text) {
        return provider != null && JWT.matcher(text).matches();
    }

    Verdict judge(String token) {
        if (provider == null) {
            return new Verdict.Refused("No provider of tokens is configured.");
        }
        try {
            var claims = processor(provider).process(token, null);
            var subject = claims.getSubject();
            return new Verdict.Accepted(
                    subject == null || subject.isBlank() ? "token" : subject, scopes(claims, provider.scopesClaim()));
        } catch (RateLimitReachedException ex) { // with what the provider had a moment ago it is not signed
            return new Verdict.Refused("It is signed with an unknown key.");
        } catch (KeySourceException ex) {
            log.warn("Keys of the provider of tokens not found, reason={}", ex.getMessage());
            return new Verdict.Unknown();
        } catch (IOException ex) {
            return new Verdict.Unknown();
        } catch (ParseException | BadJOSEException | JOSEException ex) {
            return new Verdict.Refused(String.valueOf(ex.getMessage()));
        }
    }

    /** Space-separated (RFC 8693) or a list: {@code newswire:read} is the scope read; what others mean is not ours. */
    private static Set<Scope> scopes(JWTClaimsSet claims, String claim) {
        var value = claims.getClaim(claim);
        Stream<String> named = switch (value) {
            case String text -> Arrays.stream(text.split(" "));
            case Collection<?> list -> list.stream().map(String::valueOf);
            case null, default -> Stream.empty();
        };
        var scopes = EnumSet.noneOf(Scope.class);
        var names = named.toList();
        for (var scope : Scope.values()) {
            if (names.contains("newswire:" + scope)) {
                scopes.add(scope);
            }
        }
        return scopes;
    }

    private ConfigurableJWTProcessor<SecurityContext> processor(StoreProperties.Oidc provider) throws IOException {
        var known = processor;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            if (processor == null) {
                if (failed != null && System.nanoTime() - failedAt < PAUSE.toNanos()) {
                    throw failed;
                }
                try {
                    processor = discover(provider);
                } catch (IOException ex) {
                    log.warn("Provider of tokens not asked, reason={}", ex.getMessage());
                    failed = ex;
                    failedAt = System.nanoTime();
                    throw ex;
                }
            }
            return processor;
        }
    }

    private ConfigurableJWTProcessor<SecurityContext> discover(StoreProperties.Oidc provider) throws IOException {
        var issuer = provider.issuer().toString();
        var keys = JWKSourceBuilder.<SecurityContext>create(keys(issuer).toURL(), http)
                .retrying(true)
                .outageTolerant(DAY)
                .build();
        var made = new DefaultJWTProcessor<SecurityContext>();
        // RFC 9068 labels access tokens, many providers do not; what is meant for us is said by the audience.
        made.setJWSTypeVerifier((_, _) -> {});
        made.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        made.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                Set.of(provider.audience()),
                new JWTClaimsSet.Builder().issuer(issuer).build(),
                Set.of("exp", "sub"),
                Set.of()));
        return made;
    }

    /** Where the provider has its keys (OpenID Connect Discovery 1.0, section 4). */
    private URI keys(String issuer) throws IOException {
        var place = issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration";
        try {
            var document = Encoding.json()
                    .readTree(http.retrieveResource(URI.create(place).toURL()).getContent());
            if (!issuer.equals(document.path("issuer").asString(""))) {
                throw new IOException(place + " is of the issuer '"
                        + document.path("issuer").asString("") + "', and store.access.oidc.issuer is '" + issuer + "'");
            }
            return URI.create(document.path("jwks_uri").asString(""));
        } catch (JacksonException | IllegalArgumentException | MalformedURLException ex) {
            throw new IOException(place + " is no discovery document: " + ex.getMessage(), ex);
        }
    }
}
