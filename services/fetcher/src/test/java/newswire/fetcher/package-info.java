/** The fetcher, tested. */
@NullMarked
package newswire.fetcher;

import org.jspecify.annotations.NullMarked;
