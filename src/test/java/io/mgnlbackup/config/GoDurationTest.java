package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.testing.Vectors;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    static Stream<Arguments> valid() {
        return Vectors.rows("duration-valid");
    }

    static Stream<Arguments> invalid() {
        return Vectors.rows("duration-invalid");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("valid")
    void readsTheVectors(String id, JsonNode row) {
        assertThat(GoDuration.parseNanos(row.path("in").asText()))
                .isEqualTo(Long.parseLong(row.path("nanos").asText()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void rejectsTheInvalidVectors(String id, JsonNode row) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoDuration.parse(row.path("in").asText()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "1.h, 3600000000000",
        "1h30m, 5400000000000",
        "3s1h2s, 3605000000000", // any order, any unit twice
        "12µs, 12000", // micro sign
        "12μs, 12000", // Greek mu
        "0.1ns, 0",
        "1.0000000009s, 1000000000", // cut off, not rounded
        "0.9223372036854775807h, 3320413933267", // digits past 64 bits do not count
        "0.99999999999999999999h, 3600000000000", // floating point rounds up to the whole
        "9223372036854775807ns, 9223372036854775807",
        "9223372036854775.807us, 9223372036854775807",
        "2562047h47m16.854775807s, 9223372036854775807",
        "-2562047h47m16.854775808s, -9223372036854775808",
        "9223372036854775808ns9223372036854775808ns, 0", // 2^63 twice wraps, in Go too
    })
    void readsWhatGoReads(String text, long nanos) {
        assertThat(GoDuration.parseNanos(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                "+-1s",
                ".",
                ".s",
                "+.s",
                "1",
                "1.5",
                "1d",
                "1S",
                "1h ",
                " 1h",
                "1 h",
                "1h-5m",
                "9223372036854775807.9h",
                "9223372036854775.808us",
                "2562047h47m16.854775808s",
                "-9223372036854775809ns",
                "18446744073709551616ns",
                "9223372036854775808ns1ns"
            })
    void rejectsWhatGoRejects(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> GoDuration.parse(text));
    }

    @Test
    void givesADuration() {
        assertThat(GoDuration.parse("1m0.5s")).isEqualTo(Duration.ofMillis(60_500));
    }

    @Test
    void saysWhatIsWrongAndWhatIsAccepted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoDuration.parse("1d"))
                .withMessage("'1d' is no duration such as 90s, 1h30m or 10h: 'd' is no unit (ns, us, ms, s, m, h)");
    }
}
