package io.mgnlbackup.page;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the template of the page has names for; every text is escaped there. What is null or empty is left out. */
record View(
        String heritage,
        String store,
        String version,
        boolean dumps,
        boolean mayDump,
        boolean exposed,
        boolean running,
        @Nullable String notice,
        @Nullable String unreadable,
        @Nullable String damaged,
        String total,
        String totalBytes,
        String newest,
        String newestTime,
        String next,
        String cron,
        String stateClass,
        String state,
        String stateDetail,
        @Nullable String stateOutput,
        List<Calendar.Day> days,
        List<Calendar.Month> months,
        int calendarWidth,
        String calendarSummary,
        WalPart.@Nullable Shown wal,
        String query,
        @Nullable String queryError,
        boolean filtered,
        boolean ordered,
        String orderBy,
        String dir,
        List<Column> columns,
        boolean showsVerified,
        List<Row> rows,
        String emptyText,
        boolean paged,
        @Nullable String previous,
        @Nullable String nextPage,
        String pageText) {

    boolean hasRows() {
        return !rows.isEmpty();
    }

    /**
     * A column.
     *
     * @param link sorts by it
     * @param sort {@code ascending} or {@code descending} when it is sorted by it
     */
    record Column(
            String title,
            boolean numeric,
            @Nullable String link,
            @Nullable String sort) {}

    /** A backup. */
    record Row(
            String name,
            String instant,
            String time,
            String age,
            String size,
            long bytes,
            List<Mark> marks,
            List<Chip> tags,
            String kept,
            @Nullable Verified verified,
            @Nullable String download) {}

    /**
     * What is known of a backup since it was read back.
     *
     * @param kind {@code good}, {@code unproven}, {@code damaged} or {@code never}
     */
    record Verified(
            String kind, String text, String time, @Nullable String reason) {}

    /** An interval that a backup begins. */
    record Mark(String name, String link) {}

    /** A tag. */
    record Chip(String text, String link) {}

    /** Null for nothing, which the template leaves out. */
    static <T> @Nullable T orNull(Optional<T> value) {
        return value.orElse(null);
    }
}
