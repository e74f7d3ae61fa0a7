package io.mgnlbackup.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mgnlbackup.config.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests fit the types of Kubernetes, each other, and the program. */
class KubernetesTest {

    private static final Path DEPLOY = Path.of("deploy");
    private static final Path POSTGRESQL = DEPLOY.resolve("kubernetes/postgresql");
    private static final Path RESTORE = DEPLOY.resolve("kubernetes/postgresql-restore");

    @TempDir
    private Path archive;

    static List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            return files.filter(file -> file.endsWith("kustomization.yaml"))
                    .filter(file -> Yaml.read(file).path("kind").asText().equals("Kustomization"))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void noFileIsForgotten() throws IOException {
        Set<Path> used = new HashSet<>();
        folders().forEach(folder -> used.addAll(Kustomization.build(folder).files()));
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactlyInAnyOrderElementsOf(used);
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyObjectIsAsItsTypeSays(Path folder) {
        assertThat(Kustomization.build(folder).objects())
                .isNotEmpty()
                .allSatisfy(object -> assertThat(KubernetesTypes.fault(object))
                        .as(object.toString())
                        .isEmpty());
    }

    @Test
    void theTypesFindFaults() throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode service = (ObjectNode)
                json.readTree("{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"spec\":{\"ports\":[{\"port\":1}]}}");
        assertThat(KubernetesTypes.fault(service)).isEmpty();
        ((ObjectNode) service.at("/spec/ports/0")).put("targetport", 1);
        assertThat(KubernetesTypes.fault(service))
                .hasValueSatisfying(fault -> assertThat(fault).contains("targetport"));
        JsonNode map = json.readTree("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"data\":{\"a\":true}}");
        assertThat(KubernetesTypes.fault(map)).as("true is no text").isPresent();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void servicesMonitorsAndPoliciesFindThePod(Path folder) {
        Kustomization cluster = Kustomization.build(folder);
        Pod pod = pod(cluster);
        JsonNode set = cluster.ofKind("StatefulSet").get(0);
        assertThat(pod.labels()).containsAll(Pod.pairs(set.at("/spec/selector/matchLabels")));
        cluster.named("Service", set.at("/spec/serviceName").asText());
        for (JsonNode service : cluster.ofKind("Service")) {
            assertThat(pod.labels()).containsAll(Pod.pairs(service.at("/spec/selector")));
            assertThat(pod.ports()).containsAll(texts(service.at("/spec/ports"), "targetPort"));
            assertThat(service.at("/spec/publishNotReadyAddresses").asBoolean())
                    .as("a store that is down takes no database away")
                    .isTrue();
        }
        for (JsonNode policy : cluster.ofKind("NetworkPolicy")) {
            assertThat(pod.labels()).containsAll(Pod.pairs(policy.at("/spec/podSelector/matchLabels")));
            policy.at("/spec/ingress")
                    .forEach(rule -> assertThat(pod.ports()).containsAll(texts(rule.path("ports"), "port")));
        }
        for (JsonNode monitor : cluster.ofKind("ServiceMonitor")) {
            Set<String> wanted = Pod.pairs(monitor.at("/spec/selector/matchLabels"));
            List<JsonNode> found = cluster.ofKind("Service").stream()
                    .filter(service -> Pod.pairs(service.at("/metadata/labels")).containsAll(wanted))
                    .toList();
            assertThat(found).hasSize(1);
            assertThat(texts(found.get(0).at("/spec/ports"), "name"))
                    .containsAll(texts(monitor.at("/spec/endpoints"), "port"));
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void onlyNeighboursAndMonitoringReachTheSidecar(Path folder) {
        Kustomization cluster = Kustomization.build(folder);
        JsonNode policy = cluster.ofKind("NetworkPolicy").get(0);
        for (JsonNode rule : policy.at("/spec/ingress")) {
            assertThat(rule.path("from")).as("no rule is open to all").isNotEmpty();
            for (JsonNode from : rule.path("from")) {
                assertThat(from.has("podSelector")
                                || from.at("/namespaceSelector/matchLabels/kubernetes.io~1metadata.name")
                                        .asText()
                                        .equals("monitoring"))
                        .as(from.toString())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void volumesAndProbesAreThere(Path folder) {
        Pod pod = pod(Kustomization.build(folder));
        Set<String> mounted = new HashSet<>();
        pod.containers().forEach((name, container) -> {
            assertThat(pod.volumes()).as(name).containsAll(Pod.mounts(container).values());
            mounted.addAll(Pod.mounts(container).values());
            for (JsonNode mount : container.path("volumeMounts")) {
                JsonNode map = pod.configMaps().get(mount.path("name").asText());
                if (map != null && mount.has("subPath")) {
                    assertThat(map.path("data").has(mount.path("subPath").asText()))
                            .as(mount.toString())
                            .isTrue();
                }
            }
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                JsonNode port = container.at("/" + probe + "/httpGet/port");
                assertThat(port.isMissingNode()
                                || texts(container.path("ports"), "name").contains(port.asText()))
                        .as(name + " " + probe)
                        .isTrue();
            }
        });
        assertThat(mounted).containsAll(pod.volumes());
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyContainerIsLockedDown(Path folder) {
        Pod pod = pod(Kustomization.build(folder));
        JsonNode context = pod.spec().path("securityContext");
        assertThat(context.path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(context.path("runAsUser").asInt()).isPositive();
        assertThat(context.path("fsGroup").asInt()).isPositive();
        assertThat(context.path("fsGroupChangePolicy").asText()).isEqualTo("OnRootMismatch");
        assertThat(context.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.spec().path("automountServiceAccountToken").asBoolean(true))
                .isFalse();
        pod.containers().forEach((name, container) -> {
            JsonNode own = container.path("securityContext");
            assertThat(own.path("readOnlyRootFilesystem").asBoolean()).as(name).isTrue();
            assertThat(own.path("allowPrivilegeEscalation").asBoolean(true))
                    .as(name)
                    .isFalse();
            assertThat(own.at("/capabilities/drop/0").asText()).as(name).isEqualTo("ALL");
            assertThat(Pod.mounts(container)).as(name).containsKey("/tmp");
            assertThat(container.at("/resources/limits/memory").asText())
                    .as(name)
                    .isNotEmpty();
            assertThat(container.at("/resources/requests/memory").asText())
                    .as(name)
                    .isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("folders")
    void theProgramTakesItsSettings(Path folder) {
        Pod pod = pod(Kustomization.build(folder));
        JsonNode sidecar = sidecar(pod);
        Map<String, String> environment = pod.environment(sidecar);
        DeployedSettings.ofSidecar(environment, archive);
        assertThat(sidecar.path("args")).extracting(JsonNode::asText).containsExactly("server");
        assertThat(sidecar.path("image").asText()).endsWith(":" + Version.current());
        String heritage = environment.get("MGNLBACKUP_HERITAGE");
        assertThat(heritage)
                .as("else the next version finds none of its backups")
                .isNotEmpty();
        pod.containers()
                .forEach((name, container) -> assertThat(pod.environment(container))
                        .as(name)
                        .allSatisfy((variable, value) -> assertThat(value).isNotEmpty()));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void itsProbesAreThoseThatTheProgramAnswers(Path folder) {
        JsonNode sidecar = sidecar(pod(Kustomization.build(folder)));
        assertThat(sidecar.at("/startupProbe/httpGet/path").asText()).isEqualTo("/health/live");
        assertThat(sidecar.at("/livenessProbe/httpGet/path").asText())
                .as("never /health/ready: a store that is down restarts nobody")
                .isEqualTo("/health/live");
        assertThat(sidecar.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
        assertThat(sidecar.at("/ports/0/containerPort").asInt()).isEqualTo(9999);
    }

    @Test
    void bothSidesOfTheArchiveFolderMeanTheSame() {
        Pod pod = pod(Kustomization.build(POSTGRESQL));
        JsonNode database = pod.container("postgresql");
        Map<String, String> environment = pod.environment(sidecar(pod));
        String folder = environment.get("MGNLBACKUP_SYNC_DIR");
        assertThat(Pod.mounts(database)).containsEntry(folder, "archive");
        assertThat(Pod.mounts(sidecar(pod))).containsEntry(folder, "archive");
        assertThat(database.path("args"))
                .extracting(JsonNode::asText)
                .contains("archive_mode=on", "archive_command=/scripts/archive-wal \"%p\" \"%f\" " + folder);
        assertThat(Pod.mounts(database)).containsEntry("/scripts", "scripts");
        assertThat(pod.configMaps())
                .hasEntrySatisfying(
                        "scripts",
                        map -> assertThat(map.path("data").has("archive-wal")).isTrue());
        assertThat(environment)
                .containsEntry("PGPASSWORD", pod.environment(database).get("BACKUP_PASSWORD"));
    }

    @Test
    void bootRestoresIntoTheDataDirectoryOfTheServer() {
        Pod pod = pod(Kustomization.build(RESTORE));
        assertThat(pod.containers().keySet()).first().isEqualTo("boot");
        JsonNode boot = pod.container("boot");
        JsonNode database = pod.container("postgresql");
        String data = pod.environment(database).getOrDefault("PGDATA", "");
        Map<String, String> environment = pod.environment(boot);
        assertThat(DeployedSettings.pgdataOfBoot(environment)).isEqualTo(Path.of(data));
        String volume = String.valueOf(Path.of(data).getParent());
        assertThat(Pod.mounts(boot)).containsEntry(volume, "data");
        assertThat(Pod.mounts(database)).containsEntry(volume, "data");
        assertThat(boot.path("image")).isEqualTo(sidecar(pod).path("image"));
        assertThat(boot.path("args")).extracting(JsonNode::asText).containsExactly("boot");
    }

    @Test
    void copiesAreTheScriptsThatAreTested() {
        assertThat(POSTGRESQL.resolve("archive-wal")).hasSameTextualContentAs(Path.of("script/archive-wal"));
        assertThat(POSTGRESQL.resolve("replication.sh"))
                .hasSameTextualContentAs(Path.of("script/compose-replication.sh"));
    }

    private static Pod pod(Kustomization cluster) {
        assertThat(cluster.ofKind("StatefulSet")).hasSize(1);
        return new Pod(cluster, cluster.ofKind("StatefulSet").get(0));
    }

    private static JsonNode sidecar(Pod pod) {
        return pod.container("mgnlbackup");
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.path(field).asText())
                .toList();
    }
}
