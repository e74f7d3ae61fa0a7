package io.mgnlbackup.schedule;

import io.mgnlbackup.config.GoDuration;
import io.mgnlbackup.config.ZoneNames;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a schedule in the standard form of robfig/cron v3.
 *
 * <p>{@code [TZ=zone |CRON_TZ=zone ]}, then a descriptor ({@code @daily} and others, {@code @every duration}) or five fields.
 */
record ScheduleParser(String spec, ZoneId processZone) {

    private static final String EVERY = "@every ";

    private static final Map<String, String> DESCRIPTORS = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    Schedule parse() {
        if (!spec.startsWith("TZ=") && !spec.startsWith("CRON_TZ=")) {
            return parse(spec, processZone);
        }
        int blank = spec.indexOf(' ');
        if (blank < 0) {
            throw wrong("nothing stands behind the time zone");
        }
        String name = spec.substring(spec.indexOf('=') + 1, blank);
        ZoneId zone = ZoneNames.find(name, processZone)
                .orElseThrow(() ->
                        wrong("time zone '" + name + "' is not known, expected an IANA name such as Europe/Zurich"));
        return parse(trim(spec.substring(blank)), zone);
    }

    private Schedule parse(String line, ZoneId zone) {
        if (!line.startsWith("@")) {
            return cron(line, zone);
        }
        if (line.startsWith(EVERY)) {
            return every(line.substring(EVERY.length()));
        }
        String fields = DESCRIPTORS.get(line);
        if (fields == null) {
            throw wrong("'" + line
                    + "' is not known, expected @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly"
                    + " or @every with one blank and a duration");
        }
        return cron(fields, zone);
    }

    private Schedule every(String duration) {
        try {
            return new EverySchedule(GoDuration.parse(duration));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("schedule '" + spec + "': " + e.getMessage(), e);
        }
    }

    private Schedule cron(String line, ZoneId zone) {
        List<String> words = words(line);
        if (words.size() != CronUnit.values().length) {
            throw wrong(
                    "it has " + words.size() + " fields, expected 5: minute, hour, day of month, month, day of week");
        }
        return new CronSchedule(
                field(CronUnit.MINUTE, words.get(0)),
                field(CronUnit.HOUR, words.get(1)),
                field(CronUnit.DAY_OF_MONTH, words.get(2)),
                field(CronUnit.MONTH, words.get(3)),
                field(CronUnit.DAY_OF_WEEK, words.get(4)),
                zone);
    }

    private CronField field(CronUnit unit, String word) {
        try {
            return CronField.parse(unit, word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("schedule '" + spec + "': " + e.getMessage(), e);
        }
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("schedule '" + spec + "': " + why);
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= line.length(); i++) {
            if (i == line.length() || isBlank(line.charAt(i))) {
                if (i > start) {
                    words.add(line.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** White space as Unicode defines it, which is not what Java's methods of such names do. */
    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || Character.isSpaceChar(c);
    }
}
