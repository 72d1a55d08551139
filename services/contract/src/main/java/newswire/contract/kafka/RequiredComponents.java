package newswire.contract.kafka;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.Serial;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * Lets {@code @Nullable} decide what a document must have: every other component of a record is required, but for
 * collections, which are empty if absent. Without this, Jackson fills what is missing with null.
 */
final class RequiredComponents extends NopAnnotationIntrospector {
    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        var component = component(member);
        return component == null ? null : required(component);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        var component = annotated instanceof AnnotatedMember member ? component(member) : null;
        return component != null && required(component)
                ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
                : JsonSetter.Value.empty();
    }

    private static boolean required(RecordComponent component) {
        return !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                && !Collection.class.isAssignableFrom(component.getType())
                && !Map.class.isAssignableFrom(component.getType());
    }

    private static @Nullable RecordComponent component(AnnotatedMember member) {
        var components = member.getDeclaringClass().getRecordComponents();
        if (components == null) {
            return null;
        }
        if (member instanceof AnnotatedParameter parameter) {
            return parameter.getOwner().getParameterCount() == components.length
                    ? components[parameter.getIndex()]
                    : null;
        }
        return Arrays.stream(components)
                .filter(component -> component.getName().equals(member.getName()))
                .findAny()
                .orElse(null);
    }
}
