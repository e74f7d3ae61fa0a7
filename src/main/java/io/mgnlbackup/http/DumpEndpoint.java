package io.mgnlbackup.http;

import io.mgnlbackup.access.Audit;
import io.mgnlbackup.access.Caller;
import io.mgnlbackup.dump.BackupOutcome;
import io.mgnlbackup.dump.BackupRun;
import io.mgnlbackup.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Answers {@code /dump}. */
public final class DumpEndpoint {

    private final boolean readOnly;

    /** In read-only mode every request is refused. */
    public DumpEndpoint(boolean readOnly) {
        this.readOnly = readOnly;
    }

    /** Whether the client waits for the end of the backup; throws when it asks for what is not allowed. */
    public boolean sync(Request request) {
        request.allowOnly(Set.of("sync"));
        boolean sync = request.flag("sync");
        if (readOnly) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "the sidecar is in read-only mode and takes no backups",
                    "start it without MGNLBACKUP_READONLY / --readonly");
        }
        return sync;
    }

    /** Notes who starts the backup. */
    public BackupRun reserved(BackupRun run, Caller caller) {
        Audit.did(caller, "starts the backup", run.key().value());
        return run;
    }

    /** A backup has started and goes on by itself. */
    public Answer started(BackupRun run, boolean browser) {
        if (browser) {
            return Answer.seeOther("/list");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", "started");
        body.put("id", run.id());
        body.put("name", run.key().value());
        return Answer.json(202, Json.text(body));
    }

    /** A backup is done; one that failed is thrown. */
    public Answer done(BackupOutcome outcome) {
        outcome.orThrow();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", outcome.name());
        body.put("size", outcome.size());
        return Answer.json(200, Json.text(body));
    }
}
