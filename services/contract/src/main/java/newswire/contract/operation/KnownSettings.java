package newswire.contract.operation;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** The settings that records of settings read, in any of the spellings that Spring Boot accepts. */
final class KnownSettings {
    /** Kubernetes and Docker tell a container of a service that is named as we are. */
    private static final String LINK = "[A-Z]+_(SERVICE_(HOST|PORT.*)|PORT(_\\d+_(TCP|UDP).*)?)";

    private final Map<String, Class<?>> types = new TreeMap<>();
    private final Set<String> prefixes;

    /**
     * With the records themselves.
     *
     * @param records annotated with {@link ConfigurationProperties}
     */
    KnownSettings(Collection<Class<?>> records) {
        records.forEach(type -> collect(prefix(type), type));
        prefixes = records.stream().map(KnownSettings::prefix).collect(Collectors.toUnmodifiableSet());
    }

    private static String prefix(Class<?> type) {
        return requireNonNull(AnnotatedElementUtils.getMergedAnnotation(type, ConfigurationProperties.class))
                .prefix();
    }

    private void collect(String name, Class<?> type) {
        for (var component : type.getRecordComponents()) {
            var full = name + "." + DataObjectPropertyName.toDashedForm(component.getName());
            if (component.getType().isRecord()) {
                collect(full, component.getType());
            } else {
                types.put(full, component.getType());
            }
        }
    }

    /** Whether a setting is under a prefix of ours, and nothing reads it. */
    boolean isUnknown(String name) {
        return isUnknown(name, prefixes.stream().map(KnownSettings::canonical));
    }

    /** The same of a setting that was meant for us alone: it may be wrong right behind its first dot. */
    boolean isUnknownOfOurs(String name) {
        return isUnknown(name, prefixes.stream().map(prefix -> canonical(prefix).replaceFirst("\\..*", "")));
    }

    private boolean isUnknown(String name, Stream<String> under) {
        return under.anyMatch(prefix -> canonical(name).startsWith(prefix + "."))
                && types.entrySet().stream().noneMatch(known -> reads(known.getKey(), known.getValue(), name));
    }

    private static boolean reads(String known, Class<?> type, String name) {
        var asked = canonical(name.replaceFirst("\\[.*", ""));
        return asked.equals(canonical(known))
                || (Map.class.isAssignableFrom(type) && asked.startsWith(canonical(known) + "."));
    }

    /** Case, dashes and underscores mean nothing in a setting's name. */
    private static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    /** Whether an environment variable is under a prefix of ours, and nothing reads it. */
    boolean isUnknownVariable(String variable) {
        var settings = types.entrySet();
        return prefixes.stream().anyMatch(prefix -> variable.startsWith(variable(prefix) + "_"))
                && !variable.matches(LINK)
                && settings.stream().noneMatch(known -> readsVariable(known.getKey(), known.getValue(), variable));
    }

    private static boolean readsVariable(String known, Class<?> type, String variable) {
        var asked = canonical(variable.replaceFirst("_\\d+(_.*)?$", ""));
        var expected = canonical(variable(known));
        return asked.equals(expected) || (Map.class.isAssignableFrom(type) && asked.startsWith(expected));
    }

    private static String variable(String name) {
        return name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    /** The setting that was probably meant. */
    Optional<String> nearest(String name) {
        return types.keySet().stream()
                .min(Comparator.comparingInt(known -> difference(known, name)))
                .filter(known -> difference(known, name) <= letters(name).length() / 3);
    }

    /** A name may be right but for where it stands. */
    private static int difference(String known, String name) {
        return Math.min(distance(letters(known), letters(name)), 1 + distance(last(known), last(name)));
    }

    private static String last(String name) {
        return letters(name.substring(name.lastIndexOf('.') + 1));
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    /** Levenshtein's: how many letters to change, add or leave out. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
