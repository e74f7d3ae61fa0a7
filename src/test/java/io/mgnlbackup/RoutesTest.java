package io.mgnlbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mgnlbackup.route.RouteFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What every built-in route file must hold; Camel ignores most of these mistakes in silence. */
class RoutesTest {

    private static final Path FOLDER = Path.of("src/main/resources/routes");
    /** A sidecar loads one store, and one of the files that say what a backup is. */
    private static final Pattern ONE_OF_SEVERAL = Pattern.compile("store-|dump\\.|basebackup\\.");

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRouteHasAnIdADescriptionAndAnErrorPolicyThatExists(Path file) throws IOException {
        Set<String> configurations = new HashSet<>();
        for (JsonNode entry : entries(FOLDER.resolve("errors.camel.yaml"))) {
            configurations.add(entry.at("/routeConfiguration/id").asText());
        }
        for (JsonNode entry : entries(file)) {
            if (!entry.has("route")) {
                assertThat(entry.has("routeConfiguration")).isTrue();
                continue;
            }
            JsonNode route = entry.get("route");
            String id = route.path("id").asText();
            assertThat(id).as("id in %s", file).matches("[a-z]+(-[a-z]+)*");
            assertThat(route.path("description").asText())
                    .as("description of %s", id)
                    .isNotBlank();
            String from = route.at("/from/uri").asText();
            if (from.startsWith("direct:")) {
                assertThat(from).isEqualTo("direct:" + id);
                assertThat(route.at("/errorHandler/noErrorHandler").isObject())
                        .as("%s lets its failure reach its caller", id)
                        .isTrue();
            } else {
                assertThat(configurations)
                        .as("routeConfigurationId of %s", id)
                        .contains(route.path("routeConfigurationId").asText());
            }
            assertThat(steps(route)).as("steps of %s", id).hasSizeLessThan(12);
        }
        assertThat(Files.readAllLines(file)).hasSizeLessThan(150);
    }

    @Test
    void idsAreUniqueAmongFilesThatAreLoadedTogether() throws IOException {
        Set<String> seen = new HashSet<>();
        for (Path file : files().toList()) {
            boolean oneOfSeveral =
                    ONE_OF_SEVERAL.matcher(file.getFileName().toString()).lookingAt();
            for (JsonNode entry : entries(file)) {
                String id = entry.path("route").path("id").asText("");
                assertThat(id.isEmpty() || seen.add((oneOfSeveral ? file.getFileName() + " " : "") + id))
                        .as(id)
                        .isTrue();
            }
        }
    }

    @Test
    void everyStoreFileDefinesTheSameRoutes() throws IOException {
        Set<Set<String>> sets = new HashSet<>();
        for (Path file : files().filter(path -> path.getFileName().toString().startsWith("store-"))
                .toList()) {
            Set<String> ids = new HashSet<>();
            entries(file).forEach(entry -> ids.add(entry.at("/route/id").asText()));
            sets.add(ids);
        }
        assertThat(sets)
                .containsExactly(
                        Set.of("store-put", "store-head", "store-get", "store-list", "store-delete", "store-link"));
    }

    @Test
    void everyFileIsKnown() throws IOException {
        assertThat(files().map(file -> file.getFileName().toString().replace(RouteFiles.SUFFIX, "")))
                .containsExactlyInAnyOrderElementsOf(RouteFiles.BUILT_IN);
    }

    private static List<JsonNode> entries(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Object yaml = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            List<JsonNode> entries = new ArrayList<>();
            JSON.valueToTree(yaml).forEach(entries::add);
            return entries;
        }
    }

    private static List<JsonNode> steps(JsonNode node) {
        List<JsonNode> steps = new ArrayList<>();
        node.findValues("steps").forEach(list -> list.forEach(steps::add));
        return steps;
    }
}
