/** What every store promises, and the tests that it does. */
@NullMarked
package io.mgnlbackup.store;

import org.jspecify.annotations.NullMarked;
