/**
 * A backup sidecar for databases: {@link io.mgnlbackup.Main} starts it.
 *
 * <p>Imports point one way: {@code http, cli -> features -> catalog -> store}. Features may use {@code config}, {@code problem} and
 * {@code postgres}, never each other.
 */
@NullMarked
package io.mgnlbackup;

import org.jspecify.annotations.NullMarked;
