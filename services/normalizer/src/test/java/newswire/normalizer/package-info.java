/** Tests of the normalizer. */
@NullMarked
package newswire.normalizer;

import org.jspecify.annotations.NullMarked;
