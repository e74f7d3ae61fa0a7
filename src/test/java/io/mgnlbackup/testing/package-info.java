/**
 * What tests run against: real database servers, started from their binaries in a temporary folder, data to put into them and
 * fingerprints to compare what was backed up with what was restored.
 *
 * <p>Nothing here skips a test: a server that is missing is a failure that names the package to install. {@code script/install-test-deps}
 * installs them all.
 */
@NullMarked
package io.mgnlbackup.testing;

import org.jspecify.annotations.NullMarked;
