package newswire.contract.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Map;
import newswire.contract.Article;
import newswire.contract.DeadLetter;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.NewsRecord;
import newswire.contract.RawArticle;
import newswire.contract.Samples;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is read by the CloudEvents project's own library. */
class CloudEventHeadersTests {
    private static final Map<String, Class<? extends NewsRecord>> TYPES = Map.of(
            "feed", Feed.class,
            "feed-state", FeedState.class,
            "raw-article", RawArticle.class,
            "article", Article.class,
            "dead-letter", DeadLetter.class);

    @ParameterizedTest
    @CsvSource(textBlock = """
            # record    , sample    , type                    , id                                                                  , time                       , subject                             , correlation                         , causation
            feed        , full      , feed.defined            , f7326444-2fe6-5e2f-a7cc-161818be903a:4                              , 2020-03-02T00:00:00Z       , f7326444-2fe6-5e2f-a7cc-161818be903a,                                     ,
            feed-state  , full      , feed-state.changed      , f7326444-2fe6-5e2f-a7cc-161818be903a:2020-03-31T08:05:13Z           , 2020-03-31T08:05:13Z       , f7326444-2fe6-5e2f-a7cc-161818be903a,                                     ,
            raw-article , full      , raw-article.captured    , f7326444-2fe6-5e2f-a7cc-161818be903a:07de64c50df0f66a:2020-03-31T08:05:12Z, 2020-03-31T08:05:12Z , f7326444-2fe6-5e2f-a7cc-161818be903a, 5b8f1f7e-6d5c-4c53-8a0e-0d8f3f7f2a11,
            article     , seed      , article.published       , 11410d9c-4c88-58a1-9a65-e72d4e63171a:1.0                            , 2020-03-31T08:05:12Z       , 11410d9c-4c88-58a1-9a65-e72d4e63171a,                                     , f7326444-2fe6-5e2f-a7cc-161818be903a:07de64c50df0f66a:2020-03-31T08:05:12Z
            article     , full      , article.withdrawn       , 11410d9c-4c88-58a1-9a65-e72d4e63171a:3.1                            , 2020-04-01T10:00:00.123456Z, 11410d9c-4c88-58a1-9a65-e72d4e63171a,                                     , f7326444-2fe6-5e2f-a7cc-161818be903a:07de64c50df0f66a:2020-03-31T08:05:12Z
            dead-letter , full      , dead-letter.recorded    , 1cd214e2-e1ce-59e5-8c7a-fdf8cb75b2b3                                , 2020-03-31T08:05:14Z       , 1cd214e2-e1ce-59e5-8c7a-fdf8cb75b2b3,                                     , f7326444-2fe6-5e2f-a7cc-161818be903a:07de64c50df0f66a:2020-03-31T08:05:12Z
            """)
    void isACloudEvent(
            String record,
            String sample,
            String type,
            String id,
            OffsetDateTime time,
            String subject,
            @Nullable String correlation,
            @Nullable String causation) {
        var event = event(Samples.read(record + "-" + sample, requireNonNull(TYPES.get(record))));
        assertThat(event.getId()).isEqualTo(id);
        assertThat(event.getType()).isEqualTo("newswire." + type + ".v1");
        assertThat(event.getTime()).isEqualTo(time);
        assertThat(event.getSubject()).isEqualTo(subject);
        assertThat(event.getSource()).isEqualTo(URI.create("urn:newswire:fetcher"));
        assertThat(event.getDataSchema()).isEqualTo(URI.create("urn:newswire:schema:" + record + ":1.0"));
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getExtension("correlationid")).isEqualTo(correlation);
        assertThat(event.getExtension("causationid")).isEqualTo(causation);
    }

    @Test
    void carriesTheRecordAsItsData() {
        var article = Samples.article("seed");
        var data = requireNonNull(event(article).getData()).toBytes();
        assertThat(Encoding.decode(data, Article.class)).isEqualTo(new Decoded.Value<>(article));
    }

    @Test
    void isTheSameWhenSentAgain() {
        var serializer = new RecordSerializer("normalizer");
        var headers = new RecordHeaders();
        serializer.serialize("news.article.v1", headers, Samples.article("seed"));
        var first = headers.toArray();
        serializer.serialize("news.article.v1", headers, Samples.article("seed"));
        assertThat(headers.toArray()).isEqualTo(first);
    }

    @Test
    void aTombstoneHasNeitherValueNorHeaders() {
        var headers = new RecordHeaders();
        assertThat(new RecordSerializer("store").serialize("news.article.v1", headers, null))
                .isNull();
        assertThat(headers).isEmpty();
    }

    private static CloudEvent event(NewsRecord record) {
        var headers = new RecordHeaders();
        byte[] value;
        try (var serializer = new RecordSerializer()) {
            serializer.configure(Map.of(RecordSerializer.SERVICE, "fetcher"), false);
            value = serializer.serialize("t", headers, record);
        }
        try (var deserializer = new CloudEventDeserializer()) {
            return deserializer.deserialize("t", headers, value);
        }
    }
}
