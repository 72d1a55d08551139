@NullMarked
package newswire.contract.operation;

import org.jspecify.annotations.NullMarked;
