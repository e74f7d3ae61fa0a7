package io.mgnlbackup.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.config.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compose file fits itself, the files beside it, and the program. */
class ComposeTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):-([^}]*)}");
    private static final JsonNode FILE = Yaml.read(Path.of("docker-compose.yaml"));
    private static final JsonNode SERVICES = FILE.path("services");

    @TempDir
    private Path archive;

    @Test
    void everyServiceHasAnImage() {
        assertThat(SERVICES)
                .hasSize(6)
                .allSatisfy(
                        service -> assertThat(service.path("image").asText()).isNotEmpty());
        SERVICES.forEach(service -> {
            String image = service.path("image").asText();
            assertThat(image.equals("mgnlbackup") || image.contains(":"))
                    .as(image)
                    .isTrue();
        });
        assertThat(SERVICES.at("/backup/build").asText()).isEqualTo(".");
        assertThat(Path.of("Dockerfile")).isRegularFile();
    }

    @Test
    void volumesAreThoseThatAreNamed() {
        Set<String> used = new HashSet<>();
        for (JsonNode service : SERVICES) {
            for (String volume : texts(service.path("volumes"))) {
                String source = volume.substring(0, volume.indexOf(':'));
                if (source.startsWith("./")) {
                    assertThat(Path.of(source)).isRegularFile().isExecutable();
                } else {
                    used.add(source);
                }
            }
        }
        Set<String> named = new HashSet<>();
        FILE.path("volumes").fieldNames().forEachRemaining(named::add);
        assertThat(used).isEqualTo(named);
    }

    @Test
    void whatIsWaitedForCanComeTrue() {
        for (JsonNode service : SERVICES) {
            service.path("depends_on").properties().forEach(entry -> {
                JsonNode other = SERVICES.path(entry.getKey());
                assertThat(other.isMissingNode()).as(entry.getKey()).isFalse();
                String condition = entry.getValue().path("condition").asText();
                boolean lives = other.has("healthcheck");
                assertThat(condition).isEqualTo(lives ? "service_healthy" : "service_completed_successfully");
                assertThat(service.has("profiles") || !other.has("profiles"))
                        .as("waits for one that is not started")
                        .isTrue();
            });
        }
    }

    @Test
    void theProgramTakesItsSettings() {
        Map<String, String> environment = environment("backup");
        Settings settings = DeployedSettings.ofSidecar(environment, archive);
        assertThat(settings.wal()).isPresent();
        assertThat(environment).containsEntry("PGPASSWORD", environment("db").get("BACKUP_PASSWORD"));
        assertThat(environment)
                .containsEntry("MGNLBACKUP_S3_ACCESSKEY", environment("store").get("MINIO_ROOT_USER"))
                .containsEntry("MGNLBACKUP_S3_SECRETKEY", environment("store").get("MINIO_ROOT_PASSWORD"));
        assertThat(environment.get("MGNLBACKUP_S3_SECRETKEY"))
                .as("MinIO takes eight characters or more")
                .hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void linksLeadToTheStoreFromOutside() {
        Map<String, String> environment = environment("backup");
        assertThat(environment)
                .containsEntry("MGNLBACKUP_S3_ENDPOINT", "http://store:9000")
                .containsEntry("MGNLBACKUP_S3_PUBLIC_ENDPOINT", "http://localhost:9000");
        assertThat(texts(SERVICES.at("/store/ports"))).containsExactly("127.0.0.1:9000:9000");
        assertThat(SERVICES.at("/boot/network_mode").asText())
                .as("where localhost is the store")
                .isEqualTo("service:store");
    }

    @Test
    void bothSidesOfTheArchiveFolderMeanTheSame() {
        String folder = environment("backup").get("MGNLBACKUP_SYNC_DIR");
        assertThat(texts(SERVICES.at("/backup/volumes"))).contains("archive:" + folder);
        assertThat(texts(SERVICES.at("/db/volumes"))).contains("archive:" + folder);
        assertThat(texts(SERVICES.at("/db/command")))
                .contains("archive_mode=on", "archive_command=/usr/local/bin/archive-wal \"%p\" \"%f\" " + folder);
        assertThat(SERVICES.at("/backup/user").asText())
                .as("the account postgres of the official image")
                .isEqualTo("999:999");
        assertThat(texts(SERVICES.at("/volumes/entrypoint")))
                .containsExactly("chown", SERVICES.at("/backup/user").asText(), folder, "/restored");
    }

    @Test
    void bootAndTheCopyMeanTheSameFolder() {
        Map<String, String> copy = environment("restored");
        Map<String, String> boot = new HashMap<>(environment("boot"));
        assertThat(boot.replace("MGNLBACKUP_DATASOURCE", "https://store/link")).isEmpty();
        assertThat(DeployedSettings.pgdataOfBoot(boot)).isEqualTo(Path.of(copy.get("PGDATA")));
        assertThat(SERVICES.at("/boot/user")).isEqualTo(SERVICES.at("/restored/user"));
        assertThat(texts(SERVICES.at("/boot/volumes"))).isEqualTo(texts(SERVICES.at("/restored/volumes")));
        assertThat(texts(SERVICES.at("/restored/command"))).contains("archive_mode=off");
    }

    @Test
    void nothingIsOpenToOthers() {
        for (JsonNode service : SERVICES) {
            assertThat(texts(service.path("ports"))).allMatch(port -> port.startsWith("127.0.0.1:"));
        }
    }

    /** The environment of a service, without a file of passwords. */
    private static Map<String, String> environment(String service) {
        Map<String, String> environment = new HashMap<>();
        SERVICES.path(service).path("environment").properties().forEach(entry -> {
            assertThat(entry.getValue().isTextual())
                    .as(entry.getKey() + " is text")
                    .isTrue();
            environment.put(
                    entry.getKey(), VARIABLE.matcher(entry.getValue().asText()).replaceAll("$2"));
        });
        return environment;
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
