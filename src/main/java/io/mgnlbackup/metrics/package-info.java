/**
 * Every meter and every health check, named in one place.
 *
 * <p>Names that existing dashboards and alerts use are kept to the letter (docs/monitoring.md).
 */
@NullMarked
package io.mgnlbackup.metrics;

import org.jspecify.annotations.NullMarked;
