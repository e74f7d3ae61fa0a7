package io.mgnlbackup.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What kustomize makes of a folder, as far as our files use it: resources, components, generators, images, and strategic merge patches of lists
 * whose items have names. A field that is not known here fails, as does a name that leads nowhere. Names get no hash at their end.
 */
final class Kustomization {

    private static final Set<String> FIELDS = Set.of(
            "apiVersion",
            "kind",
            "resources",
            "components",
            "configMapGenerator",
            "secretGenerator",
            "patches",
            "images");

    private final List<JsonNode> objects = new ArrayList<>();
    private final Set<Path> files = new HashSet<>();

    private Kustomization() {}

    /** Builds what is in a folder. */
    static Kustomization build(Path folder) {
        Kustomization built = new Kustomization();
        built.add(folder.normalize(), "Kustomization");
        return built;
    }

    /** The objects that a cluster would get. */
    List<JsonNode> objects() {
        return List.copyOf(objects);
    }

    /** Those of a kind. */
    List<JsonNode> ofKind(String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    /** The one of a kind and name; none fails. */
    JsonNode named(String kind, String name) {
        return ofKind(kind).stream()
                .filter(object -> name(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " '" + name + "'"));
    }

    /** Every file that was read. */
    Set<Path> files() {
        return Set.copyOf(files);
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    private void add(Path folder, String kind) {
        Path file = in(folder, "kustomization.yaml");
        JsonNode kustomization = Yaml.read(file);
        assertThat(kustomization.path("kind").asText()).as(file.toString()).isEqualTo(kind);
        assertThat(FIELDS).as("fields that are known, of " + file).containsAll((Iterable<String>)
                kustomization::fieldNames);
        kustomization.path("resources").forEach(resource -> resource(folder, resource.asText()));
        kustomization
                .path("components")
                .forEach(component -> add(folder.resolve(component.asText()).normalize(), "Component"));
        kustomization.path("configMapGenerator").forEach(generator -> generate(folder, "ConfigMap", generator));
        kustomization.path("secretGenerator").forEach(generator -> generate(folder, "Secret", generator));
        kustomization
                .path("patches")
                .forEach(patch -> patch(Yaml.read(in(folder, patch.path("path").asText()))));
        kustomization.path("images").forEach(this::image);
    }

    private void resource(Path folder, String name) {
        Path resource = folder.resolve(name).normalize();
        if (Files.isDirectory(resource)) {
            add(resource, "Kustomization");
        } else {
            Yaml.readAll(in(folder, name)).forEach(this::object);
        }
    }

    private void object(JsonNode object) {
        assertThat(objects)
                .as("two of a kind and name")
                .noneMatch(other -> other.path("kind").equals(object.path("kind"))
                        && name(other).equals(name(object)));
        objects.add(object);
    }

    /** Files below the folder alone: that is all that kustomize reads. */
    private Path in(Path folder, String name) {
        Path file = folder.resolve(name).normalize();
        assertThat(file).startsWith(folder).isRegularFile();
        files.add(file);
        return file;
    }

    private void generate(Path folder, String kind, JsonNode generator) {
        ObjectNode object = new ObjectMapper().createObjectNode();
        object.put("apiVersion", "v1").put("kind", kind);
        ObjectNode metadata = object.putObject("metadata");
        metadata.set("name", generator.path("name"));
        if (generator.has("options")) {
            metadata.set("labels", generator.at("/options/labels"));
        }
        ObjectNode data = object.putObject(kind.equals("Secret") ? "stringData" : "data");
        generator.path("files").forEach(file -> data.put(file.asText(), Yaml.text(in(folder, file.asText()))));
        generator
                .path("envs")
                .forEach(file -> Yaml.text(in(folder, file.asText()))
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .forEach(line ->
                                data.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1))));
        object(object);
    }

    private void patch(JsonNode patch) {
        merge((ObjectNode) named(patch.path("kind").asText(), name(patch)), (ObjectNode) patch);
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(field -> {
            JsonNode old = target.get(field.getKey());
            if (old instanceof ObjectNode into && field.getValue() instanceof ObjectNode from) {
                merge(into, from);
            } else if (old instanceof ArrayNode into) {
                mergeItems(into, (ArrayNode) field.getValue());
            } else {
                target.set(field.getKey(), field.getValue());
            }
        });
    }

    private static void mergeItems(ArrayNode target, ArrayNode patch) {
        for (JsonNode item : patch) {
            assertThat(item.has("name"))
                    .as("only items with names are merged here: " + item)
                    .isTrue();
            Optional<JsonNode> there = stream(target)
                    .filter(old -> old.path("name").equals(item.path("name")))
                    .findFirst();
            there.ifPresentOrElse(old -> merge((ObjectNode) old, (ObjectNode) item), () -> target.add(item));
        }
    }

    private static Stream<JsonNode> stream(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    private void image(JsonNode image) {
        for (JsonNode object : objects) {
            Yaml.walk(object, node -> {
                if (node.path("image").asText().equals(image.path("name").asText())) {
                    ((ObjectNode) node)
                            .put(
                                    "image",
                                    image.path("newName").asText() + ":"
                                            + image.path("newTag").asText());
                }
            });
        }
    }
}
