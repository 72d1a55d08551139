/** Tests of the demo. */
@NullMarked
package newswire.standalone.demo;

import org.jspecify.annotations.NullMarked;
