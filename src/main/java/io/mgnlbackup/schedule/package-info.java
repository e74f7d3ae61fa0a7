/**
 * When a backup is due.
 *
 * <p>Quartz ticks, {@link io.mgnlbackup.schedule.Schedule} decides: robfig/cron v3, whose specs users have, and Quartz read
 * expressions differently.
 */
@NullMarked
package io.mgnlbackup.schedule;

import org.jspecify.annotations.NullMarked;
