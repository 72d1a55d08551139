package newswire.store;

import newswire.contract.NewsRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record for its table.
 *
 * @param value absent = what the key names is gone
 */
record Consumed<T extends NewsRecord>(String key, @Nullable T value, Lineage lineage) {}
