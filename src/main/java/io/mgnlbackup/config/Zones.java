package io.mgnlbackup.config;

import java.time.ZoneId;
import java.time.ZoneOffset;

/** Reads a time zone as the variable TZ holds it. */
final class Zones {

    private static final String FOLDER = "/usr/share/zoneinfo/";

    private Zones() {}

    /** The zone of an IANA name, with or without the colon or the folder that C libraries allow in front. */
    static ZoneId parse(String text) {
        String name = text.startsWith(":") ? text.substring(1) : text;
        name = name.startsWith(FOLDER) ? name.substring(FOLDER.length()) : name;
        return ZoneNames.find(name, ZoneOffset.UTC).orElseThrow(() -> new Rejected("no such zone"));
    }
}
