/** The whole of Newswire in one process: the three services, told where an embedded broker and an embedded database are. */
@NullMarked
package newswire.standalone;

import org.jspecify.annotations.NullMarked;
