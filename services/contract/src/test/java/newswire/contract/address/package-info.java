@NullMarked
package newswire.contract.address;

import org.jspecify.annotations.NullMarked;
