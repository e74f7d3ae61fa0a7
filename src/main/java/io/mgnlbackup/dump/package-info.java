/**
 * The dump command: its arguments, its process, and a stream of its output that tells the truth.
 *
 * <p>The command is executed directly, never through a shell. {@link io.mgnlbackup.dump.Arguments} splits the setting ARGS and
 * {@link io.mgnlbackup.dump.Expansion} puts variables of the environment into each argument; a value never splits.
 */
@NullMarked
package io.mgnlbackup.dump;

import org.jspecify.annotations.NullMarked;
