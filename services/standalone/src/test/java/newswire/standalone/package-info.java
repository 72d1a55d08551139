/** The whole, from the outside. */
@NullMarked
package newswire.standalone;

import org.jspecify.annotations.NullMarked;
