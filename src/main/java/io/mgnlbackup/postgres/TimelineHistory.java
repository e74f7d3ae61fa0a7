package io.mgnlbackup.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a timeline came from: the content of its {@code .history} file (PostgreSQL's src/backend/access/transam/timeline.c).
 *
 * @param timeline whose history it is
 * @param ancestors oldest first; each with the position at which the next one left it
 */
public record TimelineHistory(long timeline, List<Ancestor> ancestors) {

    private static final long MOST_TIMELINES = 0xFFFFFFFFL;

    /** Behind the position stands a reason, in which somebody may have named a restore point with any characters. */
    private static final Pattern LINE =
            Pattern.compile("\\s*(\\d{1,10})\\s+([0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8})(\\s.*)?", Pattern.DOTALL);

    /**
     * A timeline on the way.
     *
     * @param end where it was left: what is written behind is not part of the history
     */
    public record Ancestor(long timeline, Lsn end) {

        /** Checks the range. */
        public Ancestor {
            if (timeline < 1 || timeline > MOST_TIMELINES) {
                throw new IllegalArgumentException("there is no timeline " + timeline);
            }
        }
    }

    /** Copies the list. */
    public TimelineHistory {
        ancestors = List.copyOf(ancestors);
    }

    /** The history of a timeline that came from none. */
    public static TimelineHistory ofFirst(long timeline) {
        return new TimelineHistory(timeline, List.of());
    }

    /**
     * Reads a history file.
     *
     * @throws IllegalArgumentException when a line is neither blank, a comment nor an ancestor, or when nothing or a line without an end is there
     */
    public static TimelineHistory parse(long timeline, String text) {
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("the history of timeline " + timeline + " ends in the middle of a line");
        }
        List<Ancestor> ancestors = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "the history of timeline " + timeline + " has a line that names no timeline");
            }
            ancestors.add(new Ancestor(Long.parseLong(matcher.group(1)), Lsn.parse(matcher.group(2))));
        }
        if (ancestors.isEmpty()) {
            throw new IllegalArgumentException("the history of timeline " + timeline + " names no timeline");
        }
        return new TimelineHistory(timeline, ancestors);
    }

    /** The same with the youngest ancestors only. */
    public TimelineHistory newest(int count) {
        return new TimelineHistory(
                timeline, ancestors.subList(Math.max(0, ancestors.size() - count), ancestors.size()));
    }

    /** The ancestors in one line, {@code 1:0/3000000,2:0/5000028}; empty for none. */
    public String toText() {
        return ancestors.stream()
                .map(from -> from.timeline() + ":" + from.end())
                .collect(Collectors.joining(","));
    }

    /**
     * Reads what {@link #toText} wrote.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static TimelineHistory ofText(long timeline, String text) {
        List<Ancestor> ancestors = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int colon = part.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("cannot read '" + part + "' as a timeline and a position");
            }
            ancestors.add(new Ancestor(Long.parseLong(part.substring(0, colon)), Lsn.parse(part.substring(colon + 1))));
        }
        return new TimelineHistory(timeline, ancestors);
    }

    /** Where another timeline was left on the way to this one; empty for this one itself and for a stranger. */
    public Optional<Lsn> endOf(long other) {
        return ancestors.stream()
                .filter(from -> from.timeline() == other)
                .map(Ancestor::end)
                .findFirst();
    }

    /** Whether the way to this timeline goes over the other one, or they are the same. */
    public boolean comesFrom(long other) {
        return other == timeline || endOf(other).isPresent();
    }

    /** The timeline whose file holds a segment on the way to this one: the youngest that had begun when the segment ended. */
    public long holding(WalSegmentName place, SegmentSize size) {
        Lsn end = place.end(size);
        for (Ancestor from : ancestors) {
            if (end.compareTo(from.end()) <= 0) {
                return from.timeline();
            }
        }
        return timeline;
    }

    /** The timeline that it branched off last. */
    public OptionalLong parent() {
        return ancestors.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(ancestors.get(ancestors.size() - 1).timeline());
    }
}
