/** What every service owes to whoever operates it. */
@NullMarked
package newswire.contract.operation;

import org.jspecify.annotations.NullMarked;
