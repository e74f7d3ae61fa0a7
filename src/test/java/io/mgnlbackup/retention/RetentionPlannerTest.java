package io.mgnlbackup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.config.Rfc3339;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.testing.Vectors;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RetentionPlannerTest {

    private static final Settings.Cycle DEFAULT = new Settings.Cycle(15, 4, 3);

    static Stream<Arguments> rows() {
        return Vectors.rows("retention");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void keepsWhatTheCycleSays(String id, JsonNode row) {
        List<Candidate> backups = row.path("backups")
                .valueStream()
                .map(time -> new Candidate(time.asText(), Rfc3339.parse(time.asText())))
                .toList();
        RetentionPlanner planner =
                new RetentionPlanner(Settings.Cycle.parse(row.path("cycle").asText()), ZoneOffset.UTC);
        assertThat(kept(planner.plan(backups)))
                .containsExactlyInAnyOrderElementsOf(
                        row.path("kept").valueStream().map(JsonNode::asText).toList());
    }

    @Test
    void givesEachDecisionItsReasons() {
        List<Decision> plan = new RetentionPlanner(new Settings.Cycle(1, 1, 2), ZoneOffset.UTC)
                .plan(List.of(
                        daily("2026-03-02"),
                        daily("2026-03-01"),
                        daily("2026-02-25"),
                        daily("2026-02-10"),
                        daily("2026-02-09")));
        assertThat(plan)
                .extracting(Decision::reason)
                .containsExactly(
                        "the newest, day 2026-03-02, first of week 2026-W10",
                        "first of month 2026-03",
                        "none of the newest 1 days, first of 1 weeks or first of 2 months",
                        "none of the newest 1 days, first of 1 weeks or first of 2 months",
                        "first of month 2026-02");
    }

    @Test
    void daysBeginWhereTheZoneSays() {
        Candidate evening = new Candidate("evening", Instant.parse("2026-03-01T22:30:00Z"));
        Candidate night = new Candidate("night", Instant.parse("2026-03-01T23:30:00Z"));
        Settings.Cycle oneDay = new Settings.Cycle(1, 0, 0);
        assertThat(kept(new RetentionPlanner(oneDay, ZoneOffset.UTC).plan(List.of(evening, night))))
                .containsExactly("night", "evening");
        assertThat(kept(new RetentionPlanner(oneDay, ZoneId.of("Europe/Zurich")).plan(List.of(evening, night))))
                .containsExactly("night");
    }

    @Test
    void zerosKeepEverything() {
        RetentionPlanner planner = new RetentionPlanner(new Settings.Cycle(0, 0, 0), ZoneOffset.UTC);
        assertThat(planner.plan(List.of(daily("2020-01-01"), daily("2026-01-01"))))
                .allMatch(Decision::kept);
        assertThat(planner.plan(List.of())).isEmpty();
    }

    /** A backup each night at 2:30, retention after each, for 400 days. */
    @Test
    void fourHundredNightsEndWithTheRightSet() {
        RetentionPlanner planner = new RetentionPlanner(DEFAULT, ZoneOffset.UTC);
        List<Candidate> store = new ArrayList<>();
        LocalDate last = LocalDate.parse("2026-11-23");
        for (LocalDate day = last.minusDays(399); !day.isAfter(last); day = day.plusDays(1)) {
            store.add(daily(day.toString()));
            store.removeIf(planner.plan(store).stream()
                    .filter(decision -> !decision.kept())
                    .map(Decision::backup)
                    .toList()::contains);
        }
        TreeSet<String> expected = new TreeSet<>();
        for (int i = 0; i < 15; i++) {
            expected.add(last.minusDays(i).toString());
        }
        expected.addAll(List.of("2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23")); // Mondays
        expected.addAll(List.of("2026-09-01", "2026-10-01", "2026-11-01"));
        assertThat(store).extracting(Candidate::name).containsExactlyElementsOf(expected);
    }

    @Test
    void aYearWithoutBackupsDeletesNothingThatWasKept() {
        RetentionPlanner planner = new RetentionPlanner(DEFAULT, ZoneOffset.UTC);
        List<Candidate> old = Stream.iterate(LocalDate.parse("2025-01-01"), day -> day.plusDays(1))
                .limit(10)
                .map(day -> daily(day.toString()))
                .toList();
        List<Candidate> backups = new ArrayList<>(old);
        backups.add(new Candidate("new", old.get(9).time().plus(Duration.ofDays(365))));
        assertThat(planner.plan(backups)).allMatch(Decision::kept);
    }

    private static Candidate daily(String day) {
        return new Candidate(day, Instant.parse(day + "T02:30:00Z"));
    }

    private static List<String> kept(List<Decision> plan) {
        return plan.stream()
                .filter(Decision::kept)
                .map(decision -> decision.backup().name())
                .toList();
    }
}
