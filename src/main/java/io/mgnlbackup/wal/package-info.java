/**
 * Continuous archiving: takes the files that PostgreSQL puts into the archive folder, stores each whole and once, deletes it only then,
 * and tells what waits and what is missing.
 *
 * <p>The order of the steps is in {@code routes/wal.camel.yaml}.
 */
@NullMarked
package io.mgnlbackup.wal;

import org.jspecify.annotations.NullMarked;
