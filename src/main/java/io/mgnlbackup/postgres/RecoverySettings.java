package io.mgnlbackup.postgres;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What makes PostgreSQL recover from WAL that lies in the data directory itself (PostgreSQL manual, "Archive Recovery" and "Recovery Target").
 *
 * @param version PostgreSQL's major version, such as {@code 9.6} or {@code 15}
 * @param timeline where recovery ends
 * @param target when it stops; empty for the end of the WAL
 * @param action what happens then
 */
public record RecoverySettings(String version, long timeline, Optional<Instant> target, TargetAction action) {

    /** The folder in the data directory that holds the WAL; PostgreSQL deletes it when recovery has ended. */
    public static final String WAL_FOLDER = "mgnlbackup_wal";

    /** Files that ask for recovery of another kind, in which the server may have been when it was backed up; they are not restored. */
    public static final Set<String> OF_ANOTHER_KIND =
            Set.of("standby.signal", "recovery.signal", "recovery.conf", "recovery.done");

    /** What PostgreSQL does at the target. */
    public enum TargetAction {
        PROMOTE,
        PAUSE,
        SHUTDOWN
    }

    private static final Pattern OURS = Pattern.compile(
            "\\s*(restore_command|recovery_end_command|archive_cleanup_command|recovery_target\\w*|recovery_min_apply_delay)\\s*=?.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final String COMMENT = "# Written by mgnlbackup for one recovery; may go when it has ended.";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS'+00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The file that holds the settings: before PostgreSQL 12 one of its own. */
    public String file() {
        return isBefore12() ? "recovery.conf" : "postgresql.auto.conf";
    }

    /** The empty file that asks for recovery; PostgreSQL before 12 has none. */
    public Optional<String> signalFile() {
        return isBefore12() ? Optional.empty() : Optional.of("recovery.signal");
    }

    /** The settings file with ours in it, in place of all that an earlier recovery left there. */
    public String applyTo(String before) {
        List<String> lines = new ArrayList<>();
        if (!isBefore12()) {
            before.lines()
                    .filter(line -> !OURS.matcher(line).matches() && !line.equals(COMMENT))
                    .forEach(lines::add);
        }
        lines.add(COMMENT);
        lines.add("restore_command = 'cp " + WAL_FOLDER + "/%f \"%p\"'");
        lines.add("recovery_end_command = 'rm -rf " + WAL_FOLDER + "'");
        lines.add("recovery_target_timeline = '" + timeline + "'");
        target.ifPresent(time -> {
            lines.add("recovery_target_time = '" + TIME.format(time) + "'");
            lines.add("recovery_target_action = '" + action.name().toLowerCase(Locale.ROOT) + "'");
        });
        return String.join("\n", lines) + "\n";
    }

    private boolean isBefore12() {
        return version.startsWith("9.") || version.equals("10") || version.equals("11");
    }
}
