package newswire.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Browsers that signed in: of each only the hash of what its cookie says, and which key it signed in with. */
@Repository
class SessionTable {
    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    SessionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Begins a session and forgets those that are over; returns what the cookie is to say, 256 random bits. */
    String begin(String keyHash, Duration lasts) {
        jdbc.sql("delete from web_session where expires < now()").update();
        var bytes = new byte[32];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        jdbc.sql("""
                        insert into web_session (hash, key_hash, expires)
                        values (:hash, :keyHash, now() + make_interval(secs => :seconds))
                        """)
                .param("hash", ApiKeyTable.hash(token))
                .param("keyHash", keyHash)
                .param("seconds", lasts.toSeconds())
                .update();
        return token;
    }

    /** The hash of the key that a session was begun with, unless it is over. */
    Optional<String> keyHash(String token) {
        return jdbc.sql("select key_hash from web_session where hash = :hash and expires > now()")
                .param("hash", ApiKeyTable.hash(token))
                .query(String.class)
                .optional();
    }

    void end(String token) {
        jdbc.sql("delete from web_session where hash = :hash")
                .param("hash", ApiKeyTable.hash(token))
                .update();
    }
}
