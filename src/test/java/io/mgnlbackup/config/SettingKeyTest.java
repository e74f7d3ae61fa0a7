package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingKeyTest {

    @ParameterizedTest
    @CsvSource({
        "S3_ENDPOINT, MGNLBACKUP_S3_ENDPOINT, MGNLBACKUP_S3_ENDPOINT_FILE, --s3-endpoint",
        "READONLY, MGNLBACKUP_READONLY, MGNLBACKUP_READONLY_FILE, --readonly",
        "GOOGLE_APPLICATION_CREDENTIALS, GOOGLE_APPLICATION_CREDENTIALS, , --google-application-credentials",
        "TZ, TZ, , --tz",
    })
    void hasAVariableAFileVariableAndAFlag(SettingKey key, String variable, String file, String flag) {
        assertThat(key.variable()).isEqualTo(variable);
        assertThat(key.fileVariable().orElse(null)).isEqualTo(file);
        assertThat(key.flag()).isEqualTo(flag);
    }

    @ParameterizedTest
    @EnumSource
    void isDescribedInALine(SettingKey key) {
        assertThat(key.description()).isNotBlank().doesNotEndWith(".").doesNotContain("\n");
        assertThat(key.accepted()).isNotBlank();
        assertThat(key.placeholder()).isNotBlank();
    }

    @Test
    void hasNoNameThatLooksLikeAnotherOnesFileOrOlderName() {
        assertThat(Arrays.stream(SettingKey.values()).map(SettingKey::variable))
                .doesNotContainAnyElementsOf(Arrays.stream(SettingKey.values())
                        .flatMap(key -> key.fileVariable().stream())
                        .toList())
                .doesNotContainAnyElementsOf(Arrays.stream(SettingKey.values())
                        .flatMap(key -> key.olderVariable().stream())
                        .toList())
                .noneMatch(name -> name.startsWith(SettingKey.TAG_PREFIX));
    }
}
