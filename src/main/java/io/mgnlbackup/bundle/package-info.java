/**
 * Bundles: which objects restore a cluster to an instant, as a list with links, and as one archive that PostgreSQL starts from.
 */
@NullMarked
package io.mgnlbackup.bundle;

import org.jspecify.annotations.NullMarked;
