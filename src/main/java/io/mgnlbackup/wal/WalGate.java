package io.mgnlbackup.wal;

import io.mgnlbackup.postgres.BackupLabel;
import io.mgnlbackup.postgres.TimelineHistory;
import io.mgnlbackup.postgres.WalFileName;
import io.mgnlbackup.postgres.WalHeader;
import io.mgnlbackup.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a file may be taken now: it is whole, nobody refused it lately, and the store is believed to be up. Safe for many threads.
 *
 * <p>A file that is not whole is left alone, for however long. One that stays so without growing is reported once.
 */
public final class WalGate {

    private static final Logger LOG = LoggerFactory.getLogger(WalGate.class);

    /** How long a file may stay as it is without being whole before somebody is told. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long a file rests that was refused for what it is. */
    static final Duration REFUSED_REST = Duration.ofSeconds(60);

    /** The longest pause while the store is down. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /** A history or backup file is a few lines. */
    private static final int MOST_TEXT_BYTES = 1 << 20;

    private final Clock clock;
    private final WalListener listener;
    private final Map<String, Sighting> unfinished = new ConcurrentHashMap<>();
    private final Map<String, Refusal> refused = new ConcurrentHashMap<>();
    private Duration pause = Duration.ZERO;
    private volatile Instant closedUntil = Instant.MIN;

    /** A gate that is open. */
    public WalGate(Clock clock, WalListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /** Whether it makes sense to look for files now. */
    public boolean isOpen() {
        return isOver(closedUntil, LONGEST_PAUSE);
    }

    /** Whether a pause is over: its end has come, or is further away than it can be, since the clock was set back meanwhile. */
    private boolean isOver(Instant end, Duration longest) {
        Instant now = clock.instant();
        return !now.isBefore(end) || now.plus(longest).isBefore(end);
    }

    /** Whether this file may be taken now. */
    public boolean admits(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Optional<BasicFileAttributes> found = WalFolder.attributes(file);
        if (found.isEmpty()) {
            forget(name);
            return false;
        }
        if (!isOpen() || rests(name)) {
            return false;
        }
        Optional<String> defect = defect(file, WalFileName.of(name), found.get());
        if (defect.isEmpty()) {
            unfinished.remove(name);
            return true;
        }
        remember(name, found.get(), defect.get());
        return false;
    }

    private boolean rests(String name) {
        Refusal refusal = refused.get(name);
        return refusal != null && !isOver(refusal.until(), REFUSED_REST);
    }

    /** Why a file is not whole; empty when it is. */
    private static Optional<String> defect(Path file, WalFileName name, BasicFileAttributes found) throws IOException {
        return switch (name.kind()) {
            case SEGMENT, PARTIAL -> segmentDefect(file, name, found.size());
            case HISTORY, BACKUP -> textDefect(file, name, found.size());
            case OTHER -> Optional.of("its name is not one of a WAL file");
        };
    }

    private static Optional<String> segmentDefect(Path file, WalFileName name, long bytes) throws IOException {
        if (bytes < WalHeader.BYTES) {
            return Optional.of("it has " + bytes + " bytes, too few for a WAL segment");
        }
        try (InputStream in = Files.newInputStream(file)) {
            WalHeader header = WalHeader.parse(in.readNBytes(WalHeader.BYTES));
            return header.contradiction(name.segment().orElseThrow(), bytes);
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> textDefect(Path file, WalFileName name, long bytes) throws IOException {
        if (bytes == 0 || bytes > MOST_TEXT_BYTES) {
            return Optional.of("it has " + bytes + " bytes");
        }
        String text = text(file);
        try {
            if (name.kind() == WalFileName.Kind.HISTORY) {
                TimelineHistory.parse(name.timeline().orElseThrow(), text);
                return Optional.empty();
            }
            BackupLabel.parse(text);
            return BackupLabel.isWholeHistory(text) ? Optional.empty() : Optional.of("its last line is missing");
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The content of a history or backup file, bounded. */
    static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_TEXT_BYTES), StandardCharsets.UTF_8);
        }
    }

    private void remember(String name, BasicFileAttributes found, String defect) {
        Sighting now = new Sighting(found.size(), found.lastModifiedTime(), clock.instant(), defect, false);
        Sighting seen = unfinished.get(name);
        if (seen == null || !seen.isSame(now)) {
            unfinished.put(name, now);
            return;
        }
        if (!seen.reported() && Duration.between(seen.at(), now.at()).compareTo(PATIENCE) >= 0) {
            unfinished.put(name, seen.asReported());
            listener.failed();
            LOG.error(
                    "the file '{}' in the archive folder has not changed for {} s and is not whole: {}; it stays there",
                    name,
                    Duration.between(seen.at(), now.at()).toSeconds(),
                    defect);
        }
    }

    /** A file was stored: the store is up. */
    public synchronized void stored(String name) {
        pause = Duration.ZERO;
        closedUntil = Instant.MIN;
        forget(name);
    }

    /** A file could not be archived: a refused one rests, any other failure closes the gate for a while. */
    public synchronized void failed(String name, Throwable failure) {
        listener.failed();
        if (failure instanceof WalException problem) {
            Refusal before = refused.put(name, new Refusal(clock.instant().plus(REFUSED_REST), problem.getMessage()));
            if (before == null || !before.reason().equals(problem.getMessage())) {
                LOG.error("{} (hint: {})", problem.getMessage(), problem.hint().orElse(""));
            }
            return;
        }
        if (isOpen()) {
            pause = pause.isZero() ? Duration.ofSeconds(1) : min(pause.multipliedBy(2), LONGEST_PAUSE);
            closedUntil = clock.instant().plus(pause);
            LOG.warn(
                    "cannot archive '{}', it stays in the folder; next try in {} s: {}",
                    name,
                    pause.toSeconds(),
                    message(failure));
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static String message(Throwable failure) {
        return failure instanceof Problem ? String.valueOf(failure.getMessage()) : failure.toString();
    }

    private void forget(String name) {
        unfinished.remove(name);
        refused.remove(name);
    }

    /** Files that somebody has to look at: reported as broken, or refused. */
    public long needAttention() {
        return unfinished.values().stream().filter(Sighting::reported).count() + refused.size();
    }

    /** Forgets files that are no longer there, so that what is remembered stays bounded by the folder. */
    public void keepOnly(Set<String> present) {
        unfinished.keySet().retainAll(present);
        refused.keySet().retainAll(present);
    }

    private record Refusal(Instant until, String reason) {}

    private record Sighting(long bytes, FileTime modified, Instant at, String defect, boolean reported) {

        boolean isSame(Sighting other) {
            return bytes == other.bytes && modified.equals(other.modified);
        }

        Sighting asReported() {
            return new Sighting(bytes, modified, at, defect, true);
        }
    }
}
