/**
 * Runs the command that takes a backup: splits and expands its arguments, starts it without a shell, streams its output, and tells the
 * truth about how it ended.
 */
@NullMarked
package io.mgnlbackup.process;

import org.jspecify.annotations.NullMarked;
