/** The standalone. */
@NullMarked
package newswire.standalone;

import org.jspecify.annotations.NullMarked;
