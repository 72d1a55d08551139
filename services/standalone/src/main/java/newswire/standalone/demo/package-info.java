/** A small news world on loopback, so that everything can be seen without a network. */
@NullMarked
package newswire.standalone.demo;

import org.jspecify.annotations.NullMarked;
