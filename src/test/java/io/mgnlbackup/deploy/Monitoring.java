package io.mgnlbackup.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The alerts and the dashboard that are deployed. */
final class Monitoring {

    private Monitoring() {}

    /** What Prometheus reads, without the wrapping of the operator. */
    static JsonNode rules() {
        return Yaml.read(Path.of("deploy/kubernetes/components/monitoring/prometheusrule.yaml"))
                .path("spec");
    }

    /** The alerts. */
    static List<JsonNode> alerts() {
        List<JsonNode> alerts = new ArrayList<>();
        rules().path("groups").forEach(group -> group.path("rules").forEach(alerts::add));
        return alerts;
    }

    /** The dashboard. */
    static JsonNode dashboard() {
        try {
            return new ObjectMapper()
                    .readTree(Path.of("deploy/grafana/mgnlbackup.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The expressions of its panels, as Grafana sends them. */
    static List<String> dashboardExpressions() {
        List<String> expressions = new ArrayList<>();
        dashboard()
                .path("panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> expressions.add(target.path("expr")
                                .asText()
                                .replace("$__rate_interval", "2m")
                                .replace("$namespace", ".*")
                                .replace("$job", ".*"))));
        return expressions;
    }

    /** Every metric that an alert or a panel asks for. */
    static Set<String> metrics() {
        Set<String> names = new TreeSet<>();
        alerts().forEach(alert -> names.addAll(PromQl.metrics(alert.path("expr").asText())));
        dashboardExpressions().forEach(expression -> names.addAll(PromQl.metrics(expression)));
        dashboard()
                .at("/templating/list")
                .forEach(variable -> names.addAll(
                        PromQl.metrics(variable.at("/query/query").asText().replace("label_values(", " "))));
        return names;
    }
}
