/** What flows between the services: topics, records and the words they share. Knows no framework. */
@NullMarked
package newswire.contract;

import org.jspecify.annotations.NullMarked;
