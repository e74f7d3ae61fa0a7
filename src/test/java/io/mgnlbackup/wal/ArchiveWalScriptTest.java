package io.mgnlbackup.wal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script itself, run by the real shell. */
class ArchiveWalScriptTest {
    private static final String NAME = "000000010000000000000001";

    @TempDir
    Path folder;

    private Path source;
    private Path archive;

    @BeforeEach
    void writeASegment() throws IOException {
        source = Files.write(folder.resolve("source"), bytes(1));
        archive = Files.createDirectory(folder.resolve("archive folder"));
    }

    @Test
    void copiesTheFileAndLeavesNothingElse() throws Exception {
        Run run = archive(NAME);
        assertThat(run.exitCode()).as(run.text()).isZero();
        assertThat(archive.resolve(NAME)).hasSameBinaryContentAs(source);
        assertOnlyTheSegment();
    }

    @Test
    void acceptsAnIdenticalFile() throws Exception {
        archive(NAME);
        Run again = archive(NAME);
        assertThat(again.exitCode()).as(again.text()).isZero();
        assertOnlyTheSegment();
    }

    @Test
    void refusesADifferentFileAndKeepsTheFirst() throws Exception {
        Files.write(archive.resolve(NAME), bytes(2));
        Run run = archive(NAME);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.text()).contains("refusing to overwrite", NAME);
        assertThat(archive.resolve(NAME)).hasBinaryContent(bytes(2));
        assertOnlyTheSegment();
    }

    @Test
    void overwritesWhatAKilledRunLeft() throws Exception {
        Files.write(archive.resolve("." + NAME + ".archiving"), new byte[4 << 20]);
        assertThat(archive(NAME).exitCode()).isZero();
        assertThat(archive.resolve(NAME)).hasSameBinaryContentAs(source);
        assertOnlyTheSegment();
    }

    @Test
    void failsWithoutAPartialFileWhenTheDiskTakesNoMore() throws Exception {
        // A limit on the file size cuts the copy short like a full disk, and needs no rights to set up.
        Run run = run("trap '' XFSZ; ulimit -f 512; exec \"$0\" \"$@\"", NAME);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.text()).contains("cannot write '" + NAME + "' whole");
        assertThat(archive).isEmptyDirectory();
    }

    @Test
    void neverMakesAFolderThatIsAbsent() throws Exception {
        Files.delete(archive);
        Run run = archive(NAME);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.text()).contains("does not exist");
        assertThat(archive).doesNotExist();
    }

    @Test
    void refusesANameThatLeadsOutOfTheFolder() throws Exception {
        assertThat(archive("../" + NAME).exitCode()).isEqualTo(1);
        assertThat(folder.resolve(NAME)).doesNotExist();
    }

    private void assertOnlyTheSegment() {
        assertThat(archive).isDirectoryNotContaining(path -> !path.endsWith(NAME));
    }

    private Run archive(String name) throws Exception {
        return run("exec \"$0\" \"$@\"", name);
    }

    private Run run(String shell, String name) throws Exception {
        String script = Path.of("script/archive-wal").toAbsolutePath().toString();
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder("sh", "-c", shell, script, source.toString(), name, archive.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), Files.readString(output, UTF_8));
    }

    private static byte[] bytes(long seed) {
        byte[] bytes = new byte[1 << 20];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private record Run(int exitCode, String text) {}
}
