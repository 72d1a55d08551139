/** The fetcher. */
@NullMarked
package newswire.fetcher;

import org.jspecify.annotations.NullMarked;
