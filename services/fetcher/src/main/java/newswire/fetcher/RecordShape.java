package newswire.fetcher;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record: which of its components differ from those of the last record of its type, which of these are absent, and what
 * the others are.
 */
final class RecordShape implements Shape {
    private final Class<?> type;
    private final Shape[] shapes;
    private final Method[] accessors;
    private final @Nullable Object[] nothing;
    private final Constructor<?> constructor;

    RecordShape(Class<?> type) {
        this.type = type;
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        shapes = Arrays.stream(components)
                .map(component -> Shape.of(component.getGenericType()))
                .toArray(Shape[]::new);
        accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
        nothing = Arrays.stream(types).map(RecordShape::nothing).toArray();
        try {
            constructor = type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException ex) {
            throw new IllegalArgumentException("every record has it: " + type, ex);
        }
    }

    /** What a component is before there was a record: absent, empty, zero or false. */
    private static @Nullable Object nothing(Class<?> type) {
        return type == List.class ? List.of() : type == Map.class ? Map.of() : Array.get(Array.newInstance(type, 1), 0);
    }

    @Override
    public void write(CompactOut out, Object value) {
        var last = out.words().last(type, nothing);
        long changed = 0;
        long absent = 0;
        for (int n = 0; n < shapes.length; n++) {
            var now = component(n, value);
            changed |= Objects.equals(now, last[n]) ? 0 : 1L << n;
            absent |= now == null ? 1L << n : 0;
            last[n] = now;
        }
        absent &= changed;
        out.unsigned((changed << 1) | (absent == 0 ? 0 : 1));
        if (absent != 0) {
            out.unsigned(absent);
        }
        for (int n = 0; n < shapes.length; n++) {
            if ((changed & ~absent & (1L << n)) != 0) {
                shapes[n].write(out, Objects.requireNonNull(component(n, value)));
            }
        }
    }

    @Override
    public Object read(CompactIn in) {
        var last = in.words().last(type, nothing);
        long how = in.unsigned();
        long changed = how >>> 1;
        long absent = (how & 1) == 0 ? 0 : in.unsigned();
        for (int n = 0; n < shapes.length; n++) {
            if ((changed & (1L << n)) != 0) {
                last[n] = (absent & (1L << n)) == 0 ? shapes[n].read(in) : null;
            }
        }
        try {
            return constructor.newInstance(last.clone());
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException("it was such a record when it was written: " + type, ex);
        }
    }

    private @Nullable Object component(int number, Object value) {
        try {
            return accessors[number].invoke(value);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException("accessors of records are public and do not fail: " + type, ex);
        }
    }
}
