package io.mgnlbackup.cli;

import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.query.Selection;
import io.mgnlbackup.retention.Candidate;
import io.mgnlbackup.retention.Decision;
import io.mgnlbackup.verify.Report;
import io.mgnlbackup.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes down what it was asked, and answers what the test wants. */
final class RecordingSidecar implements Sidecar {

    final List<String> calls = new ArrayList<>();
    Optional<Settings> settings = Optional.empty();
    Optional<RuntimeException> failure = Optional.empty();

    @Override
    public int serve(Settings given, SecretMask mask) {
        record("serve", given);
        return 0;
    }

    @Override
    public BackupDone dump(Settings given, SecretMask mask, ProgressListener listener) {
        record("dump", given);
        listener.reached(1024);
        return new BackupDone("shop-2026-01-01-000000.sql.gz", 1_572_864);
    }

    @Override
    public List<ListEntry> list(Settings given, SecretMask mask, Selection selection) {
        int limit = selection.limit().orElseThrow();
        record("list " + limit, given);
        return List.of(
                        entry("shop-2026-01-02-030000.sql.gz", 2048, true, Map.of("daily", "true", "tier", "app")),
                        entry("shop-2026-01-01-030000.sql.gz", 1_572_864, false, Map.of()))
                .stream()
                .limit(limit)
                .toList();
    }

    @Override
    public List<Decision> retention(Settings given, SecretMask mask, boolean dryRun) {
        record(dryRun ? "plan" : "sweep", given);
        Instant day = Instant.parse("2026-01-02T03:00:00Z");
        return List.of(
                new Decision(new Candidate("shop-2026-01-02-030000.sql.gz", day), true, "the newest"),
                new Decision(
                        new Candidate("shop-2025-01-02-030000.sql.gz", day.minusSeconds(31_536_000)),
                        false,
                        "too old"));
    }

    @Override
    public Report verify(Settings given, SecretMask mask, Selection selection, int jobs, ProgressListener listener) {
        record("verify " + jobs, given);
        listener.reached(10);
        return new Report(
                Instant.parse("2026-01-02T03:00:00Z"),
                Duration.ofSeconds(2),
                List.of(
                        new Verdict("shop-2026-01-02-030000.sql.gz", Verdict.State.GOOD, "", 2048),
                        new Verdict(
                                "shop-2026-01-01-030000.sql.gz", Verdict.State.DAMAGED, "its checksum is wrong", 7)),
                Optional.empty());
    }

    private void record(String call, Settings given) {
        calls.add(call);
        settings = Optional.of(given);
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static ListEntry entry(String name, long size, boolean daily, Map<String, String> tags) {
        return new ListEntry(
                "http://minio:9000/backups/" + name + "?X-Amz-Signature=abc",
                name,
                Instant.parse("2026-01-02T03:00:01.5Z"),
                size,
                daily,
                false,
                false,
                tags);
    }
}
