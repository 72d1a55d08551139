/** How the records travel: JSON, CloudEvents headers, topic settings, dead letters; one auto-configuration for all services. */
@NullMarked
package newswire.contract.kafka;

import org.jspecify.annotations.NullMarked;
