package io.mgnlbackup.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.config.OutgoingSettings;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyChoiceTest {

    private static ProxyChoice choice(List<String> noProxy) {
        return new ProxyChoice(new OutgoingSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new OutgoingSettings.Proxy("for-https", 3128, Optional.empty())),
                Optional.of(new OutgoingSettings.Proxy("for-http", 3129, Optional.empty())),
                noProxy));
    }

    private static String way(List<String> noProxy, String uri) {
        Proxy proxy = choice(noProxy).select(URI.create(uri)).get(0);
        return proxy.type() == Proxy.Type.DIRECT ? "direct" : String.valueOf(proxy.address());
    }

    @Test
    void eachSchemeHasItsProxy() {
        assertThat(way(List.of(), "https://s3.example.com/b"))
                .contains("for-https")
                .endsWith(":3128");
        assertThat(way(List.of(), "http://s3.example.com:9000/b"))
                .contains("for-http")
                .endsWith(":3129");
        assertThat(way(List.of(), "socket://s3.example.com:9000")).isEqualTo("direct");
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, https://example.com, true",
        "example.com, https://s3.example.com/b, true",
        "example.com, https://notexample.com/b, false",
        ".example.com, https://s3.example.com/b, true",
        "*.example.com, https://s3.EXAMPLE.com/b, true",
        ".svc, http://minio.shop.svc:9000, true",
        "minio, http://minio:9000, true",
        "minio:9000, http://minio:9000, true",
        "minio:9001, http://minio:9000, false",
        "minio:443, https://minio, true", // the port of the scheme
        "*, https://anything.example, true",
        "10.0.0.0/8, https://10.1.2.3, true",
        "10.0.0.0/8, https://11.1.2.3, false",
        "10.1.2.3, https://10.1.2.3:9000, true",
        "10.0.0.0/33, https://10.0.0.0, false",
        "0.0.0.0/0, https://8.8.8.8, true",
        "0.0.0.0/0, https://s3.example.com, false", // a name is not looked up
        "other, https://s3.example.com, false",
        "other, https://localhost:1, true", // this machine
        "other, https://127.0.0.1:1, true",
        "other, http://[::1]:1, true",
        "other, http://169.254.169.254/latest, true",
        "other, http://metadata.google.internal/, true",
        "other, https://127.0.0.1.example.com/, false",
    })
    void whatIsExceptedIsReachedDirectly(String noProxy, String uri, boolean direct) {
        assertThat(way(List.of("first", noProxy), uri).equals("direct")).isEqualTo(direct);
    }
}
