/**
 * Base backups of a PostgreSQL cluster: the command, what its output tells while it goes by, and the meta object that makes it count.
 *
 * <p>The order of the steps is in {@code routes/basebackup.camel.yaml}.
 */
@NullMarked
package io.mgnlbackup.basebackup;

import org.jspecify.annotations.NullMarked;
