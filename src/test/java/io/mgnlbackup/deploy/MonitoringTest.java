package io.mgnlbackup.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard are whole, and the page about them tells of each. */
class MonitoringTest {

    private static final Pattern ALERT = Pattern.compile("\\bMgnlbackup[A-Z]\\w+");

    private static Set<String> alertsIn(String text) {
        return ALERT.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyAlertIsExplainedAndNoOther() {
        List<String> alerts = Monitoring.alerts().stream()
                .map(alert -> alert.path("alert").asText())
                .toList();
        assertThat(alerts).doesNotHaveDuplicates();
        assertThat(alertsIn(Yaml.text(Path.of("docs/monitoring.md")))).containsExactlyInAnyOrderElementsOf(alerts);
        assertThat(alertsIn(Yaml.text(Path.of("src/test/resources/deploy/alerts.test.yml"))))
                .as("have a test")
                .containsExactlyInAnyOrderElementsOf(alerts);
    }

    @Test
    void everyAlertSaysWhatToDo() {
        assertThat(Monitoring.alerts()).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(alert.path("for").asText()).isNotEmpty();
            assertThat(alert.at("/annotations/summary").asText()).isNotEmpty();
            assertThat(alert.at("/annotations/description").asText()).endsWith(".");
        });
    }

    @Test
    void panelsHaveExpressionsAndLieBesideEachOther() {
        Set<String> cells = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : Monitoring.dashboard().path("panels")) {
            assertThat(ids.add(panel.path("id").asInt())).as("another id").isTrue();
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.path("targets")).isNotEmpty();
            JsonNode at = panel.path("gridPos");
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = at.path("x").asInt();
                    x < at.path("x").asInt() + at.path("w").asInt();
                    x++) {
                for (int y = at.path("y").asInt();
                        y < at.path("y").asInt() + at.path("h").asInt();
                        y++) {
                    assertThat(cells.add(x + "," + y))
                            .as(panel.path("title").asText() + " lies on another")
                            .isTrue();
                }
            }
        }
        assertThat(Monitoring.dashboardExpressions()).hasSizeGreaterThan(10).noneMatch(text -> text.contains("$"));
    }

    @Test
    void namesOfMetricsAreFoundInExpressions() {
        assertThat(PromQl.metrics(
                        "clamp_min(a_b{x_y=~\"c_d\"} - e_f[5m], 0) and group by (g_h) (min_over_time(i_j[1h]))"))
                .containsExactly("a_b", "e_f", "i_j");
    }
}
