package io.mgnlbackup.dump;

/** Who asked for a backup. */
public enum Trigger {
    /** The schedule. */
    SCHEDULE,
    /** The start, since the newest backup was older than the last due time. */
    CATCH_UP,
    /** A request to {@code /dump}. */
    HTTP,
    /** {@code mgnlbackup dump}. */
    COMMAND_LINE;

    /** As it stands in a log line. */
    public String text() {
        return switch (this) {
            case SCHEDULE -> "the schedule";
            case CATCH_UP -> "catch-up at start";
            case HTTP -> "http";
            case COMMAND_LINE -> "the command line";
        };
    }
}
