package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.access.User;
import io.mgnlbackup.access.Users;
import io.mgnlbackup.config.Settings.Http;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersSettingTest {

    private static final String HASH = "sha256:" + "0a".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "0.0.0.0, true",
        "10.0.0.1, true",
        "127.0.0.1.example.com, true",
        "localhost, false",
        "127.0.0.1, false",
        "127.8.0.1, false",
        "::1, false",
    })
    void knowsAnAddressThatOthersReach(String host, boolean exposed) {
        Users users = Users.parse("anna:read:" + HASH);
        assertThat(new Http(host, 1, Optional.empty(), Users.NONE, Optional.empty(), false).isExposed())
                .isEqualTo(exposed);
        assertThat(new Http(host, 1, Optional.empty(), Users.NONE, Optional.empty(), true).isExposed())
                .isFalse();
        assertThat(new Http(host, 1, Optional.empty(), users, Optional.empty(), false).isExposed())
                .isFalse();
    }

    @Test
    void readsAFile() {
        Settings settings = Reading.ofMinimum()
                .file(SettingKey.USERS, "# people\nanna:read:" + HASH + "\nben:write:" + HASH + "\n")
                .settings();
        assertThat(settings.http().users().all()).extracting(User::name).containsExactly("anna", "ben");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "  \n", "# nobody yet\n"})
    void aFileWithNobodyInItDoesNotOpenTheSidecar(String text) {
        assertThat(Reading.ofMinimum().file(SettingKey.USERS, text).read().problems())
                .singleElement()
                .asString()
                .contains("MGNLBACKUP_USERS_FILE")
                .contains("there is nobody in");
    }

    @Test
    void aMistakeIsNamedWithoutTheHashAndHidesNoOther() {
        List<String> problems = Reading.ofMinimum()
                .variable(SettingKey.USERS, "anna:reader:" + HASH)
                .variable(SettingKey.OPEN, "maybe")
                .read()
                .problems();
        assertThat(problems).hasSize(2);
        assertThat(problems.get(0))
                .startsWith("MGNLBACKUP_USERS")
                .contains("'anna' has a role that is none of read, write, metrics, admin")
                .doesNotContain(HASH);
    }

    @Test
    void saysThatOpenHasNoEffectBesideUsers() {
        Configuration configuration = Reading.ofMinimum()
                .variable(SettingKey.USERS, "anna:read:" + HASH)
                .variable(SettingKey.OPEN, "true")
                .read();
        assertThat(configuration.warnings()).anyMatch(warning -> warning.contains("MGNLBACKUP_OPEN has no effect"));
        assertThat(configuration.values().toString()).doesNotContain(HASH);
    }
}
