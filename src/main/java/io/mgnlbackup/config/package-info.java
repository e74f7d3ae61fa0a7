/**
 * Typed settings: read once, checked together, secrets masked when printed.
 *
 * <p>Every setting has a variable {@code MGNLBACKUP_X_Y}, a flag {@code --x-y} and a file variable {@code MGNLBACKUP_X_Y_FILE}. All wrong
 * values are reported at once. The records are what the rest of the program sees.
 */
@NullMarked
package io.mgnlbackup.config;

import org.jspecify.annotations.NullMarked;
