package newswire.fetcher;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** How the values of a type are written to a {@link Compact} and read again, by nothing but the type's declaration. */
interface Shape {
    ClassValue<Shape> RECORDS = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    void write(CompactOut out, Object value);

    Object read(CompactIn in);

    /**
     * The shape of a component's type, of those that feeds and their states are made of.
     *
     * @throws IllegalArgumentException if it is none of those
     */
    static Shape of(Type type) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? list(of(arguments[0]))
                    : map(of(arguments[0]), of(arguments[1]));
        }
        if (!(type instanceof Class<?> plain)) {
            throw new IllegalArgumentException("no shape for " + type);
        }
        if (plain.isRecord()) {
            return RECORDS.get(plain);
        }
        return plain.isEnum() ? constant(List.of(plain.getEnumConstants())) : Simple.of(plain);
    }

    private static Shape constant(List<?> constants) {
        return new Simple(
                (out, value) -> out.unsigned(constants.indexOf(value)), in -> constants.get((int) in.unsigned()));
    }

    private static Shape list(Shape element) {
        return new Simple(
                (out, value) -> {
                    var list = (List<?>) value;
                    if (!out.again(list)) {
                        list.forEach(each -> element.write(out, each));
                        out.words().lists().add(list);
                    }
                },
                in -> {
                    long how = in.unsigned();
                    if ((how & 1) == 1) {
                        return in.words().lists().get((int) (how >>> 1));
                    }
                    var list = new ArrayList<>();
                    for (long left = how >>> 1; left > 0; left--) {
                        list.add(element.read(in));
                    }
                    in.words().lists().add(list);
                    return list;
                });
    }

    private static Shape map(Shape key, Shape value) {
        return new Simple(
                (out, map) -> {
                    out.unsigned(((Map<?, ?>) map).size());
                    ((Map<?, ?>) map).forEach((one, other) -> {
                        key.write(out, one);
                        value.write(out, other);
                    });
                },
                in -> {
                    var map = new LinkedHashMap<>();
                    for (long left = in.unsigned(); left > 0; left--) {
                        map.put(key.read(in), value.read(in));
                    }
                    return map;
                });
    }

    /** A value without parts that have a shape. */
    record Simple(BiConsumer<CompactOut, Object> writer, Function<CompactIn, Object> reader) implements Shape {
        private static final Map<Class<?>, Simple> ALL = Map.ofEntries(
                Map.entry(String.class, new Simple((out, text) -> out.text((String) text), CompactIn::text)),
                Map.entry(URI.class, new Simple((out, url) -> out.text(url.toString()), in -> URI.create(in.text()))),
                Map.entry(Instant.class, new Simple((out, time) -> out.time((Instant) time), CompactIn::time)),
                Map.entry(UUID.class, new Simple((out, id) -> out.id((UUID) id), CompactIn::id)),
                Map.entry(int.class, whole(Math::toIntExact)),
                Map.entry(Integer.class, whole(Math::toIntExact)),
                Map.entry(long.class, whole(number -> number)),
                Map.entry(Long.class, whole(number -> number)),
                Map.entry(double.class, fraction()),
                Map.entry(Double.class, fraction()),
                Map.entry(boolean.class, truth()),
                Map.entry(Boolean.class, truth()));

        static Simple of(Class<?> type) {
            var known = ALL.get(type);
            if (known == null) {
                throw new IllegalArgumentException("no shape for " + type);
            }
            return known;
        }

        private static Simple whole(Function<Long, Object> narrowed) {
            return new Simple(
                    (out, number) -> out.number(((Number) number).longValue()), in -> narrowed.apply(in.number()));
        }

        private static Simple fraction() {
            return new Simple((out, number) -> out.fraction((Double) number), CompactIn::fraction);
        }

        private static Simple truth() {
            return new Simple((out, truth) -> out.unsigned((Boolean) truth ? 1 : 0), in -> in.unsigned() == 1);
        }

        @Override
        public void write(CompactOut out, Object value) {
            writer.accept(out, value);
        }

        @Override
        public Object read(CompactIn in) {
            return reader.apply(in);
        }
    }
}
