/** The farm itself, tested. */
@NullMarked
package newswire.bench;

import org.jspecify.annotations.NullMarked;
