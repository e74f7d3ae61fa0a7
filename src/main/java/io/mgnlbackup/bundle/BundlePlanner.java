package io.mgnlbackup.bundle;

import io.mgnlbackup.catalog.ArchivedFile;
import io.mgnlbackup.catalog.BaseBackup;
import io.mgnlbackup.catalog.ClusterArchive;
import io.mgnlbackup.catalog.WalChain;
import io.mgnlbackup.postgres.TimelineHistory;
import io.mgnlbackup.problem.Problem;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses the bundle for an instant: the newest base backup that had ended by then, and the WAL from its start up to the segment in which a
 * later transaction ends. Looks at nothing but the archive that it is given.
 *
 * @param archive of one cluster
 */
public record BundlePlanner(ClusterArchive archive) {

    /**
     * The bundle for the latest state that is archived.
     *
     * @throws Problem {@code NOT_FOUND} when no base backup is followed by its WAL
     */
    public Bundle latest(Optional<Long> wanted) {
        long timeline = wanted.orElseGet(this::written);
        checkTimeline(timeline);
        WalChain chain = archive.chains(timeline).stream()
                .filter(WalChain::isConsistent)
                .findFirst()
                .orElseThrow(() -> notReachable(
                        "the end of timeline " + timeline,
                        archive.chains(timeline).stream().findFirst()));
        return bundle(chain, chain.files().size(), Optional.empty());
    }

    /**
     * The bundle for an instant.
     *
     * @param wanted a timeline, where the one that was written at the instant is not the one that is wanted
     * @throws Problem {@code NOT_FOUND} saying which segment is missing and what can be reached
     */
    public Bundle at(Instant target, Optional<Long> wanted) {
        wanted.ifPresent(this::checkTimeline);
        List<Long> timelines = wanted.map(List::of).orElseGet(() -> timelines(target));
        for (long timeline : timelines) {
            for (WalChain chain : archive.chains(timeline)) {
                if (chain.covers(target)) {
                    return bundle(
                            chain,
                            chain.filesUntil(target),
                            chain.goesBeyond(target) ? Optional.of(target) : Optional.empty());
                }
            }
        }
        throw notReachable(
                target.toString(),
                timelines.stream()
                        .flatMap(timeline -> archive.chains(timeline).stream())
                        .filter(chain -> !chain.base().endedAt().isAfter(target))
                        .findFirst());
    }

    /**
     * The timeline that is written now: the newest one with a segment of its own. One that had begun when the newest base backup was
     * taken elsewhere is that of a copy, or was given up.
     */
    private long written() {
        BaseBackup newest = archive.bases().get(archive.bases().size() - 1);
        TimelineHistory its = archive.history(newest.timeline());
        Set<Long> withSegments = archive.segmentsByTimeline().keySet();
        return archive.timelines().stream()
                .filter(withSegments::contains)
                .filter(timeline ->
                        its.comesFrom(timeline) || archive.began(timeline).isAfter(newest.endedAt()))
                .max(Comparator.naturalOrder())
                .orElse(newest.timeline());
    }

    private void checkTimeline(long timeline) {
        if (!archive.timelines().contains(timeline)) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "there is no timeline " + timeline + " in the archive",
                    "there are: " + archive.timelines());
        }
    }

    /** The timeline that was written at an instant, and those whose beginning may have been archived late. */
    private List<Long> timelines(Instant target) {
        List<Long> all = archive.timelines();
        Stream<Long> written = all.stream()
                .filter(timeline -> !archive.began(timeline).isAfter(target))
                .max(Comparator.naturalOrder())
                .stream();
        Stream<Long> later =
                all.stream().filter(timeline -> archive.began(timeline).isAfter(target));
        return Stream.concat(written, later).toList();
    }

    private Bundle bundle(WalChain chain, int files, Optional<Instant> target) {
        TimelineHistory history = chain.history();
        List<ArchivedFile> histories = Stream.concat(
                        history.ancestors().stream().map(TimelineHistory.Ancestor::timeline),
                        Stream.of(history.timeline()))
                .map(archive.histories()::get)
                .filter(Objects::nonNull)
                .toList();
        return new Bundle(chain.base(), chain.files().subList(0, files), histories, history.timeline(), target);
    }

    /** Says what is missing, seen from the base backup that comes nearest. */
    private Problem notReachable(String target, Optional<WalChain> nearest) {
        String why = nearest.map(this::missing).orElse("no base backup had ended by then");
        return new Problem(Problem.Kind.NOT_FOUND, "cannot reach " + target + ": " + why, reachable());
    }

    private String missing(WalChain chain) {
        String next = "WAL segment " + chain.next();
        if (!chain.isConsistent() || isGap(chain)) {
            return next + " is missing";
        }
        return "the archived WAL ends before, with "
                + chain.last().map(file -> file.name().text()).orElse("nothing") + "; " + next + " is not archived";
    }

    private boolean isGap(WalChain chain) {
        String next = chain.next().toString();
        return archive.segments().keySet().stream()
                .anyMatch(name -> name.startsWith(next.substring(0, 8)) && name.compareTo(next) > 0);
    }

    /** What can be reached, in words. */
    public String reachable() {
        List<ClusterArchive.Range> ranges = archive.ranges();
        return ranges.isEmpty()
                ? "nothing can be reached yet"
                : "reachable: "
                        + ranges.stream()
                                .map(range -> range.from() + " to " + range.to())
                                .collect(Collectors.joining(", "))
                        + "; 'now' reaches the end of what is archived";
    }
}
