package io.mgnlbackup.page;

import io.mgnlbackup.bundle.Bundle;
import io.mgnlbackup.bundle.BundlePlanner;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.ClusterArchive;
import io.mgnlbackup.config.ByteSize;
import io.mgnlbackup.config.Rfc3339;
import io.mgnlbackup.problem.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a person picks an instant, and what it takes to restore to it. Only tells: nothing is stored when it is shown.
 *
 * @param value what the field holds
 * @param error why the text that was sent is no instant
 * @param asked the instant that was sent, in words
 * @param again a link to the second instant at which the clocks showed the same
 * @param plan how to get there
 * @param refusal why nobody can get there
 */
record RestoreForm(
        String value,
        @Nullable String error,
        @Nullable String asked,
        @Nullable String again,
        @Nullable Plan plan,
        @Nullable Refusal refusal) {

    /**
     * How to restore.
     *
     * @param download the path of the whole data directory as one archive
     * @param upload the command that stores what {@code boot} reads
     */
    record Plan(String download, String upload, String base, String ended, String segments, String bytes) {}

    /** Why it cannot be done, and what can. */
    record Refusal(String reason, @Nullable String hint) {}

    /** The form before anybody has sent it: with the newest instant that can be had. */
    static RestoreForm empty(List<ClusterArchive.Range> ranges, LocalTimes times) {
        String newest = ranges.isEmpty()
                ? ""
                : times.forField(ranges.get(ranges.size() - 1).to());
        return new RestoreForm(newest, null, null, null, null, null);
    }

    /** The form after something was sent that is no instant. */
    static RestoreForm wrong(Problem problem) {
        return new RestoreForm("", Problems.text(problem), null, null, null, null);
    }

    /**
     * The form with its answer.
     *
     * @param url where programs reach the sidecar
     */
    static RestoreForm answered(PickedInstant picked, ClusterArchive cluster, LocalTimes times, String url) {
        String value = picked.time().map(times::forField).orElse("");
        String asked = picked.time()
                .map(time -> times.of(time) + " " + times.zoneName() + " (" + Rfc3339.format(time) + ")")
                .orElse("the newest state");
        String again = picked.again().map(RestoreForm::link).orElse(null);
        try {
            BundlePlanner planner = new BundlePlanner(cluster);
            Bundle bundle = picked.time()
                    .map(time -> planner.at(time, Optional.empty()))
                    .orElseGet(() -> planner.latest(Optional.empty()));
            return new RestoreForm(value, null, asked, again, plan(bundle, picked, times, url), null);
        } catch (Problem e) {
            return new RestoreForm(value, null, asked, again, null, new Refusal(e.getMessage(), View.orNull(e.hint())));
        }
    }

    private static Plan plan(Bundle bundle, PickedInstant picked, LocalTimes times, String url) {
        String path = "/bundle/" + picked.time().map(Rfc3339::format).orElse("now");
        long bytes = bundle.entries().stream()
                .map(CatalogEntry::object)
                .mapToLong(object -> object.size())
                .sum();
        return new Plan(
                path + "?download",
                "curl -s " + quoted(url + path + "?mode=restore&upload"),
                bundle.base().base().name(),
                times.of(bundle.base().endedAt()),
                WalCard.segments(bundle.wal().size()),
                ByteSize.format(bytes));
    }

    private static String link(Instant time) {
        return "/list?instant=" + URLEncoder.encode(Rfc3339.format(time), StandardCharsets.UTF_8) + "#restore";
    }

    /** For a shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
