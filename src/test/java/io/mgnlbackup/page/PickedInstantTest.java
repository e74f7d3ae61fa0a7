package io.mgnlbackup.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.problem.Problem;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickedInstantTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T18:20:10, 2026-11-23T17:20:10Z",
        "2026-11-23T18:20, 2026-11-23T17:20:00Z", // what browsers send for a full minute
        "2026-11-23T18:20:10.5, 2026-11-23T17:20:10.5Z",
        "2026-11-23 18:20:10, 2026-11-23T17:20:10Z",
        "2026-07-01T00:00:00, 2026-06-30T22:00:00Z",
        "2026-11-23T18:20:10Z, 2026-11-23T18:20:10Z",
        "2026-11-23T18:20:10+03:00, 2026-11-23T15:20:10Z",
        "2026-11-23T18:20:10 03:00, 2026-11-23T15:20:10Z", // a plus that was not escaped in a URL
        "2026-11-23 18:20:10-03:00, 2026-11-23T21:20:10Z"
    })
    void readsTimesOfTheZoneAndRfc3339(String text, Instant expected) {
        PickedInstant picked = PickedInstant.parse(text, BERLIN);
        assertThat(picked.time()).contains(expected);
        assertThat(picked.again()).isEmpty();
    }

    @Test
    void nowIsTheNewestState() {
        assertThat(PickedInstant.parse("now", BERLIN).time()).isEmpty();
    }

    @Test
    void aTimeThatTheClocksShowTwiceIsTheFirstAndKnowsTheSecond() {
        PickedInstant picked = PickedInstant.parse("2026-10-25T02:30:00", BERLIN);
        assertThat(picked.time()).contains(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(picked.again()).contains(Instant.parse("2026-10-25T01:30:00Z"));
    }

    @Test
    void aTimeThatTheClocksSkipIsNone() {
        assertThatThrownBy(() -> PickedInstant.parse("2026-03-29T02:30:00", BERLIN))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("set forward");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-11-23",
                "2026-13-01T00:00",
                "2026-02-30T00:00:00",
                "2026-11-23T25:00:00Z",
                "+12026-11-23T00:00:00",
                "<script>"
            })
    void refusesWhatIsNoInstant(String text) {
        assertThatThrownBy(() -> PickedInstant.parse(text, BERLIN))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID));
    }
}
