package newswire.contract.kafka;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import newswire.contract.Article;
import newswire.contract.ArticleId;
import newswire.contract.FeedId;
import newswire.contract.NewsRecord;
import newswire.contract.PublisherScope;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Records ↔ JSON bytes. Strict in what it writes (nothing absent is written, nothing is null), tolerant in what it reads
 * (properties of newer minor versions are passed over).
 */
public final class Encoding {
    private static final JsonMapper JSON = mapper();

    private Encoding() {}

    /** The mapper for whoever serves or stores the same JSON. */
    public static JsonMapper json() {
        return JSON;
    }

    /** UTF-8 JSON. */
    public static byte[] encode(NewsRecord value) {
        return JSON.writeValueAsBytes(value);
    }

    /** Reads a record's value; never throws for what the bytes are. */
    public static <T extends NewsRecord> Decoded<T> decode(byte @Nullable [] value, Class<T> type) {
        if (value == null) {
            return new Decoded.Tombstone<>();
        }
        try {
            var read = JSON.readValue(value, type);
            return read == null ? new Decoded.Undecodable<>("schema-violation", "null") : new Decoded.Value<>(read);
        } catch (StreamReadException ex) {
            return new Decoded.Undecodable<>("undecodable", detail(ex));
        } catch (JacksonException ex) {
            return new Decoded.Undecodable<>(reason(value), detail(ex));
        } catch (NullPointerException | IllegalArgumentException ex) {
            return new Decoded.Undecodable<>("schema-violation", String.valueOf(ex.getMessage()));
        }
    }

    private static String reason(byte[] value) {
        try {
            var tree = JSON.readTree(value);
            var version = tree.path("schemaVersion")
                    .asString(tree.path("standard").path("version").asString("1."));
            return version.startsWith("1.") ? "schema-violation" : "unsupported-version";
        } catch (JacksonException ex) {
            return "undecodable";
        }
    }

    private static String detail(JacksonException ex) {
        var where = ex instanceof DatabindException bad ? bad.getPathReference() + ": " : "";
        return where + ex.getOriginalMessage();
    }

    private static JsonMapper mapper() {
        var ids = new SimpleModule("newswire")
                .addSerializer(FeedId.class, ToStringSerializer.instance)
                .addSerializer(ArticleId.class, ToStringSerializer.instance)
                .addSerializer(PublisherScope.class, ToStringSerializer.instance)
                .addDeserializer(FeedId.class, new FromText<>(FeedId.class, FeedId::new))
                .addDeserializer(ArticleId.class, new FromText<>(ArticleId.class, ArticleId::new))
                .addDeserializer(PublisherScope.class, new FromText<>(PublisherScope.class, PublisherScope::new));
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(200)
                                .maxStringLength(20_000_000)
                                .build())
                        .build())
                .addModule(ids)
                .addMixIn(Article.class, ArticleShape.class)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
                .changeDefaultPropertyInclusion(was -> was.withValueInclusion(JsonInclude.Include.NON_NULL))
                .withConfigOverride(List.class, Encoding::emptyIfAbsent)
                .withConfigOverride(Map.class, Encoding::emptyIfAbsent)
                .build();
    }

    private static void emptyIfAbsent(tools.jackson.databind.cfg.MutableConfigOverride collection) {
        collection.setInclude(JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS));
        collection.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    }

    /** The schema wants {@code bodies} also when there are none. */
    @SuppressWarnings("UnusedMethod") // read by Jackson
    private interface ArticleShape {
        @JsonInclude(JsonInclude.Include.ALWAYS)
        List<Article.Body> bodies();
    }

    private static final class FromText<T> extends FromStringDeserializer<T> {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient java.util.function.Function<String, T> read;

        FromText(Class<T> type, java.util.function.Function<String, T> read) {
            super(type);
            this.read = read;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) {
            return read.apply(text);
        }
    }
}
