/** news.article.v1 → table article → HTTP: all persistence and all serving. */
@NullMarked
package newswire.store;

import org.jspecify.annotations.NullMarked;
