package io.mgnlbackup.postgres;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code backup_label} in a base backup says, and the {@code .backup} file that the server archives at its end (PostgreSQL's
 * src/backend/access/transam/xlogbackup.c).
 *
 * @param start where recovery begins to read
 * @param startFile the segment that holds it
 * @param stop where the backup is consistent; only in a {@code .backup} file
 * @param label what the backup was called
 */
public record BackupLabel(Lsn start, WalSegmentName startFile, Optional<Lsn> stop, String label) {

    private static final Pattern LINE = Pattern.compile("([A-Z ]+): (.*)", Pattern.DOTALL);
    private static final Pattern LOCATION = Pattern.compile("([0-9A-F]{1,8}/[0-9A-F]{1,8}) \\(file ([0-9A-F]{24})\\)");

    /**
     * Reads either file.
     *
     * @throws IllegalArgumentException when it does not say where the backup starts
     */
    public static BackupLabel parse(String text) {
        Map<String, String> lines = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                lines.putIfAbsent(matcher.group(1), matcher.group(2));
            }
        }
        Matcher start = location(lines.getOrDefault("START WAL LOCATION", ""))
                .orElseThrow(() -> new IllegalArgumentException("it does not say where the backup starts"));
        return new BackupLabel(
                Lsn.parse(start.group(1)),
                WalSegmentName.parse(start.group(2)),
                location(lines.getOrDefault("STOP WAL LOCATION", "")).map(stop -> Lsn.parse(stop.group(1))),
                lines.getOrDefault("LABEL", ""));
    }

    /** Whether a {@code .backup} file is there to its last line. */
    public static boolean isWholeHistory(String text) {
        return text.endsWith("\n")
                && text.contains("\nSTOP TIME: ")
                && (!text.contains("\nSTART TIMELINE: ") || text.contains("\nSTOP TIMELINE: "));
    }

    private static Optional<Matcher> location(String text) {
        Matcher matcher = LOCATION.matcher(text);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    /** The name of the file that the server archives at the end of this backup. */
    public String historyFile(SegmentSize size) {
        long offset = start.value() - startFile.start(size).value();
        return "%s.%08X.backup".formatted(startFile, offset);
    }
}
