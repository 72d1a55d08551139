@NullMarked
package newswire.store;

import org.jspecify.annotations.NullMarked;
