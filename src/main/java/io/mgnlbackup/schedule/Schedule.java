package io.mgnlbackup.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** When something is due, over and over. */
public sealed interface Schedule permits CronSchedule, EverySchedule {

    /**
     * Reads a schedule: {@code 30 2 * * *}, {@code CRON_TZ=Europe/Zurich 0 4 * * mon-fri}, {@code @daily}, {@code @every 6h}.
     *
     * @param processZone the zone that counts when the schedule names none
     * @throws IllegalArgumentException saying which field is wrong and what is accepted
     */
    static Schedule parse(String spec, ZoneId processZone) {
        return new ScheduleParser(spec, processZone).parse();
    }

    /** The first due time strictly after an instant; empty if there is none within five years. */
    Optional<Instant> next(Instant after);

    /** The latest due time at or before an instant; empty if there is none within five years. */
    Optional<Instant> previous(Instant atOrBefore);
}
