package io.mgnlbackup.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The pod of a StatefulSet, among the objects that it refers to. */
final class Pod {

    private final Kustomization cluster;
    private final JsonNode set;
    private final JsonNode spec;

    Pod(Kustomization cluster, JsonNode set) {
        this.cluster = cluster;
        this.set = set;
        this.spec = set.at("/spec/template/spec");
    }

    /** Containers by name, those that run first first. */
    Map<String, JsonNode> containers() {
        Map<String, JsonNode> containers = new LinkedHashMap<>();
        spec.path("initContainers")
                .forEach(one -> containers.put(one.path("name").asText(), one));
        spec.path("containers").forEach(one -> containers.put(one.path("name").asText(), one));
        return containers;
    }

    /** The container of a name; none fails. */
    JsonNode container(String name) {
        JsonNode container = containers().get(name);
        if (container == null) {
            throw new AssertionError("there is no container '" + name + "'");
        }
        return container;
    }

    JsonNode spec() {
        return spec;
    }

    /** The labels of the pod, each as {@code name=value}. */
    Set<String> labels() {
        return pairs(set.at("/spec/template/metadata/labels"));
    }

    static Set<String> pairs(JsonNode labels) {
        Set<String> pairs = new HashSet<>();
        labels.properties()
                .forEach(label ->
                        pairs.add(label.getKey() + "=" + label.getValue().asText()));
        return pairs;
    }

    /** Names of the ports of all containers. */
    Set<String> ports() {
        Set<String> names = new HashSet<>();
        containers()
                .values()
                .forEach(container -> container
                        .path("ports")
                        .forEach(port -> names.add(port.path("name").asText())));
        return names;
    }

    /** The environment of a container, with the values of the config maps and secrets that it names, which have to be there. */
    Map<String, String> environment(JsonNode container) {
        Map<String, String> environment = new TreeMap<>();
        container
                .path("envFrom")
                .forEach(from -> cluster.named(
                                "ConfigMap", from.at("/configMapRef/name").asText())
                        .path("data")
                        .properties()
                        .forEach(entry ->
                                environment.put(entry.getKey(), entry.getValue().asText())));
        container
                .path("env")
                .forEach(variable -> environment.put(variable.path("name").asText(), value(variable)));
        return environment;
    }

    private String value(JsonNode variable) {
        JsonNode reference = variable.at("/valueFrom/secretKeyRef");
        if (reference.isMissingNode()) {
            return variable.path("value").asText();
        }
        JsonNode data = cluster.named("Secret", reference.path("name").asText()).path("stringData");
        assertThat(data.has(reference.path("key").asText()))
                .as("the key of " + variable)
                .isTrue();
        return data.path(reference.path("key").asText()).asText();
    }

    /** Where a container sees volumes: path to the name of the volume. */
    static Map<String, String> mounts(JsonNode container) {
        Map<String, String> mounts = new HashMap<>();
        for (JsonNode mount : container.path("volumeMounts")) {
            String before = mounts.put(
                    mount.path("mountPath").asText(), mount.path("name").asText());
            assertThat(before).as("two volumes at " + mount).isNull();
        }
        return mounts;
    }

    /** Names of the volumes there are. */
    Set<String> volumes() {
        Set<String> names = new HashSet<>();
        spec.path("volumes").forEach(volume -> names.add(volume.path("name").asText()));
        set.at("/spec/volumeClaimTemplates").forEach(claim -> names.add(Kustomization.name(claim)));
        return names;
    }

    /** Config maps that are volumes, by the names of these. */
    Map<String, JsonNode> configMaps() {
        Map<String, JsonNode> maps = new HashMap<>();
        spec.path("volumes").forEach(volume -> {
            if (volume.has("configMap")) {
                String name = volume.at("/configMap/name").asText();
                maps.put(volume.path("name").asText(), cluster.named("ConfigMap", name));
            }
        });
        return maps;
    }
}
