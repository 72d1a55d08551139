package newswire.store;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newswire.contract.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter, as its template wants it.
 *
 * @param fate open, replayed or discarded
 * @param bytes of the record; absent if they are not kept
 * @param told what became of the last wish
 * @param refused why it was not done
 */
record DeadLetterPage(
        Shell shell,
        DeadLetter letter,
        String fate,
        @Nullable ByteView bytes,
        @Nullable String told,
        @Nullable String refused) {

    /** Who gave up. */
    String application() {
        var it = letter.application();
        return parts(it.name(), it.version(), it.instance());
    }

    String exception() {
        var it = letter.exception();
        return it == null ? "" : ByteView.visible(parts(it.className(), it.message(), it.causeClass()));
    }

    private static String parts(@Nullable String... parts) {
        return Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining(", "));
    }

    List<DeadLetter.Header> headers() {
        return letter.record() == null ? List.of() : letter.record().headers();
    }

    static String value(DeadLetter.Header header) {
        if (header.valueBase64() != null) {
            return "base64: " + header.valueBase64();
        }
        return header.value() == null ? "none" : ByteView.visible(header.value());
    }
}
