package newswire.standalone.demo;

import java.time.Instant;
import java.util.List;

/**
 * An entry as its publisher has it.
 *
 * @param updated later than published if it was corrected
 */
record Item(long number, Instant published, Instant updated, String title, List<String> paragraphs) {
    Item {
        paragraphs = List.copyOf(paragraphs);
    }
}
