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
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.introspect.AnnotationIntrospectorPair;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;
import tools.jackson.databind.type.LogicalType;

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
            var document = JSON.readTree(value);
            return document.isMissingNode()
                    ? new Decoded.Undecodable<>(Decoded.Undecodable.NOT_JSON, "empty")
                    : read(document, type);
        } catch (JacksonException ex) {
            return new Decoded.Undecodable<>(Decoded.Undecodable.NOT_JSON, detail(ex));
        }
    }

    private static <T extends NewsRecord> Decoded<T> read(JsonNode document, Class<T> type) {
        var version = version(document);
        if (!version.isEmpty() && !version.startsWith("1.")) {
            return new Decoded.Undecodable<>(Decoded.Undecodable.OTHER_VERSION, "version '" + version + "'");
        }
        try {
            var read = JSON.treeToValue(document, type);
            return read == null
                    ? new Decoded.Undecodable<>(Decoded.Undecodable.OTHER_SHAPE, "null")
                    : new Decoded.Value<>(read);
        } catch (JacksonException ex) {
            return new Decoded.Undecodable<>(Decoded.Undecodable.OTHER_SHAPE, detail(ex));
        }
    }

    private static String version(JsonNode document) {
        var version = document.path("schemaVersion");
        return (version.isMissingNode() ? document.path("standard").path("version") : version).asString("");
    }

    private static String detail(JacksonException ex) {
        var where = ex instanceof DatabindException bad ? bad.getPathReference() + ": " : "";
        return where + reason(ex);
    }

    /** What is wrong with a JSON text, in words for people: Jackson's own name a source that it does not show. */
    public static String reason(JacksonException ex) {
        return String.valueOf(ex.getOriginalMessage())
                .replaceAll("\\[Source: [^;\\]]*; (line: \\d+, column: \\d+)\\]", "$1")
                .replaceAll("\\s*\\[?Source: [^;\\]]*(?:; [^\\]]*)?\\]?", "");
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
                .annotationIntrospector(AnnotationIntrospectorPair.create(
                        new RequiredComponents(), new JacksonAnnotationIntrospector()))
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .withCoercionConfig(LogicalType.Textual, Encoding::onlyText)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(
                        EnumFeature.WRITE_ENUMS_USING_TO_STRING,
                        EnumFeature.READ_ENUMS_USING_TO_STRING,
                        EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .changeDefaultPropertyInclusion(was -> was.withValueInclusion(JsonInclude.Include.NON_NULL))
                .withConfigOverride(List.class, Encoding::emptyIfAbsent)
                .withConfigOverride(Map.class, Encoding::emptyIfAbsent)
                .build();
    }

    private static void emptyIfAbsent(tools.jackson.databind.cfg.MutableConfigOverride collection) {
        collection.setInclude(JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS));
        collection.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    }

    private static void onlyText(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
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
