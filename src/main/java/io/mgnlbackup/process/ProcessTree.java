package io.mgnlbackup.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process and all that came from it: its descendants, its process group, and whoever holds its standard output, such as a daemon that
 * left the group. Killing the process alone would leave those running, and a reader of the pipe waiting for ever.
 */
public final class ProcessTree {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessTree.class);

    /** Between SIGTERM and SIGKILL. */
    static final Duration GRACE = Duration.ofSeconds(2);

    /** How long SIGKILL may take; only a process that hangs in the kernel takes longer. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private static final Duration GLANCE = Duration.ofMillis(10);

    private final Process process;
    private final boolean ownGroup;
    private final OutputPipe pipe;

    /**
     * The tree of a process that has been started.
     *
     * @param ownGroup whether it leads a process group
     * @param pipe that it writes to
     */
    ProcessTree(Process process, boolean ownGroup, OutputPipe pipe) {
        this.process = process;
        this.ownGroup = ownGroup;
        this.pipe = pipe;
    }

    /** Asks all to end, then makes them; returns when they are gone. */
    void kill() {
        Set<ProcessHandle> all = members();
        signalGroup("TERM");
        all.forEach(ProcessHandle::destroy);
        if (!goneWithin(all, GRACE)) {
            all.addAll(members());
            signalGroup("KILL");
            all.forEach(ProcessHandle::destroyForcibly);
        }
        Set<ProcessHandle> rest = members(); // born meanwhile, or out of the group
        rest.forEach(ProcessHandle::destroyForcibly);
        all.addAll(rest);
        if (!goneWithin(all, LAST_WAIT)) {
            LOG.warn(
                    "processes {} do not end although they were killed",
                    all.stream().filter(ProcessTree::runs).toList());
        }
    }

    private Set<ProcessHandle> members() {
        Set<ProcessHandle> all = new LinkedHashSet<>(process.descendants().toList());
        all.add(process.toHandle());
        all.addAll(holders());
        return all;
    }

    private List<ProcessHandle> holders() {
        long ourselves = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses()
                .filter(other -> other.pid() != ourselves && writesTo(other))
                .toList();
    }

    private boolean writesTo(ProcessHandle other) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/" + other.pid() + "/fd"))) {
            for (Path file : files) {
                if (link(file).filter(pipe::isTarget).isPresent()) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // gone, or of another user: not ours
        }
        return false;
    }

    private static Optional<String> link(Path file) {
        try {
            return Optional.of(Files.readSymbolicLink(file).toString());
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private void signalGroup(String signal) {
        if (!ownGroup) {
            return;
        }
        try {
            SystemProgram.of("kill", "-" + signal, "--", "-" + process.pid())
                    .start()
                    .waitFor(1, TimeUnit.SECONDS);
        } catch (IOException e) {
            LOG.debug("cannot signal the process group, its members are signalled one by one: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean goneWithin(Set<ProcessHandle> all, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (all.stream().anyMatch(ProcessTree::runs)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(
                    GLANCE.toNanos()); // onExit() of a process that is not our child answers only after a second
        }
        return true;
    }

    /** Whether a process still does something: one that only waits to be reaped by a parent that may never come does not. */
    public static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z'; // proc(5): the state follows the name in brackets
        } catch (IOException e) {
            return process.isAlive();
        }
    }
}
