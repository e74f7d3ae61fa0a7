/**
 * Boot: makes a data directory of a bundle, on which PostgreSQL starts and recovers. Whole or not at all, with nothing but the links that
 * are in the bundle.
 */
@NullMarked
package io.mgnlbackup.restore;

import org.jspecify.annotations.NullMarked;
