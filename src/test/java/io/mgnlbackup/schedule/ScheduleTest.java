package io.mgnlbackup.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.config.Rfc3339;
import io.mgnlbackup.config.ZoneNames;
import io.mgnlbackup.testing.Vectors;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    static Stream<Arguments> next() {
        return Vectors.rows("cron-next");
    }

    static Stream<Arguments> invalid() {
        return Vectors.rows("cron-invalid");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("next")
    void firesWhenTheVectorsSay(String id, JsonNode row) {
        ZoneId zone = ZoneNames.find(row.path("tz").asText(), ZoneOffset.UTC).orElseThrow();
        Schedule schedule = Schedule.parse(row.path("spec").asText(), zone);
        Instant from = Rfc3339.parse(row.path("from").asText());

        List<Instant> expected = instants(row.path("expectNext"));
        assertThat(next(schedule, from, expected.size())).isEqualTo(expected);
        assertThat(schedule.next(from))
                .isNotIn(
                        instants(row.path("notNext")).stream().map(Optional::of).toList());
        if (row.path("never").asBoolean()) {
            assertThat(schedule.next(from)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void rejectsTheInvalidVectors(String id, JsonNode row) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.parse(row.path("spec").asText(), ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 13 * fri      | 2021-08-06T00:00:00Z", // both day fields restricted: either
                "0 0 */2 * fri     | 2021-08-03T00:00:00Z", // a step above 1 restricts
                "0 0 */1 * fri     | 2021-08-06T00:00:00Z", // a step of 1 does not
                "0 0 ?,13 * fri    | 2021-08-06T00:00:00Z", // a star anywhere in the list counts
                "0 0 *-5 * fri     | 2021-08-06T00:00:00Z", // what follows a star is not looked at
                "50/5 1 * * *      | 2021-08-01T01:50:00Z", // to the end, in steps
                "0/1 1 * * *       | 2021-08-01T01:00:00Z",
                "0-10/100 1 * * *  | 2021-08-01T01:00:00Z",
                "*/9223372036854775807 1 * * * | 2021-08-01T01:00:00Z",
                "+5 01 1 AUG-Oct SUN | 2021-08-01T01:05:00Z",
                ",5,,7, 1 * * *    | 2021-08-01T01:05:00Z",
                "TZ= 5 4 * * *     | 2021-08-01T04:05:00Z", // an empty zone is UTC
                "CRON_TZ=Europe/Zurich @daily | 2021-08-01T22:00:00Z",
                "CRON_TZ=Europe/Zurich  @every 90m | 2021-08-01T01:30:00Z",
                "TZ=EST 5 4 * * *  | 2021-08-01T09:05:00Z",
                "@hourly           | 2021-08-01T01:00:00Z",
                "@midnight         | 2021-08-02T00:00:00Z",
                "@weekly           | 2021-08-08T00:00:00Z",
                "@monthly          | 2021-09-01T00:00:00Z",
                "@annually         | 2022-01-01T00:00:00Z",
                "@every 1.9s       | 2021-08-01T00:00:01Z",
                "@every -5m        | 2021-08-01T00:00:01Z",
            })
    void readsWhatRobfigReads(String spec, Instant first) {
        assertThat(Schedule.parse(spec, ZoneOffset.UTC).next(Instant.parse("2021-08-01T00:00:00.5Z")))
                .contains(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5\t1\n*  *\u00a0*", "TZ=UTC  5 1 * * *\u2003\u0085", "5 1 * * * "})
    void takesWhatUnicodeCallsWhiteSpace(String spec) {
        assertThat(Schedule.parse(spec, ZoneOffset.UTC).next(Instant.parse("2021-08-01T00:00:00Z")))
                .contains(Instant.parse("2021-08-01T01:05:00Z"));
    }

    @Test
    void takesTheZoneOfTheProcessWhereNoneIsNamed() {
        ZoneId tokyo = ZoneId.of("Asia/Tokyo");
        Instant noon = Instant.parse("2021-08-01T12:00:00Z");
        assertThat(Schedule.parse("0 3 * * *", tokyo).next(noon)).contains(Instant.parse("2021-08-01T18:00:00Z"));
        assertThat(Schedule.parse("TZ=Local 0 3 * * *", tokyo).next(noon))
                .contains(Instant.parse("2021-08-01T18:00:00Z"));
        assertThat(Schedule.parse("TZ=UTC 0 3 * * *", tokyo).next(noon))
                .contains(Instant.parse("2021-08-02T03:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "* * * * * *",
                " @daily",
                "@daily ",
                "@Daily",
                "@reboot",
                "@every",
                "@every1h",
                "@every 1h ",
                "TZ=UTC",
                "TZ=Nowhere * * * * *",
                "TZ=europe/zurich * * * * *",
                "TZ=+01:00 * * * * *",
                "TZ=UTC\t* * * * *",
                "CRON_TZ = UTC * * * * *",
                " TZ=UTC * * * * *",
                "tz=UTC * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 7",
                "* * * * sunday",
                "mon * * * *",
                "5-1 * * * *",
                "1-2-3 * * * *",
                "1/2/3 * * * *",
                "*/0 * * * *",
                "*/-1 * * * *",
                "*/ * * * *",
                "-5 * * * *",
                "5- * * * *",
                "1.5 * * * *",
                "++5 * * * *",
                "٣ * * * *",
                "99999999999999999999 * * * *",
                "*/9223372036854775808 * * * *",
                "** * * * *",
            })
    void rejectsWhatRobfigRejects(String spec) {
        assertThatIllegalArgumentException().isThrownBy(() -> Schedule.parse(spec, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 jan * * | schedule '0 0 jan * *': day of month 'jan': 'jan' is not known, accepted are 1-31,",
                "0 0 * * 7 | schedule '0 0 * * 7': day of week '7': '7' is out of range, accepted are 0-6 or sun-sat,",
                "0 0 * * | schedule '0 0 * *': it has 4 fields, expected 5: minute, hour, day of month, month, day of week",
                "@every 1d | schedule '@every 1d': '1d' is no duration such as 90s, 1h30m or 10h",
                "TZ=Mars 0 0 * * * | schedule 'TZ=Mars 0 0 * * *': time zone 'Mars' is not known, expected an IANA name",
            })
    void saysWhichPartIsWrongAndWhatIsAccepted(String spec, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.parse(spec, ZoneOffset.UTC))
                .withMessageStartingWith(message);
    }

    @Test
    void countsTheTimesOfAnIntervalFromTheInstantGiven() {
        Schedule schedule = Schedule.parse("@every 6h", ZoneOffset.UTC);
        Instant at = Instant.parse("2021-08-01T00:00:00.5Z");
        assertThat(schedule).isEqualTo(new EverySchedule(Duration.ofHours(6)));
        assertThat(schedule.next(at)).contains(Instant.parse("2021-08-01T06:00:00Z"));
        assertThat(schedule.previous(at)).contains(Instant.parse("2021-07-31T18:00:00.5Z"));
    }

    static List<Instant> next(Schedule schedule, Instant from, int count) {
        List<Instant> times = new ArrayList<>();
        Optional<Instant> time = schedule.next(from);
        while (times.size() < count && time.isPresent()) {
            times.add(time.get());
            time = schedule.next(time.get());
        }
        return times;
    }

    private static List<Instant> instants(JsonNode texts) {
        return texts.valueStream().map(text -> Rfc3339.parse(text.asText())).toList();
    }
}
