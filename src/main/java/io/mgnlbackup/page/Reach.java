package io.mgnlbackup.page;

import io.mgnlbackup.catalog.BaseBackup;
import io.mgnlbackup.catalog.ClusterArchive;
import io.mgnlbackup.catalog.ClusterArchive.Range;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A picture of what a cluster can be restored to: base backups as points, the instants that they and their WAL reach as bars. What lies too
 * close together is drawn as one, so that its size does not depend on how much is archived.
 *
 * @param bars stretches of time that can be restored to
 * @param holes stretches that cannot, since WAL is missing
 * @param points base backups
 * @param gaps where WAL is missing
 * @param picked the instant that somebody asked for; at most one
 * @param ticks labels below
 * @param summary the same in words
 */
record Reach(
        List<Bar> bars,
        List<Bar> holes,
        List<Mark> points,
        List<Mark> gaps,
        List<Mark> picked,
        List<TimeAxis.Tick> ticks,
        String summary) {

    /** Percent of the width below which two things are drawn as one. */
    private static final double BAR_DISTANCE = 0.2;

    private static final double POINT_DISTANCE = 0.6;
    private static final double GAP_DISTANCE = 4;
    private static final double LEAST_WIDTH = 0.4;

    /** A stretch. */
    record Bar(String x, String width, String title) {}

    /** A place. */
    record Mark(String x, String title) {}

    /**
     * Draws a cluster that has a base backup.
     *
     * @param ranges what {@link ClusterArchive#ranges} tells
     * @param gaps where WAL is missing, in any order
     * @param asked an instant to be marked
     */
    static Reach of(
            ClusterArchive cluster,
            List<Range> ranges,
            List<GapPlace> gaps,
            Optional<Instant> asked,
            ZoneId zone,
            Instant now) {
        LocalTimes times = new LocalTimes(zone);
        TimeAxis axis = axis(cluster, gaps, zone, now);
        return new Reach(
                bars(ranges, axis, times),
                holes(ranges, gaps, axis, times),
                points(cluster.bases(), axis, times),
                gaps(gaps, axis),
                asked.map(time -> new Mark(TimeAxis.text(axis.percent(time)), "Picked: " + times.of(time))).stream()
                        .toList(),
                axis.ticks(),
                summary(cluster.bases(), ranges, gaps, times));
    }

    /** From the first sign of the cluster until now. */
    private static TimeAxis axis(ClusterArchive cluster, List<GapPlace> gaps, ZoneId zone, Instant now) {
        List<Instant> signs = Stream.concat(
                        cluster.bases().stream().map(BaseBackup::endedAt),
                        gaps.stream().flatMap(gap -> Stream.of(gap.from(), gap.to())))
                .sorted()
                .toList();
        Instant last = signs.get(signs.size() - 1);
        return TimeAxis.of(signs.get(0), last.isAfter(now) ? last : now, zone);
    }

    private static List<Bar> bars(List<Range> ranges, TimeAxis axis, LocalTimes times) {
        List<Bar> drawn = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < ranges.size(); i++) {
            boolean last = i + 1 == ranges.size();
            if (last || distance(ranges.get(i).to(), ranges.get(i + 1).from(), axis) >= BAR_DISTANCE) {
                Range all = new Range(ranges.get(first).from(), ranges.get(i).to());
                String gaps = first == i ? "" : ", except in " + (i - first) + " gaps too short to be drawn";
                drawn.add(bar(all, axis, "Can be restored to: " + times.of(all) + gaps));
                first = i + 1;
            }
        }
        return drawn;
    }

    private static double distance(Instant from, Instant to, TimeAxis axis) {
        return axis.percent(to) - axis.percent(from);
    }

    /** Behind each bar the time up to the next one, where WAL is missing in it: behind the last, until now. */
    private static List<Bar> holes(List<Range> ranges, List<GapPlace> gaps, TimeAxis axis, LocalTimes times) {
        List<Bar> holes = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            Instant until = i + 1 < ranges.size() ? ranges.get(i + 1).from() : axis.to();
            Range hole = new Range(ranges.get(i).to(), until);
            boolean wide = distance(hole.from(), hole.to(), axis) >= BAR_DISTANCE;
            if (wide && gaps.stream().anyMatch(gap -> gap.overlaps(hole))) {
                holes.add(bar(hole, axis, "Cannot be restored to: " + times.of(hole)));
            }
        }
        return holes;
    }

    private static Bar bar(Range range, TimeAxis axis, String title) {
        double x = axis.percent(range.from());
        return new Bar(TimeAxis.text(x), TimeAxis.text(Math.max(LEAST_WIDTH, axis.percent(range.to()) - x)), title);
    }

    private static List<Mark> points(List<BaseBackup> bases, TimeAxis axis, LocalTimes times) {
        Marks marks = new Marks(POINT_DISTANCE, "base backups");
        bases.stream()
                .sorted(Comparator.comparing(BaseBackup::endedAt))
                .forEach(base -> marks.add(
                        axis.percent(base.endedAt()), base.base().name() + ", ended " + times.of(base.endedAt())));
        return marks.drawn();
    }

    private static List<Mark> gaps(List<GapPlace> gaps, TimeAxis axis) {
        Marks marks = new Marks(GAP_DISTANCE, "gaps");
        gaps.stream()
                .sorted(Comparator.comparing(GapPlace::from))
                .forEach(gap -> marks.add(axis.percent(gap.from()), "WAL is missing: " + gap.gap()));
        return marks.drawn();
    }

    private static String summary(List<BaseBackup> bases, List<Range> ranges, List<GapPlace> gaps, LocalTimes times) {
        long missing = gaps.stream().mapToLong(gap -> gap.gap().count()).sum();
        return "%s; %s; %s"
                .formatted(
                        bases.size() == 1 ? "1 base backup" : bases.size() + " base backups",
                        ranges.isEmpty() ? "nothing can be restored to" : "can be restored to: " + times.of(ranges),
                        missing == 0 ? "no WAL is missing" : WalCard.segments(missing) + " missing");
    }

    /** Makes one mark of those that would cover each other. */
    private static final class Marks {

        private final double distance;
        private final String plural;
        private final List<Mark> drawn = new ArrayList<>();
        private double last = -100;
        private int together;

        Marks(double distance, String plural) {
            this.distance = distance;
            this.plural = plural;
        }

        /** From left to right. */
        void add(double percent, String title) {
            if (percent - last < distance) {
                together++;
                Mark first = drawn.remove(drawn.size() - 1);
                drawn.add(new Mark(first.x(), together + " " + plural + ", the last: " + title));
                return;
            }
            last = percent;
            together = 1;
            drawn.add(new Mark(TimeAxis.text(percent), title));
        }

        List<Mark> drawn() {
            return List.copyOf(drawn);
        }
    }
}
