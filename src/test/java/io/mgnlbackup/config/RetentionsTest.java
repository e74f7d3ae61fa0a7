package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.config.Settings.Cycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionsTest {

    @ParameterizedTest
    @CsvSource({
        "'15,4,3', 15, 4, 3",
        "' 7 , 0,12', 7, 0, 12",
        "'0,0,0', 0, 0, 0", // keeps everything
    })
    void readsACycle(String text, int daily, int weekly, int monthly) {
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.CYCLE, text)
                        .settings()
                        .cycle())
                .isEqualTo(new Cycle(daily, weekly, monthly));
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "15,4", "15,4,3,2", "15,4,x", "15,,3", "-1,4,3", "15;4;3", "1.5,4,3", "9999999,1,1"})
    void refusesWhatIsNoCycle(String text) {
        assertThat(Reading.ofMinimum().variable(SettingKey.CYCLE, text).read().problems())
                .singleElement()
                .asString()
                .startsWith("MGNLBACKUP_CYCLE: '" + text + "' is not accepted");
    }

    @Test
    void takesDaysForACycleOfDaysOnly() {
        Configuration configuration =
                Reading.ofMinimum().variable(SettingKey.KEEPDAYS, "30").read();

        assertThat(configuration.settings().cycle()).isEqualTo(new Cycle(30, 0, 0));
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void letsDaysBeatACycleWithAWarning() {
        Configuration configuration = Reading.ofMinimum()
                .variable(SettingKey.KEEPDAYS, "30")
                .flag(SettingKey.CYCLE, "1,2,3")
                .read();

        assertThat(configuration.settings().cycle()).isEqualTo(new Cycle(30, 0, 0));
        assertThat(configuration.warnings())
                .containsExactly("MGNLBACKUP_KEEPDAYS=30 beats MGNLBACKUP_CYCLE (from --cycle):"
                        + " backups of the newest 30 days are kept, nothing weekly or monthly");
    }

    @Test
    void takesTheCycleWhenDaysAreZero() {
        Configuration configuration = Reading.ofMinimum()
                .variable(SettingKey.KEEPDAYS, "0")
                .variable(SettingKey.CYCLE, "1,2,3")
                .read();

        assertThat(configuration.settings().cycle()).isEqualTo(new Cycle(1, 2, 3));
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void saysThatZeroDaysAloneDoNotKeepEverything() {
        Configuration configuration =
                Reading.ofMinimum().variable(SettingKey.KEEPDAYS, "0").read();

        assertThat(configuration.settings().cycle()).isEqualTo(new Cycle(15, 4, 3));
        assertThat(configuration.warnings())
                .containsExactly("MGNLBACKUP_KEEPDAYS=0 means the default cycle 15,4,3;"
                        + " set MGNLBACKUP_CYCLE=0,0,0 to keep everything");
    }
}
