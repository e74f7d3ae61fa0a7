/**
 * The command line: one class a command.
 *
 * <p>A command reads its options, calls the feature and prints what it says; decisions are elsewhere. Exit codes: 0 done, 1 failed,
 * 2 wrong usage or configuration.
 */
@NullMarked
package io.mgnlbackup.cli;

import org.jspecify.annotations.NullMarked;
