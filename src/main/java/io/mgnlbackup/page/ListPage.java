package io.mgnlbackup.page;

import com.samskivert.mustache.Template;
import io.mgnlbackup.access.Audit;
import io.mgnlbackup.access.Caller;
import io.mgnlbackup.access.Role;
import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.catalog.BackupKind;
import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.Listing;
import io.mgnlbackup.config.ByteSize;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.config.Version;
import io.mgnlbackup.dump.BackupJob;
import io.mgnlbackup.dump.BackupOutcome;
import io.mgnlbackup.http.Answer;
import io.mgnlbackup.http.Request;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.query.QueryException;
import io.mgnlbackup.query.Selection;
import io.mgnlbackup.query.TagQuery;
import io.mgnlbackup.retention.Decision;
import io.mgnlbackup.retention.Sweep;
import io.mgnlbackup.schedule.BackupSchedule;
import io.mgnlbackup.store.LinkRequest;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.verify.Journal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers {@code /list} with a page: made on the server, whole without JavaScript, a screenful of backups at a time. */
public final class ListPage {

    /** Backups on one page, and so the bound of what a page holds in memory. */
    static final int ROWS = 50;

    private static final Set<String> INTERVALS = Set.of("daily", "weekly", "monthly");

    /** Tags that say nothing to a person; queries may ask for them all the same. */
    private static final Set<String> NOT_SHOWN = Set.of(
            Catalog.ULID,
            ArchiveTags.VARIANT,
            ArchiveTags.START,
            ArchiveTags.END,
            ArchiveTags.SYSTEM,
            ArchiveTags.HISTORY,
            ArchiveTags.FIRST,
            ArchiveTags.LAST,
            ArchiveTags.SEGMENT_BYTES,
            ArchiveTags.START_LSN,
            ArchiveTags.STOP_LSN,
            ArchiveTags.FIRST_COMMIT,
            ArchiveTags.LAST_COMMIT,
            ArchiveTags.SHA256,
            ArchiveTags.TAR_BYTES,
            ArchiveTags.SEALED);

    private static final int ALL_DAYS = 10_000;

    private final Catalog catalog;
    private final ObjectStore store;
    private final BackupJob job;
    private final BackupSchedule schedule;
    private final Sweep sweep;
    private final WalPart walPart;
    private final Journal journal;
    private final Settings settings;
    private final String storeDescription;
    private final Clock clock;
    private final LocalTimes times;
    private final Template template;

    /** A page about these. */
    public ListPage(
            Catalog catalog,
            ObjectStore store,
            BackupJob job,
            BackupSchedule schedule,
            Sweep sweep,
            WalPart walPart,
            Journal journal,
            Settings settings,
            String storeDescription,
            Clock clock) {
        this.catalog = catalog;
        this.store = store;
        this.job = job;
        this.schedule = schedule;
        this.sweep = sweep;
        this.walPart = walPart;
        this.journal = journal;
        this.settings = settings;
        this.storeDescription = storeDescription;
        this.clock = clock;
        this.times = new LocalTimes(settings.zone());
        this.template = Templates.load("list");
    }

    /** The page that was asked for; with a status of its own when it is not understood or the store does not answer, and still a page. */
    public Answer answer(Request request) {
        request.allowOnly(Set.of("query", "limit", "orderby", "dir", "page", "instant"));
        PageRequest page = PageRequest.of(request);
        Optional<String> instant = request.parameter("instant").filter(text -> !text.isBlank());
        WalCard.Folder waiting = walPart.look();
        Optional<Problem> storeProblem = Optional.empty();
        Listing listing;
        try {
            listing = catalog.refresh();
        } catch (Problem e) {
            storeProblem = Optional.of(e);
            listing = catalog.latest();
        }
        journal.refresh();
        Optional<WalPart.Shown> wal = walPart.show(waiting, listing, instant, clock.instant());
        if (wal.isEmpty() && instant.isPresent() && storeProblem.isEmpty()) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "there is no base backup, so there is no instant to restore to",
                    "dumps are restored as they are: see the list");
        }
        Optional<QueryException> queryProblem = Optional.empty();
        List<CatalogEntry> chosen;
        try {
            chosen = chosen(page, listing);
        } catch (QueryException e) {
            queryProblem = Optional.of(e);
            chosen = List.of();
        }
        boolean wrong =
                queryProblem.isPresent() || wal.filter(WalPart.Shown::isWrong).isPresent();
        int status = storeProblem.isPresent() ? 503 : wrong ? 400 : 200;
        return Answer.html(
                status,
                template.execute(view(request.caller(), page, listing, chosen, wal, storeProblem, queryProblem)));
    }

    /** What fits the query; without one, what is a backup, or of no kind that belongs to one. */
    private static List<CatalogEntry> chosen(PageRequest page, Listing listing) {
        if (page.query().isBlank()) {
            return page.sorted(listing.entries().stream()
                    .filter(entry -> BackupKind.of(entry.name())
                            .filter(kind -> !kind.isBackup())
                            .isEmpty())
                    .toList());
        }
        TagQuery query = TagQuery.parse(page.query());
        return page.sorted(new Selection(query, Optional.empty(), Optional.empty()).of(listing.entries()));
    }

    private View view(
            Caller caller,
            PageRequest page,
            Listing listing,
            List<CatalogEntry> chosen,
            Optional<WalPart.Shown> wal,
            Optional<Problem> storeProblem,
            Optional<QueryException> queryProblem) {
        Instant now = clock.instant();
        ZoneId zone = settings.zone();
        List<CatalogEntry> backups = listing.entries().stream()
                .filter(entry ->
                        BackupKind.of(entry.name()).filter(BackupKind::isBackup).isPresent())
                .toList();
        Calendar calendar = Calendar.of(backups, now.atZone(zone).toLocalDate(), zone, keptDays(), this::isDue);
        Optional<Instant> newest = backups.stream().map(CatalogEntry::time).max(Comparator.naturalOrder());
        Optional<Instant> next = settings.readOnly() ? Optional.empty() : schedule.next();
        State state = state(now);
        int from = Math.min(page.number() - 1, Math.max(0, (chosen.size() - 1) / ROWS)) * ROWS;
        int to = Math.min(chosen.size(), from + ROWS);
        if (from < to && storeProblem.isEmpty()) {
            Audit.links(
                    caller,
                    to - from,
                    chosen.get(from).name(),
                    chosen.get(to - 1).name());
        }
        VerifiedMarks verified = VerifiedMarks.of(journal, listing, now, times);
        Map<String, String> kept = sweep.decide(listing).stream()
                .collect(Collectors.toMap(decision -> decision.backup().name(), ListPage::kept));
        return new View(
                settings.objects().heritage(),
                storeDescription,
                "mgnlbackup " + Version.current(),
                !settings.readOnly(),
                caller.may(Role.WRITE),
                settings.http().isExposed(),
                job.running().isPresent(),
                View.orNull(storeProblem.map(Problems::text)),
                listing.unreadable().isEmpty() ? null : unreadable(listing.unreadable()),
                View.orNull(verified.notice()),
                backups.size() == 1 ? "1 backup" : backups.size() + " backups",
                ByteSize.format(listing.bytes()) + (wal.isPresent() ? " with their WAL" : ""),
                newest.map(time -> Age.of(time, now)).orElse("none yet"),
                newest.map(times::of).orElse(""),
                next.map(time -> Age.of(time, now)).orElse("never"),
                settings.readOnly() ? "read-only" : settings.dump().cron(),
                state.kind(),
                state.headline(),
                state.detail(),
                state.output(),
                calendar.days(),
                calendar.months(),
                calendar.width(),
                calendar.summary(),
                View.orNull(wal),
                page.query(),
                View.orNull(queryProblem.map(Problems::text)),
                !page.query().isBlank(),
                page.isOrdered(),
                page.orderBy(),
                page.dir(),
                columns(page, verified.isShown()),
                verified.isShown(),
                chosen.subList(from, to).stream()
                        .map(entry -> row(entry, page, now, kept, verified, storeProblem.isEmpty()))
                        .toList(),
                queryProblem.isPresent()
                        ? "Nothing to show until the query can be read."
                        : page.query().isBlank() ? "No backup yet." : "No backup fits the query.",
                chosen.size() > ROWS,
                from == 0 ? null : page.withNumber(from / ROWS).link(),
                to == chosen.size() ? null : page.withNumber(from / ROWS + 2).link(),
                "%d–%d of %d".formatted(chosen.isEmpty() ? 0 : from + 1, to, chosen.size()));
    }

    private boolean isDue(LocalDate day) {
        ZoneId zone = settings.zone();
        return schedule.fires(
                day.atStartOfDay(zone).toInstant(),
                day.plusDays(1).atStartOfDay(zone).toInstant());
    }

    private int keptDays() {
        Settings.Cycle cycle = settings.cycle();
        boolean everything = cycle.daily() + cycle.weekly() + cycle.monthly() == 0;
        return everything ? ALL_DAYS : cycle.daily();
    }

    private static String unreadable(List<String> names) {
        return "%d objects could not be read and are missing below, the first is %s"
                .formatted(names.size(), names.get(0));
    }

    private static String kept(Decision decision) {
        return decision.kept() ? decision.reason() : "goes with the next backup";
    }

    private View.Row row(
            CatalogEntry entry,
            PageRequest page,
            Instant now,
            Map<String, String> kept,
            VerifiedMarks verified,
            boolean withLink) {
        List<View.Mark> marks = new ArrayList<>();
        for (String interval : List.of("monthly", "weekly", "daily")) {
            if (entry.is(interval)) {
                marks.add(new View.Mark(
                        interval, page.filteredBy(interval, "true").link()));
            }
        }
        List<View.Chip> chips = entry.tags().values().entrySet().stream()
                .filter(tag -> !INTERVALS.contains(tag.getKey()) && !NOT_SHOWN.contains(tag.getKey()))
                .filter(tag -> settings.ignoreHeritage() || !tag.getKey().equals(Catalog.HERITAGE))
                .map(tag -> new View.Chip(
                        tag.getKey() + "=" + tag.getValue(),
                        page.filteredBy(tag.getKey(), tag.getValue()).link()))
                .toList();
        return new View.Row(
                entry.name(),
                DateTimeFormatter.ISO_INSTANT.format(entry.time()),
                times.of(entry.time()),
                Age.of(entry.time(), now),
                ByteSize.format(entry.object().size()),
                entry.object().size(),
                marks,
                chips,
                kept.getOrDefault(entry.name(), ""),
                verified.of(entry),
                withLink ? download(entry) : null);
    }

    private @Nullable String download(CatalogEntry entry) {
        try {
            return store.link(new LinkRequest(entry.object().key(), io.mgnlbackup.http.ListEndpoint.LINK_LIFETIME))
                    .toString();
        } catch (Problem e) {
            return null;
        }
    }

    private static List<View.Column> columns(PageRequest page, boolean verified) {
        List<View.Column> columns = new ArrayList<>(List.of(
                column("Name", false, "name", page),
                column("Taken", false, Catalog.ULID, page),
                column("Size", true, "size", page)));
        List<String> others = verified
                ? List.of("Tags", "Verified", "Kept because", "Download")
                : List.of("Tags", "Kept because", "Download");
        others.forEach(title -> columns.add(new View.Column(title, false, null, null)));
        return columns;
    }

    private static View.Column column(String title, boolean numeric, String key, PageRequest page) {
        boolean current = page.key().equals(key);
        String sort = current ? (page.ordering().descending() ? "descending" : "ascending") : null;
        return new View.Column(title, numeric, page.sortedBy(key).link(), sort);
    }

    private State state(Instant now) {
        return job.running()
                .map(run -> new State(
                        "running",
                        "Running: " + ByteSize.format(run.dumpedBytes()),
                        "started " + Age.of(run.startedAt(), now),
                        null))
                .orElseGet(() -> job.last()
                        .map(outcome -> ended(outcome, now))
                        .orElse(new State("idle", "None since the start", "", null)));
    }

    private static State ended(BackupOutcome outcome, Instant now) {
        String when = Age.of(outcome.startedAt().plus(outcome.duration()), now);
        return outcome.error()
                .map(problem -> new State(
                        "failed", "Failed", when + ": " + Problems.text(problem), View.orNull(problem.detail())))
                .orElseGet(() -> new State(
                        "succeeded",
                        "Succeeded",
                        "%s: %s in %.1f s"
                                .formatted(
                                        when,
                                        ByteSize.format(outcome.size()),
                                        outcome.duration().toMillis() / 1000.0),
                        null));
    }

    /** What runs or ran last. */
    private record State(
            String kind,
            String headline,
            String detail,
            @Nullable String output) {}
}
