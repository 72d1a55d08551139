package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeTests {
    @ParameterizedTest
    @CsvSource(textBlock = """
        # method, path                          , scope
        GET     , /api/articles                 , READ
        GET     , /api/articles/1/cluster       , READ
        DELETE  , /api/articles/1/cluster       , ADMIN
        PUT     , /api/articles/1/cluster       , ADMIN
        DELETE  , /api/articles/1               , ADMIN
        GET     , /api/feeds                    , READ
        POST    , /api/feeds                    , FEEDS
        GET     , /api/webhooks                 , ADMIN
        GET     , /api/webhooks/1/deliveries    , ADMIN
        POST    , /api/webhooks                 , ADMIN
        HEAD    , /api/keys                     , ADMIN
        GET     , /api/dead-letters/1/payload   , ADMIN
        GET     , /dead-letters                 , ADMIN
        POST    , /dead-letters/replay          , ADMIN
        GET     , /live                         , READ
        """)
    void whatARequestNeeds(String method, String path, Scope scope) {
        assertThat(Scope.of(method, path)).isEqualTo(scope);
    }
}
