package io.mgnlbackup.page;

import io.mgnlbackup.catalog.ClusterArchive;
import io.mgnlbackup.catalog.Listing;
import io.mgnlbackup.catalog.WalArchive;
import io.mgnlbackup.catalog.WalGaps;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.wal.WaitingFiles;
import io.mgnlbackup.wal.WalFolder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The part of the page about WAL mode: how archiving goes, which instants can be restored to, and how. */
public final class WalPart {

    private final Optional<WalFolder> folder;
    private final boolean walMode;
    private final LocalTimes times;
    private final Supplier<String> url;

    /**
     * A part about these.
     *
     * @param folder where WAL waits to be archived; empty when the sidecar takes none
     * @param url where programs reach the sidecar
     */
    public WalPart(Optional<WalFolder> folder, Settings settings, Supplier<String> url) {
        this.folder = folder;
        this.walMode = settings.wal().isPresent();
        this.times = new LocalTimes(settings.zone());
        this.url = url;
    }

    /**
     * What the template has names for.
     *
     * @param reachable what can be restored to, in words
     * @param others tells of other clusters, which are not shown
     * @param reach absent without a base backup, like the form
     */
    record Shown(
            WalCard card,
            String zone,
            String reachable,
            @Nullable String others,
            @Nullable Reach reach,
            @Nullable RestoreForm form) {

        /** Whether something was sent that is no instant. */
        boolean isWrong() {
            return form != null && form.error() != null;
        }
    }

    /** What waits. To be asked before the store is listed: what is archived meanwhile is then in both, never in neither. */
    WalCard.Folder look() {
        try {
            return new WalCard.Folder(folder.map(WalFolder::waiting), Optional.empty());
        } catch (Problem e) {
            return new WalCard.Folder(Optional.empty(), Optional.of(e));
        }
    }

    /**
     * The part for what is stored now; empty for a sidecar that has nothing to do with WAL.
     *
     * @param asked what was sent as an instant
     */
    Optional<Shown> show(WalCard.Folder waiting, Listing listing, Optional<String> asked, Instant now) {
        WalArchive archive = WalArchive.of(listing.entries());
        if (!walMode && archive.bases().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(archive.newestCluster()
                .map(cluster -> show(waiting, archive, cluster, asked, now))
                .orElseGet(() -> new Shown(
                        WalCard.of(waiting, archive, List.of(), now),
                        times.zoneName(),
                        "Nothing can be restored to before there is a base backup.",
                        null,
                        null,
                        null)));
    }

    private Shown show(
            WalCard.Folder waiting, WalArchive archive, ClusterArchive cluster, Optional<String> asked, Instant now) {
        Set<String> names = waiting.waiting().map(WaitingFiles::names).orElse(Set.of());
        List<WalGaps.Gap> gaps = WalGaps.find(cluster, names);
        List<ClusterArchive.Range> ranges = cluster.ranges();
        Optional<PickedInstant> picked = Optional.empty();
        RestoreForm form = RestoreForm.empty(ranges, times);
        try {
            picked = asked.map(text -> PickedInstant.parse(text, times.zone()));
            form = picked.map(instant -> RestoreForm.answered(instant, cluster, times, url.get()))
                    .orElse(form);
        } catch (Problem e) {
            form = RestoreForm.wrong(e);
        }
        int others = archive.bases().size() - cluster.bases().size();
        return new Shown(
                WalCard.of(waiting, archive, gaps, now),
                times.zoneName(),
                ranges.isEmpty()
                        ? "No base backup is followed by its WAL, so nothing can be restored to."
                        : "Any instant can be restored to: " + times.of(ranges) + ".",
                others == 0 ? null : "Base backups of other clusters that are not in the picture: " + others + ".",
                Reach.of(
                        cluster,
                        ranges,
                        GapPlace.of(cluster, gaps),
                        picked.flatMap(PickedInstant::time),
                        times.zone(),
                        now),
                form);
    }
}
