package io.mgnlbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.postgres.RecoverySettings.TargetAction;
import io.mgnlbackup.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Boot as an init container whose link is old, or was never filled in. */
class BootJobTest {

    @TempDir
    private Path folder;

    private BootOutcome run(URI datasource) {
        return new BootJob(new BootRequest(datasource, folder.resolve("data"), TargetAction.PROMOTE, 1), bytes -> {})
                .run();
    }

    @Test
    void doesNotEvenReadTheDatasourceWhenThereIsACluster() throws IOException {
        Files.createDirectories(folder.resolve("data/global"));
        Files.writeString(folder.resolve("data/PG_VERSION"), "17");
        Files.writeString(folder.resolve("data/global/pg_control"), "");
        assertThat(run(URI.create("http://127.0.0.1:1/gone")).restored()).isFalse();
        assertThat(run(folder.resolve("absent").toUri()).restored()).isFalse();
    }

    @Test
    @Timeout(5)
    void saysAtOnceThatThereIsNoSuchFile() {
        assertThatThrownBy(() -> run(folder.resolve("paste-the-link-here").toUri()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("the datasource is neither a URL nor a file that is there");
        assertThatThrownBy(() -> run(folder.toUri())).isInstanceOf(Problem.class);
        assertThat(folder).isEmptyDirectory();
    }
}
