package io.mgnlbackup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.testing.FakeStore;
import io.mgnlbackup.testing.SetClock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every set of backups, cycle and zone. */
class RetentionProperties {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").withZone(ZoneOffset.UTC);
    private static final long FROM = Instant.parse("2024-12-20T00:00:00Z").getEpochSecond();

    @Provide
    Arbitrary<List<Candidate>> backups() {
        Arbitrary<Long> hours = Arbitraries.longs().between(0, 24 * 500);
        return hours.list().ofMaxSize(120).map(offsets -> {
            List<Candidate> backups = new ArrayList<>();
            for (int i = 0; i < offsets.size(); i++) {
                backups.add(new Candidate("b" + i, Instant.ofEpochSecond(FROM + offsets.get(i) * 3600)));
            }
            return backups;
        });
    }

    @Provide
    Arbitrary<Settings.Cycle> cycles() {
        Arbitrary<Integer> small = Arbitraries.integers().between(0, 20);
        return Combinators.combine(small, small, small).as(Settings.Cycle::new);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of("UTC", "Europe/Zurich", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata")
                .map(ZoneId::of);
    }

    @Property
    void theNewestIsKept(
            @ForAll("backups") List<Candidate> backups,
            @ForAll("cycles") Settings.Cycle cycle,
            @ForAll("zones") ZoneId zone) {
        List<Decision> plan = new RetentionPlanner(cycle, zone).plan(backups);
        backups.stream()
                .map(Candidate::time)
                .max(Comparator.naturalOrder())
                .ifPresent(newest ->
                        assertThat(kept(plan)).anyMatch(backup -> backup.time().equals(newest)));
    }

    @Property
    void eachBackupIsDecidedOnOnceAndWithAReason(
            @ForAll("backups") List<Candidate> backups,
            @ForAll("cycles") Settings.Cycle cycle,
            @ForAll("zones") ZoneId zone) {
        List<Decision> plan = new RetentionPlanner(cycle, zone).plan(backups);
        assertThat(plan).extracting(Decision::backup).containsExactlyInAnyOrderElementsOf(backups);
        assertThat(plan).allMatch(decision -> !decision.reason().isBlank());
    }

    @Property
    void whatWasKeptIsKeptAgain(
            @ForAll("backups") List<Candidate> backups,
            @ForAll("cycles") Settings.Cycle cycle,
            @ForAll("zones") ZoneId zone) {
        RetentionPlanner planner = new RetentionPlanner(cycle, zone);
        List<Candidate> kept = kept(planner.plan(backups));
        assertThat(kept(planner.plan(kept))).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Property
    void whereverADeletionIsInterruptedTheEndIsTheSame(
            @ForAll("backups") List<Candidate> backups,
            @ForAll("cycles") Settings.Cycle cycle,
            @ForAll("zones") ZoneId zone,
            @ForAll Random random) {
        RetentionPlanner planner = new RetentionPlanner(cycle, zone);
        List<Candidate> kept = kept(planner.plan(backups));
        List<Candidate> going = new ArrayList<>(backups);
        going.removeAll(kept);
        List<Candidate> left = new ArrayList<>(backups);
        left.removeIf(backup -> going.contains(backup) && random.nextBoolean());
        assertThat(names(kept(planner.plan(left)))).isEqualTo(names(kept));
    }

    @Property
    void moreInTheCycleNeverKeepsLess(
            @ForAll("backups") List<Candidate> backups,
            @ForAll("cycles") Settings.Cycle cycle,
            @ForAll("cycles") Settings.Cycle more,
            @ForAll("zones") ZoneId zone) {
        Settings.Cycle larger = new Settings.Cycle(
                cycle.daily() + more.daily(), cycle.weekly() + more.weekly(), cycle.monthly() + more.monthly());
        Set<String> small = names(kept(new RetentionPlanner(cycle, zone).plan(backups)));
        Set<String> large = names(kept(new RetentionPlanner(larger, zone).plan(backups)));
        if (!cycle.equals(new Settings.Cycle(0, 0, 0))) { // zeros keep everything, by definition
            assertThat(large).containsAll(small);
        }
    }

    @Property(tries = 200)
    void onlyBackupsWithOurTagAreEverDeleted(
            @ForAll("backups") List<Candidate> backups,
            @ForAll("cycles") Settings.Cycle cycle,
            @ForAll boolean ignoreHeritage,
            @ForAll Random random) {
        FakeStore store = new FakeStore();
        Set<String> foreign = new TreeSet<>();
        Map<String, Instant> ours = new TreeMap<>();
        for (Candidate backup : backups) {
            String name = "p-" + NAME.format(backup.time()) + ".sql.gz";
            switch (random.nextInt(4)) {
                case 0 -> store.with(name, Map.of("heritage", "theirs"));
                case 1 -> store.with(name, Map.of());
                case 2 -> store.with(name + ".txt", Map.of("heritage", "ours"));
                default -> {
                    store.with(name, Map.of("heritage", "ours"));
                    ours.put(name, backup.time());
                }
            }
        }
        foreign.addAll(store.names());
        foreign.removeAll(ours.keySet());
        ours.keySet().removeAll(foreign);
        sweep(store, cycle, ignoreHeritage);
        assertThat(store.names()).containsAll(foreign);
        ours.values().stream()
                .max(Comparator.naturalOrder())
                .ifPresent(newest -> assertThat(store.names()).anyMatch(name -> newest.equals(ours.get(name))));
    }

    private static void sweep(FakeStore store, Settings.Cycle cycle, boolean ignoreHeritage) {
        SetClock clock = new SetClock("2026-06-01T00:00:00Z");
        Settings.Objects objects = new Settings.Objects("p", "ours", Tags.NONE);
        try (Catalog catalog = new Catalog(store, objects, ignoreHeritage, ZoneOffset.UTC, clock)) {
            new Sweep(
                            catalog,
                            store,
                            cycle,
                            ZoneOffset.UTC,
                            "ours",
                            new SweepListener() {
                                @Override
                                public void deleted(int count) {}

                                @Override
                                public void sweepFailed() {}
                            },
                            Clock.systemUTC())
                    .carryOut();
        }
    }

    private static List<Candidate> kept(List<Decision> plan) {
        return plan.stream().filter(Decision::kept).map(Decision::backup).toList();
    }

    private static Set<String> names(List<Candidate> backups) {
        return backups.stream().map(Candidate::name).collect(Collectors.toSet());
    }
}
