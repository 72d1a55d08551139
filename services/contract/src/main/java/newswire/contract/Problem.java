package newswire.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as an RFC 9457 problem.
 *
 * @param type URN that ends in a stable code, as in {@code urn:newswire:problem:http_404}
 * @param title the same for every occurrence of the type
 * @param status HTTP status, absent if none was received
 * @param detail this occurrence, at most 300 characters
 * @param instance the occurrence's own URI
 * @param errors the places at fault, if there are several
 */
public record Problem(
        String type,
        String title,
        @Nullable Integer status,
        @Nullable String detail,
        @Nullable String instance,
        List<At> errors) {

    private static final String TYPE = "urn:newswire:problem:";

    public Problem {
        errors = List.copyOf(errors);
    }

    /** A problem that is known by a stable code. */
    public static Problem of(String code, @Nullable Integer status, String detail) {
        var cut = detail.length() > 300 ? detail.substring(0, 299) + "…" : detail;
        return new Problem(TYPE + code, code.replace('_', ' ').replace('-', ' '), status, cut, null, List.of());
    }

    /** The stable code at the end of the type. */
    public String code() {
        return type.substring(type.lastIndexOf(':') + 1);
    }

    /**
     * One place at fault.
     *
     * @param detail what is wrong there
     * @param pointer JSON pointer, absent if the whole is meant
     */
    public record At(String detail, @Nullable String pointer) {}
}
