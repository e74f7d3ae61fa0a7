package io.mgnlbackup.store.s3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which sidecar, and which process of it, began an upload.
 *
 * @param owner 16 hex digits: the same for each start of one sidecar on one host (a pod, a container), different for any other
 * @param pid the process, as its host or container counts
 * @param started when the process started, in epoch seconds
 */
public record SidecarId(String owner, long pid, long started) {

    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{16})-([0-9]{1,18})-([0-9]{1,18})");

    /** How much two readings of one start time may differ: systems derive it from their clock. */
    private static final long TOLERANCE_SECONDS = 2;

    /**
     * This process.
     *
     * @param host the name of this machine, pod or container; one that a restart keeps, or what was left over is known only by its age
     */
    public static SidecarId ofThisProcess(String bucketPrefix, String heritage, String host) {
        ProcessHandle process = ProcessHandle.current();
        return new SidecarId(hash(bucketPrefix + "\n" + heritage + "\n" + host), process.pid(), startOf(process));
    }

    /** Reads what {@link #toString} wrote. */
    static Optional<SidecarId> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new SidecarId(
                        matcher.group(1), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    /** Whether this is a process of the same sidecar on the same host as another. */
    boolean hasOwnerOf(SidecarId other) {
        return owner.equals(other.owner);
    }

    /** Whether the process runs; only this host can say. A number that another process has by now does not count. */
    boolean isRunning() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process -> Math.abs(startOf(process) - started) <= TOLERANCE_SECONDS)
                .orElse(false);
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return owner + "-" + pid + "-" + started;
    }
}
