package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneNamesTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @ParameterizedTest
    @CsvSource({
        "Europe/Zurich, +01:00",
        "Etc/GMT+5, -05:00",
        "EST5EDT, -05:00",
        "UTC, Z",
        "'', Z",
        "Local, +09:00",
        "EST, -05:00", // Java's database lacks these
        "MST, -07:00",
        "HST, -10:00",
        "ROC, +08:00",
        "GMT+0, Z",
        "GMT-0, Z",
        "Factory, Z",
    })
    void findsIanaNames(String name, String offset) {
        assertThat(ZoneNames.find(name, TOKYO))
                .get()
                .extracting(zone -> zone.getRules()
                        .getOffset(Instant.parse("2024-01-01T00:00:00Z"))
                        .getId())
                .isEqualTo(offset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nowhere",
                "europe/zurich",
                "utc",
                "local",
                "+01:00",
                "Z",
                "GMT+1",
                "UTC+1",
                "ECT",
                "SystemV/EST5",
                " UTC",
                "../UTC"
            })
    void findsNothingElse(String name) {
        assertThat(ZoneNames.find(name, TOKYO)).isEmpty();
    }

    @Test
    void takesTheProcessZoneOnlyForLocal() {
        assertThat(ZoneNames.find("Local", TOKYO)).contains(TOKYO);
    }
}
