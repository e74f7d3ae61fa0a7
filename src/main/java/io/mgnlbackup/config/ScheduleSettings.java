package io.mgnlbackup.config;

import java.time.ZoneId;

/**
 * When backups are due.
 *
 * @param cron checked
 * @param zone counts where the schedule names none
 */
public record ScheduleSettings(String cron, ZoneId zone) {}
