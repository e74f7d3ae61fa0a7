package io.mgnlbackup.page;

import io.mgnlbackup.catalog.ArchivedFile;
import io.mgnlbackup.catalog.WalArchive;
import io.mgnlbackup.catalog.WalGaps;
import io.mgnlbackup.config.ByteSize;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.wal.WaitingFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How archiving goes, in a few words.
 *
 * @param kind a style class: {@code failed} when WAL is missing or cannot be taken, else {@code idle}
 * @param lines below the headline
 */
record WalCard(String kind, String headline, List<String> lines) {

    private static final int MOST_NAMED = 3;

    /** What waits in the archive folder; or why nobody knows. */
    record Folder(Optional<WaitingFiles> waiting, Optional<Problem> problem) {

        /** For a sidecar that looks into no folder. */
        static final Folder NONE = new Folder(Optional.empty(), Optional.empty());
    }

    static WalCard of(Folder folder, WalArchive archive, List<WalGaps.Gap> gaps, Instant now) {
        List<String> lines = new ArrayList<>();
        String waiting = folder.waiting().map(WalCard::headline).orElse("None missing");
        if (folder.problem().isPresent()) {
            lines.add(Problems.text(folder.problem().get()));
            waiting = "Folder not readable";
        }
        if (!gaps.isEmpty()) {
            lines.add(named(gaps) + hint(archive, gaps));
        }
        folder.waiting()
                .filter(found -> !found.names().isEmpty())
                .map(found -> (gaps.isEmpty() ? "" : waitingFiles(found) + ", ") + details(found, now))
                .ifPresent(lines::add);
        lines.add(last(archive)
                .map(file -> "last archived: " + file.name().text() + ", "
                        + Age.of(file.entry().time(), now))
                .orElse("nothing archived yet"));
        long missing = gaps.stream().mapToLong(WalGaps.Gap::count).sum();
        boolean failed = missing > 0 || folder.problem().isPresent();
        return new WalCard(failed ? "failed" : "idle", missing > 0 ? segments(missing) + " missing" : waiting, lines);
    }

    /** A number of segments. */
    static String segments(long count) {
        return count == 1 ? "1 segment" : count + " segments";
    }

    private static String headline(WaitingFiles waiting) {
        return waiting.names().isEmpty() ? "Nothing waits" : waitingFiles(waiting);
    }

    private static String waitingFiles(WaitingFiles waiting) {
        int count = waiting.names().size();
        return count == 1 ? "1 file waits" : count + " files wait";
    }

    private static String details(WaitingFiles waiting, Instant now) {
        return ByteSize.format(waiting.bytes())
                + waiting.oldest()
                        .map(oldest -> ", the oldest for " + Age.text(Duration.between(oldest, now)))
                        .orElse("");
    }

    private static String named(List<WalGaps.Gap> gaps) {
        String names =
                gaps.stream().limit(MOST_NAMED).map(WalGaps.Gap::toString).collect(Collectors.joining(", "));
        return gaps.size() <= MOST_NAMED ? names : names + " and " + (gaps.size() - MOST_NAMED) + " more";
    }

    /** A base backup that began behind a gap needs nothing of it. */
    private static String hint(WalArchive archive, List<WalGaps.Gap> gaps) {
        boolean behindAll = gaps.stream()
                .allMatch(gap -> archive.bases().stream()
                        .anyMatch(base -> place(base.first().toString()).compareTo(place(gap.last())) > 0));
        return behindAll ? ": later base backups do without" : ": take a base backup now";
    }

    /** The position in the name of a segment, whatever its timeline. */
    private static String place(String segment) {
        return segment.substring(8);
    }

    private static Optional<ArchivedFile> last(WalArchive archive) {
        return archive.files().stream()
                .filter(ArchivedFile::isSegment)
                .max(Comparator.comparing(file -> file.entry().time()));
    }
}
