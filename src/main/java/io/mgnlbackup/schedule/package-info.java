/**
 * When a backup is due: reads the setting CRON and computes due times.
 *
 * <p>The language and the times are those of robfig/cron v3 (its package documentation), whose rules differ from Quartz and others.
 * Everything here is pure: instants in, instants out; the process zone is passed in.
 */
@NullMarked
package io.mgnlbackup.schedule;

import org.jspecify.annotations.NullMarked;
