/**
 * The dump: the command, its process, and a stream over its output that tells the truth at its end.
 *
 * <p>{@link io.mgnlbackup.dump.BackupJob} holds the steps that {@code routes/dump.camel.yaml} puts in order.
 */
@NullMarked
package io.mgnlbackup.dump;

import org.jspecify.annotations.NullMarked;
