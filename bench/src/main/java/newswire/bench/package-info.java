/** Feed servers that behave and misbehave, and what they measure of the services. Not part of the product. */
@NullMarked
package newswire.bench;

import org.jspecify.annotations.NullMarked;
