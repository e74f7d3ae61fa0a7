/** Servers and other fixtures that tests of several packages share. */
@NullMarked
package io.mgnlbackup.testing;

import org.jspecify.annotations.NullMarked;
