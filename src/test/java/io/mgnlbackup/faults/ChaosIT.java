package io.mgnlbackup.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills and faults at random over dumps, WAL and retention: nothing that can be seen is incomplete, no WAL file is lost, nothing is deleted
 * that the plan keeps.
 *
 * <p>{@code -Dchaos.events=1000} goes on until so many have happened; {@code -Dchaos.seed} repeats a run, and {@code -Dchaos.round} one
 * round of it: a failure says which. {@code -Dchaos.rounds} says how many rounds are under way at the same time.
 */
class ChaosIT {

    private static final int EVENTS = Integer.getInteger("chaos.events", 8);
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);
    private static final Optional<Integer> ONLY = Optional.ofNullable(Integer.getInteger("chaos.round"));
    private static final int AT_THE_SAME_TIME = Integer.getInteger("chaos.rounds", 2);
    private static final int MOST_STEPS = 25;

    @TempDir
    private Path folder;

    private final Tally tally = new Tally();
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicBoolean failed = new AtomicBoolean();

    @Test
    void nothingIncompleteNothingLostNothingDeletedThatIsKept() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_THE_SAME_TIME);
        try (S3Server server = new S3Server()) {
            if (ONLY.isPresent()) {
                round(server, ONLY.get());
                return;
            }
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < AT_THE_SAME_TIME; i++) {
                running.add(threads.submit(() -> rounds(server)));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } finally {
            threads.shutdownNow(); // a round that is interrupted takes its disk away
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            System.out.println("chaos, seed " + SEED + ", " + rounds + " rounds, " + tally);
        }
        assertThat(tally.events()).isGreaterThanOrEqualTo(EVENTS);
    }

    private Void rounds(S3Server server) throws Exception {
        do {
            round(server, rounds.getAndIncrement());
            if (EVENTS > 100) {
                System.out.println("chaos, seed " + SEED + ", " + tally);
            }
        } while (tally.events() < EVENTS && !failed.get());
        return null;
    }

    /** What happens in a round follows from the seed and its number, whichever thread takes it. */
    private void round(S3Server server, int number) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED * 1_000_003 + number);
        Path place = Files.createDirectory(folder.resolve("round-" + number));
        int steps = Math.min(MOST_STEPS, (EVENTS + AT_THE_SAME_TIME - 1) / AT_THE_SAME_TIME);
        try (Round round = round(server, number, place, random)) {
            round.run(steps);
        } catch (Exception | AssertionError e) {
            failed.set(true);
            throw new AssertionError(
                    "repeat it with -Dchaos.seed=%d -Dchaos.round=%d -Dchaos.events=%d\n%s"
                            .formatted(SEED, number, EVENTS, e.getMessage()),
                    e);
        }
    }

    private Round round(S3Server server, int number, Path place, SplittableRandom random) {
        // Two of three over a line, which is where most can break.
        boolean line = number % 6 < 4;
        Optional<SmallDisk> disk = line || !SmallDisk.isPossible()
                ? Optional.empty()
                : Optional.of(new SmallDisk(place.resolve("disk"), 300));
        OutsideView store = line
                ? new S3View(server, "round-" + number)
                : new FolderView(disk.map(SmallDisk::folder).orElse(place.resolve("store")));
        return number % 2 == 0
                ? new DumpRound(place, store, disk, random, tally)
                : new WalRound(place, store, disk, random, tally);
    }
}
