package io.mgnlbackup.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersTest {

    private static final String SUM = "sha256:" + "0a".repeat(32);
    private static final String BCRYPT = "$2y$05$" + "a".repeat(53);

    @Test
    void readsLinesAndEntriesWithSemicolons() {
        Users users = Users.parse(
                "# the page\nanna:read:" + BCRYPT + "\r\n\n ci : write , metrics : " + SUM + " ;root:ADMIN:" + SUM);
        assertThat(users.all()).extracting(User::name).containsExactly("anna", "ci", "root");
        assertThat(users.all().get(0).roles()).containsExactly(Role.READ);
        assertThat(users.all().get(0).bcrypt()).contains(BCRYPT);
        assertThat(users.all().get(1).roles()).containsExactlyInAnyOrder(Role.READ, Role.WRITE, Role.METRICS);
        assertThat(users.all().get(1).tokenSha256()).contains("0a".repeat(32));
        assertThat(users.all().get(2).roles()).containsExactlyInAnyOrder(Role.values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "anna|not name:roles:hash",
                "anna:read|not name:roles:hash",
                "a nna:read:x|letters",
                "anna:reader:x|none of read, write",
                "anna::x|none of read, write",
                "anna:read:plain-password|neither sha256",
                "anna:read:sha256:00|neither sha256",
                "anna:read:$2y$99$aaaa|neither sha256",
                "#anna|nobody",
                ";|nobody",
            })
    void saysWhatIsWrongAndNeverTheHash(String text, String why) {
        assertThatThrownBy(() -> Users.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("plain-password");
    }

    @Test
    void refusesANameThatStandsThereTwice() {
        assertThatThrownBy(() -> Users.parse("anna:read:" + SUM + ";anna:write:" + SUM))
                .hasMessageContaining("twice");
    }

    @Test
    void findsTheHashesThatHaveToBeHiddenEvenInATextWithMistakes() {
        assertThat(Users.hashes("anna:reader:" + SUM + "\nb:read\nc:read:hunter2"))
                .containsExactly(SUM, "hunter2");
    }
}
