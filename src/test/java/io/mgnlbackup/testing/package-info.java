/** Fixtures for tests: vectors, fakes and servers. */
@NullMarked
package io.mgnlbackup.testing;

import org.jspecify.annotations.NullMarked;
