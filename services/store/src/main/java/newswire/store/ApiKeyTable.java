package newswire.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The keys of the API: of each only a hash, so that whoever reads the table has none. */
@Repository
class ApiKeyTable {
    private static final String PREFIX = "nk_";

    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    ApiKeyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A key as it can be listed.
     *
     * @param id its public part
     * @param revoked since when it is good for nothing
     */
    record ApiKey(
            String id,
            String name,
            Set<Scope> scopes,
            Instant created,
            @Nullable Instant revoked) {
        ApiKey {
            scopes = Set.copyOf(scopes);
        }
    }

    /** A key as it is shown once. */
    record NewKey(String id, String key) {}

    /** Makes a key of 256 random bits. */
    NewKey create(String name, Set<Scope> scopes) {
        var id = HexFormat.of().formatHex(random(6));
        var key = PREFIX + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random(32));
        jdbc.sql("""
                        insert into api_key (id, name, hash, scopes, created)
                        values (:id, :name, :hash, :scopes::text[], now())
                        """)
                .param("id", id)
                .param("name", name)
                .param("hash", hash(key))
                .param("scopes", scopes.stream().map(Scope::toString).toArray(String[]::new))
                .update();
        return new NewKey(id, key);
    }

    private byte[] random(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The key that a client shows, if there is such a one. */
    Optional<ApiKey> find(String key) {
        int end = key.indexOf('_', PREFIX.length());
        if (!key.startsWith(PREFIX) || end < 0 || key.length() > 100) {
            return Optional.empty();
        }
        return jdbc.sql("select * from api_key where id = :id and revoked is null")
                .param("id", key.substring(PREFIX.length(), end))
                .query((row, _) -> new Stored(row.getString("hash"), key(row)))
                .optional()
                .filter(stored -> equal(stored.hash(), hash(key)))
                .map(Stored::key);
    }

    private record Stored(String hash, ApiKey key) {}

    /** The key that has a hash, if it is good. */
    Optional<ApiKey> findByHash(String hash) {
        return jdbc.sql("select * from api_key where hash = :hash and revoked is null")
                .param("hash", hash)
                .query((row, _) -> key(row))
                .optional();
    }

    /** Takes the same time wherever they differ. */
    private static boolean equal(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    List<ApiKey> list() {
        return jdbc.sql("select * from api_key order by created, id")
                .query((row, _) -> key(row))
                .list();
    }

    private static ApiKey key(java.sql.ResultSet row) throws SQLException {
        var revoked = row.getTimestamp("revoked");
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                scopes(row.getArray("scopes")),
                row.getTimestamp("created").toInstant(),
                revoked == null ? null : revoked.toInstant());
    }

    private static Set<Scope> scopes(Array array) throws SQLException {
        var scopes = EnumSet.noneOf(Scope.class);
        for (var name : (String[]) array.getArray()) {
            scopes.add(Scope.valueOf(name.toUpperCase(Locale.ROOT)));
        }
        return scopes;
    }

    /** Makes a key good for nothing; returns whether there was one. */
    boolean revoke(String id) {
        return jdbc.sql("update api_key set revoked = coalesce(revoked, now()) where id = :id")
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Whether there is any that is good. */
    boolean any() {
        return jdbc.sql("select exists (select from api_key where revoked is null)")
                .query(Boolean.class)
                .single();
    }

    static String hash(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every JVM has it", ex);
        }
    }
}
