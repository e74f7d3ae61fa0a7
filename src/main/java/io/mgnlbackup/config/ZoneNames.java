package io.mgnlbackup.config;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds a time zone by its IANA name, as Go's {@code time.LoadLocation} does: {@code Europe/Zurich}, case matters, {@code UTC} and the
 * empty name are UTC, {@code Local} is the zone of the process. Java's own offsets and short names ({@code +01:00}, {@code ECT}) are none.
 */
public final class ZoneNames {

    /** In the IANA database, but not in Java's. */
    private static final Map<String, ZoneId> MISSING_IN_JAVA = Map.of(
            "EST", ZoneOffset.ofHours(-5),
            "MST", ZoneOffset.ofHours(-7),
            "HST", ZoneOffset.ofHours(-10),
            "ROC", ZoneId.of("Asia/Taipei"),
            "GMT+0", ZoneOffset.UTC,
            "GMT-0", ZoneOffset.UTC,
            "Factory", ZoneOffset.UTC);

    private static final Set<String> NAMES = ZoneRulesProvider.getAvailableZoneIds();

    private ZoneNames() {}

    /** The zone of that name, if there is one. */
    public static Optional<ZoneId> find(String name, ZoneId local) {
        if (name.isEmpty() || name.equals("UTC")) {
            return Optional.of(ZoneOffset.UTC);
        }
        if (name.equals("Local")) {
            return Optional.of(local);
        }
        if (NAMES.contains(name) && !name.startsWith("SystemV/")) {
            return Optional.of(ZoneId.of(name));
        }
        return Optional.ofNullable(MISSING_IN_JAVA.get(name));
    }
}
