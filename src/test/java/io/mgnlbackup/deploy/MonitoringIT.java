package io.mgnlbackup.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts and dashboard ask for what the sidecar answers, and the alerts fire when they should. */
class MonitoringIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of kube-state-metrics, which watches readiness probes. */
    private static final String READINESS = "kube_pod_container_status_ready";

    private static final Pattern OURS = Pattern.compile("\\bmgnlbackup_\\w+");

    @TempDir
    private Path folder;

    @Test
    void alertsFireWhenTheyShouldAndNotOtherwise() throws IOException {
        Path rules = write(Monitoring.rules());
        Tool.of("promtool", "check", "rules", rules.toString()).run();
        Path tests =
                Files.copy(Path.of("src/test/resources/deploy/alerts.test.yml"), folder.resolve("alerts.test.yml"));
        assertThat(Tool.of("promtool", "test", "rules", tests.toString()).run()).contains("SUCCESS");
    }

    @Test
    void theDashboardAsksInTheLanguageOfPrometheus() throws IOException {
        ObjectNode rules = JSON.createObjectNode();
        ArrayNode list =
                rules.putArray("groups").addObject().put("name", "panels").putArray("rules");
        List<String> expressions = Monitoring.dashboardExpressions();
        for (int i = 0; i < expressions.size(); i++) {
            list.addObject().put("record", "panel:" + i).put("expr", expressions.get(i));
        }
        assertThat(Tool.of("promtool", "check", "rules", write(rules).toString())
                        .run())
                .contains(expressions.size() + " rules found");
    }

    @Test
    void everyMetricThatIsAskedForOrExplainedIsThere() throws IOException {
        Files.createDirectory(folder.resolve("wal"));
        Map<String, String> settings = new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), "exit 1"));
        settings.put("VERIFY_CRON", "@daily");
        settings.put("USE_PG_WAL", "true");
        settings.put("SYNC_DIR", folder.resolve("wal").toString());
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            Set<String> exposed = sidecar.get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.replaceAll("[{ ].*", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            exposed.add("mgnlbackup_tls_certificate_expiry_timestamp_seconds"); // with TLS: PortTlsIT
            Set<String> asked = Monitoring.metrics();
            assertThat(asked).contains(READINESS, "mgnlbackup_running", "mgnlbackup_wal_gaps");
            asked.remove(READINESS);
            assertThat(exposed).containsAll(asked);
            assertThat(ours(Yaml.text(Path.of("docs/monitoring.md"))))
                    .as("in docs/monitoring.md")
                    .containsAll(ours(String.join("\n", exposed)))
                    .isSubsetOf(exposed);
        }
    }

    private static Set<String> ours(String text) {
        return OURS.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private Path write(JsonNode rules) throws IOException {
        return Files.writeString(folder.resolve("mgnlbackup.rules.yml"), rules.toString());
    }
}
