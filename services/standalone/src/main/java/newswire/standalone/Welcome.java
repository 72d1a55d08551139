package newswire.standalone;

import java.time.Duration;

/** What to do with it, once it runs. */
final class Welcome {
    private Welcome() {}

    static void print(Progress progress, Ports ports, String broker, Duration took) {
        progress.say("""
                Ready in %1$s s.

                  Page            http://127.0.0.1:%2$d/
                  Articles        curl 'http://127.0.0.1:%2$d/api/articles?q=smugglers'
                  Add a feed      curl -H 'Content-Type: application/json' -d '{"xmlUrl":"https://…/feed"}' http://127.0.0.1:%2$d/api/feeds
                  Feeds           curl http://127.0.0.1:%2$d/api/feeds
                  Kafka           %3$s, topic news.article.v1
                  Health          http://127.0.0.1:%2$d/actuator/health (store), :%4$d (fetcher), :%5$d (normalizer)

                Stop with Ctrl-C.""".formatted(Progress.seconds(took), ports.store(), broker, ports.fetcher(), ports.normalizer()));
    }
}
