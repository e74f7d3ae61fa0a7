package io.mgnlbackup.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameSiteTest {

    private static Map<String, String> headers(
            @Nullable String site, @Nullable String mode, @Nullable String destination) {
        Map<String, String> headers = new HashMap<>();
        if (site != null) {
            headers.put("Sec-Fetch-Site", site);
        }
        if (mode != null) {
            headers.put("Sec-Fetch-Mode", mode);
        }
        if (destination != null) {
            headers.put("Sec-Fetch-Dest", destination);
        }
        return headers;
    }

    @ParameterizedTest
    @CsvSource({
        ",,, true", // a program, or a browser over plain HTTP
        "same-origin, cors, empty, true",
        "none, navigate, document, true",
        "cross-site, navigate, document, true", // a link
        "same-site, navigate, document, true",
        "cross-site, navigate, iframe, false",
        "cross-site, no-cors, image, false",
        "cross-site, no-cors, script, false",
        "cross-site, cors, empty, false",
        "same-site, no-cors, empty, false",
        "cross-site,,, false",
    })
    void anotherSiteMayLeadHereAndNothingElse(
            @Nullable String site, @Nullable String mode, @Nullable String destination, boolean allowed) {
        assertThat(SameSite.allowsReading(headers(site, mode, destination)::get)).isEqualTo(allowed);
    }
}
