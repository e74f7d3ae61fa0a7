package io.mgnlbackup.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.ChaosProxy;
import io.mgnlbackup.testing.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Brings about what goes wrong in a round: in the line to the store, on its disk, or with the sidecar. */
final class Trouble {

    private static final Duration UNTIL_HIT = Duration.ofSeconds(4);
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final OutsideView store;
    private final Optional<SmallDisk> disk;
    private final Tally tally;
    private final Runnable kill;
    private final Runnable stop;

    /** Both ends of the sidecar are the round's, which starts the next one. */
    Trouble(OutsideView store, Optional<SmallDisk> disk, Tally tally, Runnable kill, Runnable stop) {
        this.store = store;
        this.disk = disk;
        this.tally = tally;
        this.kill = kill;
        this.stop = stop;
    }

    /** Lets something go wrong while work is under way, until the work is done or it is time to go on; then everything works again. */
    void make(Disturbance what, CompletableFuture<?> work) throws Exception {
        switch (what.kind()) {
            case KILL_BEFORE, KILL_AFTER -> killAt(what, work);
            case KILL_SOON, STOP_SOON -> endSoon(what, work);
            case STORE_DOWN, CONNECTIONS_LOST -> downFor(what, work);
            case CHILD_FAILS, CHILD_KILLED, NO_OUTPUT -> {
                finish(work);
                tally.happened(what);
            }
            case DISK_FULL, STORE_FOLDER_GONE -> withoutRoom(what, work);
            default -> breakLine(what, work);
        }
    }

    private ChaosProxy line() {
        return store.line().orElseThrow();
    }

    private void killAt(Disturbance what, CompletableFuture<?> work) {
        Fault hold = line().breaks(what.fault());
        long end = System.nanoTime() + UNTIL_HIT.toNanos();
        while (!hold.awaitHit(GLANCE) && !work.isDone() && System.nanoTime() < end) {
            // Either it comes to the point, or it ends without.
        }
        kill.run();
        hold.drop();
        tally.happened(what);
        tally.count(hold.hasHappened() ? "(killed at the point)" : "(killed, point not met)");
    }

    private void endSoon(Disturbance what, CompletableFuture<?> work) {
        waitFor(work, Duration.ofMillis(what.amount()));
        if (what.kind() == Disturbance.Kind.STOP_SOON) {
            stop.run();
        } else {
            kill.run();
        }
        tally.happened(what);
    }

    private void downFor(Disturbance what, CompletableFuture<?> work) {
        waitFor(work, Duration.ofMillis(what.amount()));
        if (what.kind() == Disturbance.Kind.STORE_DOWN) {
            line().cut();
            waitFor(work, Duration.ofMillis(1 + what.amount()));
            line().heal();
        } else {
            line().loseConnections();
        }
        finish(work);
        tally.happened(what);
    }

    private void breakLine(Disturbance what, CompletableFuture<?> work) {
        Fault fault = line().breaks(what.fault());
        waitFor(
                work,
                switch (what.kind()) {
                    case REQUEST_STALLS, ANSWER_STALLS -> Duration.ofMillis(1_000 + what.amount());
                    default -> PATIENCE;
                });
        heal();
        finish(work);
        if (fault.hasHappened()) {
            tally.happened(what);
        }
    }

    private void withoutRoom(Disturbance what, CompletableFuture<?> work) throws IOException {
        if (disk.isEmpty()) {
            finish(work);
            return;
        }
        waitFor(work, Duration.ofMillis(what.amount() / 5));
        if (what.kind() == Disturbance.Kind.DISK_FULL) {
            disk.get().fillUp(what.amount() * 100L);
            waitFor(work, PATIENCE);
        } else {
            disk.get().takeAway();
            waitFor(work, Duration.ofSeconds(1));
        }
        disk.get().heal();
        finish(work);
        tally.happened(what);
    }

    /** Nothing is broken any more. */
    void heal() {
        store.line().ifPresent(ChaosProxy::heal);
    }

    /** Until the work is done, well or not, or this time is over. */
    static void waitFor(CompletableFuture<?> work, Duration limit) {
        try {
            work.handle((done, failed) -> true).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Time to go on.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void finish(CompletableFuture<?> work) {
        waitFor(work, Round.LIMIT);
        assertThat(work.isDone())
                .as("it comes to an end once everything works again")
                .isTrue();
    }
}
