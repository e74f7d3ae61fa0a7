package io.mgnlbackup.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;

/** Reads a time zone as the variable TZ holds it. */
final class Zones {

    private static final String FOLDER = "/usr/share/zoneinfo/";

    /** Names of the IANA database that Java takes only as aliases. */
    private static final Map<String, String> ALIASES = Map.of("EST", "-05:00", "MST", "-07:00", "HST", "-10:00");

    private Zones() {}

    /** The zone of an IANA name, with or without the colon or the folder that C libraries allow in front. */
    static ZoneId parse(String text) {
        String name = text.startsWith(":") ? text.substring(1) : text;
        name = name.startsWith(FOLDER) ? name.substring(FOLDER.length()) : name;
        try {
            return ZoneId.of(name, ALIASES);
        } catch (DateTimeException e) {
            throw new Rejected("no such zone");
        }
    }
}
