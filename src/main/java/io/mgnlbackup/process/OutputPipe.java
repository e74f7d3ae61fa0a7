package io.mgnlbackup.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A named pipe for the output of a process.
 *
 * <p>The pipe that {@link Process} makes itself is closed as soon as the process ends, even while something that it left in the background is
 * still writing: the rest would be lost without a trace. This one ends when nobody can write any more.
 */
final class OutputPipe implements AutoCloseable {

    private final Path folder;
    private final Path file;
    private final InputStream output;
    private final RandomAccessFile keepOpen;

    private OutputPipe(Path folder, Path file) throws IOException {
        this.folder = folder;
        this.file = file;
        this.keepOpen = new RandomAccessFile(file.toFile(), "rw"); // opening for both never waits for the other side
        this.output = new FileInputStream(file.toFile());
    }

    /** Makes a pipe in the temporary folder, for us alone. */
    static OutputPipe create() throws IOException {
        Path folder = Files.createTempDirectory("mgnlbackup-");
        Path file = folder.resolve("stdout");
        try {
            Process mkfifo =
                    SystemProgram.of("mkfifo", "-m", "600", file.toString()).start();
            if (!mkfifo.waitFor(10, TimeUnit.SECONDS) || mkfifo.exitValue() != 0) {
                throw new IOException("mkfifo failed for " + file);
            }
            return new OutputPipe(folder, file);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted while making a pipe");
        }
    }

    /** Where the process writes to. */
    File file() {
        return file.toFile();
    }

    /** Whether a link in {@code /proc/PID/fd} is this pipe. */
    boolean isTarget(String link) {
        return link.equals(file.toString()) || link.equals(file + " (deleted)");
    }

    /** What the process writes; ends when nobody holds the other side. To be asked for after the process was started. */
    InputStream output() {
        return output;
    }

    /** The process holds its side now: gives up ours, and the name. */
    void handedOver() throws IOException {
        keepOpen.close();
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
    }

    /** Gives up everything. */
    @Override
    public void close() throws IOException {
        handedOver();
        output.close();
    }
}
