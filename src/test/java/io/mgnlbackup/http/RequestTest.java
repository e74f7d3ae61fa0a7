package io.mgnlbackup.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.access.Caller;
import io.mgnlbackup.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

    private static Request request(String name, String... values) {
        return new Request("GET", "/list", Map.of(name, List.of(values)), "", Caller.anybody("-", "-"));
    }

    @ParameterizedTest
    @CsvSource({"'', true", "true, true", "1, true", "false, false", "0, false"})
    void readsAFlag(String value, boolean expected) {
        assertThat(request("sync", value).flag("sync")).isEqualTo(expected);
    }

    @Test
    void anAbsentFlagIsOff() {
        assertThat(request("other", "x").flag("sync")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "many", "1000000000", "٣", " 1"})
    void refusesWhatIsNoPositiveNumber(String value) {
        assertThatThrownBy(() -> request("limit", value).positive("limit"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'limit'")
                .hasMessageContaining(value);
    }

    @Test
    void readsAPositiveNumberAndTakesAnEmptyOneForNone() {
        assertThat(request("limit", "20").positive("limit")).contains(20);
        assertThat(request("limit", "").positive("limit")).isEmpty();
    }

    @Test
    void refusesAParameterGivenTwiceOrUnknownOrTooLong() {
        assertThatThrownBy(() -> request("limit", "1", "2").parameter("limit")).hasMessageContaining("2 times");
        assertThatThrownBy(() -> request("limits", "1").allowOnly(Set.of("limit")))
                .hasMessageContaining("'limits'");
        assertThatThrownBy(() -> request("query", "x".repeat(10_000)).parameter("query"))
                .hasMessageContaining("too long");
    }

    @Test
    void refusesWhatATerminalWouldObey() {
        assertThatThrownBy(() -> request("query", "a\u001b[31m").parameter("query"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("control character");
        assertThatThrownBy(() -> request("query", "a\0").parameter("query")).hasMessageContaining("control character");
        assertThat(request("query", "{a=\"ü\",\n\tb=\"c\"}").parameter("query")).isPresent();
    }
}
