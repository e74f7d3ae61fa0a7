package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.testing.Vectors;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    static Stream<Arguments> rows() {
        return Vectors.rows("rfc3339");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void agreesWithTheVectors(String id, JsonNode row) {
        String text = row.path("in").asText();
        if (!row.path("valid").asBoolean()) {
            assertThatIllegalArgumentException().isThrownBy(() -> Rfc3339.parse(text));
            return;
        }
        Instant instant = Rfc3339.parse(text);
        assertThat(instant.getEpochSecond()).isEqualTo(row.path("epochSeconds").asLong());
        assertThat(instant.getNano()).isEqualTo(row.path("nanoOfSecond").asInt());
        assertThat(Rfc3339.epochNanos(instant))
                .hasToString(row.path("epochNanos").asText());
        assertThat(Rfc3339.format(instant)).isEqualTo(row.path("utc").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2021-05-26T2:17:46Z         | 2021-05-26T02:17:46Z",
                "2021-05-26T22:17:46,5Z      | 2021-05-26T22:17:46.5Z",
                "2024-02-29T00:00:00Z        | 2024-02-29T00:00:00Z",
                "2021-05-26T00:00:00+24:60   | 2021-05-24T23:00:00Z", // the limits of an offset, inclusive
                "2021-05-26T00:00:00-00:00   | 2021-05-26T00:00:00Z",
                "0000-01-01T00:00:00Z        | 0000-01-01T00:00:00Z",
                "0000-01-01T00:00:00+01:00   | -0001-12-31T23:00:00Z", // the offset may leave the range of years
                "9999-12-31T23:59:59.999999999999Z | 9999-12-31T23:59:59.999999999Z",
            })
    void takesWhatGoTakes(String text, String utc) {
        assertThat(Rfc3339.format(Rfc3339.parse(text))).isEqualTo(utc);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2021-05-26",
                "2021-05-26t22:17:46Z",
                "2021-05-26T22:17:46z",
                "2021-05-26 22:17:46Z",
                "2021-05-26T22:17:46",
                "2021-05-26T22:17:46+0100",
                "2021-05-26T22:17:46+01:00:00",
                "2021-05-26T22:17:46+25:00",
                "2021-05-26T22:17:46+00:61",
                "2021-05-26T22:17:46+-1:00",
                "2021-05-26T22:17:60Z",
                "2021-05-26T22:60:00Z",
                "2021-13-01T00:00:00Z",
                "2021-00-01T00:00:00Z",
                "2021-01-00T00:00:00Z",
                "2021-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2021-04-31T00:00:00Z",
                "2021-5-26T22:17:46Z",
                "+2021-05-26T22:17:46Z",
                "12021-05-26T22:17:46Z",
                "٢٠٢١-05-26T22:17:46Z",
                " 2021-05-26T22:17:46Z"
            })
    void rejectsWhatGoRejects(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Rfc3339.parse(text));
    }

    @Test
    void writesNoMoreDigitsThanNeeded() {
        assertThat(Rfc3339.format(Instant.parse("2014-08-13T10:20:30.100Z"))).isEqualTo("2014-08-13T10:20:30.1Z");
        assertThat(Rfc3339.format(Instant.parse("2014-08-13T10:20:00Z"))).isEqualTo("2014-08-13T10:20:00Z");
    }

    @Test
    void countsNanosecondsBeyond64Bits() {
        assertThat(Rfc3339.epochNanos(Rfc3339.parse("9999-12-31T23:59:59.999999999Z")))
                .hasToString("253402300799999999999");
        assertThat(Rfc3339.epochNanos(Rfc3339.parse("0000-01-01T00:00:00.000000001Z")))
                .hasToString("-62167219199999999999");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rfc3339.parse("2021-02-29T00:00:00Z"))
                .withMessage(
                        "'2021-02-29T00:00:00Z' is no time such as 2021-03-20T18:59:13Z or 2021-03-20T19:59:13+01:00: "
                                + "the day of the month is not from 1 to 28");
    }
}
