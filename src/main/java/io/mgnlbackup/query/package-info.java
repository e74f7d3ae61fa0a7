/** Choosing backups by their tags: the label matchers of PromQL. */
@NullMarked
package io.mgnlbackup.query;

import org.jspecify.annotations.NullMarked;
