/**
 * The command line: one class a command, and what prints their results.
 *
 * <p>{@link io.mgnlbackup.cli.Mgnlbackup} is the root command. Commands read settings, ask a {@link io.mgnlbackup.cli.Sidecar} for what
 * needs routes, and print. Results go to standard output; the log, progress and errors go to standard error.
 */
@NullMarked
package io.mgnlbackup.cli;

import org.jspecify.annotations.NullMarked;
