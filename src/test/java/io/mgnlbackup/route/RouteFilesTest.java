package io.mgnlbackup.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFilesTest {

    @TempDir
    private Path folder;

    @Test
    void everyBuiltInFileIsThereAndKnown() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/routes"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(RouteFiles.BUILT_IN.stream()
                            .map(name -> name + RouteFiles.SUFFIX)
                            .toList());
        }
    }

    @Test
    void usersFilesReplaceAndAdd() throws IOException {
        Files.writeString(folder.resolve("dump.camel.yaml"), "");
        Files.writeString(folder.resolve("store-s3.camel.yaml"), ""); // built in, but not asked for
        Files.writeString(folder.resolve("notify.camel.yaml"), "");
        Files.writeString(folder.resolve("README.txt"), "");
        assertThat(new RouteFiles(Optional.of(folder)).forJob(List.of("errors", "dump")))
                .containsExactly(
                        "classpath:routes/errors.camel.yaml",
                        "file:" + folder.resolve("dump.camel.yaml"),
                        "file:" + folder.resolve("notify.camel.yaml"));
    }

    @Test
    void saysWhichFolderItCannotRead() {
        RouteFiles missing = new RouteFiles(Optional.of(folder.resolve("missing")));
        assertThatThrownBy(() -> missing.forJob(List.of("dump")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("missing");
    }
}
