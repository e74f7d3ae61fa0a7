package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        ":9999, '', 9999",
        "localhost:80, localhost, 80",
        "0.0.0.0:0, 0.0.0.0, 0", // any free port
        "[::1]:9999, ::1, 9999",
        "[fe80::1%eth0]:1, fe80::1%eth0, 1",
    })
    void readsHostAndPort(String text, String host, int port) {
        assertThat(Address.parse(text)).isEqualTo(new Address(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "9999",
                "localhost",
                "localhost:",
                ":http",
                ":65536",
                ":-1",
                "::1:80",
                "[::1]",
                "[]:1",
                "*:1",
                "a b:1",
                "http://x:1"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> Address.parse(text)).isInstanceOf(Rejected.class);
    }
}
