/** Six made-up publishers on loopback, for a look at Newswire without any network. */
@NullMarked
package newswire.standalone.demo;

import org.jspecify.annotations.NullMarked;
