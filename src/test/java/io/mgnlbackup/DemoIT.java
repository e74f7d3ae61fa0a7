package io.mgnlbackup;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command. */
class DemoIT {

    @TempDir
    private Path scratch;

    @Test
    void backsUpAndRestoresEveryRowAndLeavesNothingBehind() throws IOException {
        // What the tests run on was built just before; the demo is not to build it again.
        Files.setLastModifiedTime(Path.of("target/dist/lib/mgnlbackup.jar"), FileTime.from(Instant.now()));
        Files.setPosixFilePermissions(scratch, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));

        String output = Tool.of("script/demo", "--once")
                .environment(Map.of("TMPDIR", scratch.toString(), "MGNLBACKUP_BUCKET", "not-the-demos"))
                .run();

        assertThat(output).contains("Every row came back.").doesNotContain("DIFFERS");
        assertThat(scratch).isEmptyDirectory();
    }
}
