/** What runs Newswire, checked without running it. */
@NullMarked
package newswire.ops;

import org.jspecify.annotations.NullMarked;
