package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS and proxies: what goes together, and how proxies are written. */
class ConnectionsTest {

    @Test
    void aCertificateNeedsItsKeyAndAClientCaNeedsBoth() {
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.TLS_CERT_FILE, "/tls/tls.crt")
                        .read()
                        .problems())
                .containsExactly(
                        "MGNLBACKUP_TLS_KEY_FILE is not set but MGNLBACKUP_TLS_CERT_FILE is: give both files, or neither");
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.CLIENT_KEY_FILE, "/tls/tls.key")
                        .read()
                        .problems())
                .containsExactly(
                        "MGNLBACKUP_CLIENT_CERT_FILE is not set but MGNLBACKUP_CLIENT_KEY_FILE is: give both files, or neither");
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.TLS_CLIENT_CA_FILE, "/tls/ca.crt")
                        .read()
                        .problems())
                .containsExactly(
                        "MGNLBACKUP_TLS_CLIENT_CA_FILE needs TLS: give MGNLBACKUP_TLS_CERT_FILE and MGNLBACKUP_TLS_KEY_FILE as well");
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy:3128, proxy, 3128",
        "proxy:3128, proxy, 3128",
        "http://proxy.example.com/, proxy.example.com, 80",
        "http://[::1]:3128, [::1], 3128",
    })
    void aProxyIsAUrlOrAHostAndAPort(String text, String host, int port) {
        Reading reading = Reading.ofMinimum().variable(SettingKey.HTTPS_PROXY, text);
        assertThat(reading.settings().outgoing().httpsProxy()).hasValueSatisfying(proxy -> {
            assertThat(proxy.host()).isEqualTo(host);
            assertThat(proxy.port()).isEqualTo(port);
            assertThat(proxy.login()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "https://proxy:3128, plain HTTP",
        "socks5://proxy:1080, plain HTTP",
        "http://proxy:0, no host and port",
        "http://anna:hunter2@, no host and port",
        "http://anna:hunt er2@proxy, not a URL",
    })
    void anotherProxyIsRefusedWithoutItsPassword(String text, String why) {
        Configuration configuration =
                Reading.ofMinimum().variable(SettingKey.HTTP_PROXY, text).read();
        assertThat(configuration.problems())
                .singleElement()
                .asString()
                .startsWith("HTTP_PROXY: ")
                .contains(why)
                .doesNotContain("hunt");
    }

    @Test
    void aLoginIsDecodedAndTheVariableMayBeInLowerCase() {
        OutgoingSettings outgoing = Reading.ofMinimum()
                .variable("https_proxy", "http://anna:p%40ss@proxy:3128")
                .variable("no_proxy", "Minio, .svc")
                .settings()
                .outgoing();
        assertThat(outgoing.httpsProxy().flatMap(OutgoingSettings.Proxy::login))
                .contains(new OutgoingSettings.Login("anna", new Secret("p@ss")));
        assertThat(outgoing.toString()).doesNotContain("p@ss");
        assertThat(outgoing.noProxy()).isEqualTo(List.of("minio", ".svc"));
    }

    @Test
    void aPasswordInAFlagIsWarnedOf() {
        Configuration configuration = Reading.ofMinimum()
                .flag(SettingKey.HTTPS_PROXY, "http://anna:hunter2@proxy:3128")
                .read();
        assertThat(configuration.warnings())
                .singleElement()
                .asString()
                .contains("stands in the list of processes", "give HTTPS_PROXY instead")
                .doesNotContain("hunter2");
    }
}
