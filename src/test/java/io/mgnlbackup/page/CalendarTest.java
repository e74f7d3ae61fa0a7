package io.mgnlbackup.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-23"); // a Monday

    private static CatalogEntry backup(String time, String... marks) {
        Tags tags = Tags.of(Map.of("daily", "true"));
        for (String mark : marks) {
            tags = tags.with(mark, "true");
        }
        Instant start = Instant.parse(time);
        return new CatalogEntry(
                new StoredObject(new ObjectKey("b-" + time), 1, start, "", Optional.empty()), tags, start);
    }

    private static Calendar.Day day(Calendar calendar, String date) {
        return calendar.days().stream()
                .filter(day -> day.title().startsWith(date))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void marksWhatIsThereAndWhatIsMissing() {
        Calendar calendar = Calendar.of(
                List.of(
                        backup("2026-11-01T03:00:00Z", "monthly"),
                        backup("2026-11-16T03:00:00Z", "weekly"),
                        backup("2026-11-20T03:00:00Z"),
                        backup("2026-11-20T15:00:00Z")),
                TODAY,
                ZoneOffset.UTC,
                15,
                day -> true);
        assertThat(day(calendar, "2026-11-01").kind()).isEqualTo("monthly");
        assertThat(day(calendar, "2026-11-16").kind()).isEqualTo("weekly");
        assertThat(day(calendar, "2026-11-20"))
                .extracting(Calendar.Day::kind, Calendar.Day::title)
                .containsExactly("daily", "2026-11-20: 2 backups");
        assertThat(day(calendar, "2026-11-21").kind()).isEqualTo("gap");
        assertThat(day(calendar, "2026-11-23").kind()).as("today is not over").isEqualTo("none");
        assertThat(day(calendar, "2026-11-05").kind())
                .as("retention may have deleted it")
                .isEqualTo("none");
        assertThat(day(calendar, "2026-10-20").kind()).as("before the first").isEqualTo("none");
        assertThat(calendar.summary()).contains("backups on 3 days, 12 days without");
    }

    @Test
    void aDayWithoutADueTimeIsNoGap() {
        Calendar calendar = Calendar.of(
                List.of(backup("2026-11-20T03:00:00Z")), TODAY, ZoneOffset.UTC, 15, day -> day.getDayOfMonth() == 21);
        assertThat(day(calendar, "2026-11-21").kind()).isEqualTo("gap");
        assertThat(day(calendar, "2026-11-22").kind()).isEqualTo("none");
    }

    @Test
    void laysOutAWeekAsAColumnThatBeginsOnMonday() {
        Calendar calendar = Calendar.of(List.of(), TODAY, ZoneOffset.UTC, 15, day -> true);
        Calendar.Day monday = day(calendar, "2026-11-16");
        Calendar.Day sunday = day(calendar, "2026-11-22");
        assertThat(sunday.x()).isEqualTo(monday.x());
        assertThat(sunday.y()).isGreaterThan(monday.y());
        assertThat(day(calendar, "2026-11-23").x()).isGreaterThan(sunday.x()).isLessThan(calendar.width());
        assertThat(calendar.days()).hasSize(25 * 7 + 1);
    }

    @Test
    void daysBeginWhereTheZoneSays() {
        CatalogEntry late = backup("2026-11-20T23:30:00Z");
        Calendar calendar = Calendar.of(List.of(late), TODAY, ZoneId.of("Europe/Zurich"), 15, day -> true);
        assertThat(day(calendar, "2026-11-21").kind()).isEqualTo("daily");
        assertThat(day(calendar, "2026-11-20").kind()).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T11:59:00Z, 60 s ago",
        "2026-11-23T11:00:00Z, 60 min ago",
        "2026-11-22T12:00:00Z, 24 h ago",
        "2026-11-20T12:00:00Z, 3 days ago",
        "2026-11-23T12:20:00Z, in 20 min",
    })
    void tellsAgesInTheWordsOfPeople(Instant time, String expected) {
        assertThat(Age.of(time, Instant.parse("2026-11-23T12:00:00Z"))).isEqualTo(expected);
    }
}
