/** Which servers of others may be asked. */
@NullMarked
package newswire.contract.address;

import org.jspecify.annotations.NullMarked;
