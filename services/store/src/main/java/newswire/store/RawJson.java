package newswire.store;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * JSON that is passed on as it is.
 *
 * @param json a whole JSON value
 */
record RawJson(@JsonValue @JsonRawValue String json) {}
