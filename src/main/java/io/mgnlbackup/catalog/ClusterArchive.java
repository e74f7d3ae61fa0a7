package io.mgnlbackup.catalog;

import io.mgnlbackup.postgres.TimelineHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is archived of one cluster, ready to be asked how far it reaches.
 *
 * @param system the cluster
 * @param bases oldest first
 * @param segments by name
 * @param histories by timeline
 */
public record ClusterArchive(
        String system, List<BaseBackup> bases, Map<String, ArchivedFile> segments, Map<Long, ArchivedFile> histories) {

    /** A stretch of time that can be restored to, both ends included. */
    public record Range(Instant from, Instant to) {}

    /** Copies the collections. */
    public ClusterArchive {
        bases = List.copyOf(bases);
        segments = Map.copyOf(segments);
        histories = Map.copyOf(histories);
    }

    /** Every timeline that there is a sign of, oldest first. */
    public List<Long> timelines() {
        TreeSet<Long> timelines = new TreeSet<>(histories.keySet());
        bases.forEach(base -> timelines.add(base.timeline()));
        segments.values().forEach(file -> file.name().timeline().ifPresent(timelines::add));
        return List.copyOf(timelines);
    }

    /** How a timeline came about; one without a history file is taken for a first one. */
    public TimelineHistory history(long timeline) {
        return Optional.ofNullable(histories.get(timeline))
                .flatMap(ArchivedFile::history)
                .orElse(TimelineHistory.ofFirst(timeline));
    }

    /** When a timeline began, as its history file tells; long ago without one. */
    public Instant began(long timeline) {
        return Optional.ofNullable(histories.get(timeline))
                .map(file -> file.entry().time())
                .orElse(Instant.MIN);
    }

    /** For each base backup that can lead to a timeline, newest first, how far the WAL leads. */
    public List<WalChain> chains(long timeline) {
        TimelineHistory history = history(timeline);
        return bases.stream()
                .filter(base -> WalChain.leads(base, history))
                .sorted(Comparator.comparing(BaseBackup::endedAt).reversed())
                .map(base -> WalChain.follow(base, history, segments))
                .toList();
    }

    /** The same with the newest base backup alone. */
    public ClusterArchive fromNewestBase() {
        return new ClusterArchive(system, bases.subList(bases.size() - 1, bases.size()), segments, histories);
    }

    /** The stretches of time that can be restored to, on any timeline, oldest first and not overlapping. */
    public List<Range> ranges() {
        List<Range> all = new ArrayList<>();
        for (long timeline : timelines()) {
            for (WalChain chain : chains(timeline)) {
                if (chain.isConsistent()) {
                    all.add(new Range(chain.base().endedAt(), chain.reachesUntil()));
                }
            }
        }
        return merged(all);
    }

    private static List<Range> merged(List<Range> ranges) {
        List<Range> merged = new ArrayList<>();
        for (Range range :
                ranges.stream().sorted(Comparator.comparing(Range::from)).toList()) {
            Range last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && !range.from().isAfter(last.to())) {
                Instant to = range.to().isAfter(last.to()) ? range.to() : last.to();
                merged.set(merged.size() - 1, new Range(last.from(), to));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }

    /** Segments on each timeline in their order. */
    public Map<Long, TreeSet<String>> segmentsByTimeline() {
        return segments.values().stream()
                .collect(Collectors.groupingBy(
                        file -> file.name().timeline().orElseThrow(),
                        TreeMap::new,
                        Collectors.mapping(file -> file.name().text(), Collectors.toCollection(TreeSet::new))));
    }
}
