package io.mgnlbackup.http;

import io.mgnlbackup.access.Role;
import io.mgnlbackup.metrics.Health;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers {@code /health/live} and {@code /health/ready}. */
public final class HealthEndpoint {

    private final Health health;

    /** Tells what the checks say. */
    public HealthEndpoint(Health health) {
        this.health = health;
    }

    /** The process answers, that is all that a restart could repair. */
    public Answer live(Request request) {
        return Answer.json(200, Json.text(Map.of("status", "up")));
    }

    /** Whether backups can be taken and listed now. */
    public Answer ready(Request request) {
        Health.Report report = health.report();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", report.up() ? "up" : "down");
        // Nobody in particular learns which host or folder it is that does not answer.
        body.put("checks", request.caller().may(Role.READ) ? report.checks() : report.withoutErrors());
        return Answer.json(report.up() ? 200 : 503, Json.text(body));
    }
}
