package io.mgnlbackup.faults;

import io.mgnlbackup.testing.S3Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sidecar is killed with -9 before and after each kind of request that a job makes; the next one finds a store in which everything is
 * whole, and cleans up. {@code -Dfaults.points=all} takes every point, else the ones that have most to lose.
 */
class KilledAtEachPointIT {

    private static final boolean ALL = "all".equals(System.getProperty("faults.points"));

    private static S3Server server;

    @TempDir
    private Path folder;

    private final Tally tally = new Tally();

    @BeforeAll
    static void startServer() {
        server = new S3Server();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static Disturbance before(Place place, int after) {
        return new Disturbance(Disturbance.Kind.KILL_BEFORE, place, after, 1, 0);
    }

    private static Disturbance after(Place place, int after) {
        return new Disturbance(Disturbance.Kind.KILL_AFTER, place, after, 1, 0);
    }

    private static List<Disturbance> points(List<Disturbance> worst, List<Disturbance> others) {
        return ALL ? Stream.concat(worst.stream(), others.stream()).toList() : worst;
    }

    @Test
    void aDumpIsWholeOrNotThereAndTheNextStartCleansUp() throws Exception {
        List<Disturbance> points = points(
                List.of(before(Place.COMPLETE, 0), after(Place.SWEEP, 0)),
                List.of(
                        before(Place.LOOK, 0),
                        before(Place.PUT, 0), // a small one, at once
                        after(Place.PUT, 0),
                        before(Place.BEGIN, 0), // its claim
                        after(Place.BEGIN, 0),
                        before(Place.BEGIN, 1), // the upload
                        after(Place.BEGIN, 1),
                        before(Place.PART, 0),
                        after(Place.PART, 0),
                        after(Place.PART, 1),
                        after(Place.COMPLETE, 0),
                        before(Place.ABORT, 0), // gives its claim back
                        after(Place.ABORT, 0),
                        before(Place.SWEEP, 0)));
        try (Round round = new DumpRound(
                folder, new S3View(server, "points-of-dumps"), Optional.empty(), new SplittableRandom(1), tally)) {
            round.run(points);
        }
    }

    @Test
    void aWalFileIsInTheFolderOrInTheStoreAndABaseBackupCountsWhenItIsComplete() throws Exception {
        List<Disturbance> points = points(
                List.of(
                        after(Place.WAL, 0), // stored, and not yet deleted here
                        before(Place.META, 0)), // the base backup is there, what makes it count is not
                List.of(
                        before(Place.WAL, 0),
                        before(Place.WAL, 1),
                        after(Place.ASK, 0), // the store has confirmed it, and it is not yet deleted here
                        after(Place.ASK, 1),
                        before(Place.BASE, 0),
                        after(Place.BASE, 0),
                        before(Place.COMPLETE, 0),
                        after(Place.COMPLETE, 0),
                        after(Place.META, 0),
                        before(Place.SWEEP, 0),
                        after(Place.SWEEP, 0),
                        before(Place.SWEEP, 1), // meta objects are gone, base backups are not
                        after(Place.SWEEP, 1),
                        before(Place.SWEEP, 2), // base backups are gone, their WAL is not
                        before(Place.BUNDLE, 0),
                        after(Place.BUNDLE, 0)));
        try (Round round = new WalRound(
                folder, new S3View(server, "points-of-wal"), Optional.empty(), new SplittableRandom(1), tally)) {
            round.run(points);
        }
    }
}
