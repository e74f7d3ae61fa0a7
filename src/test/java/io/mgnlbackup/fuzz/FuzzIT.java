package io.mgnlbackup.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of the fuzzer over all targets, and that it finds what there is to find. {@code script/fuzz} runs for longer. */
class FuzzIT {

    private static final int FOUND = 77;
    private static final int SECONDS = 12;
    private static final int MOST_SECONDS = 60;
    private static final int PATIENCE_SECONDS = 300;

    @TempDir
    private Path folder;

    private record Run(int status, String output) {}

    @Test
    void everyTargetHoldsForAWhile() throws Exception {
        Path seeds = folder.resolve("seeds");
        Seeds.writeAll(seeds);

        Run run = fuzz("all", SECONDS, seeds);

        assertThat(run.status()).as(run.output()).isZero();
        for (String target : FuzzTargets.names()) {
            assertThat(run.output()).containsPattern("executions " + target + " +[1-9]");
        }
    }

    /** Chance does not find it: the fuzzer has to look at what the parser compares its input with. */
    @Test
    void aPlantedBugIsFound() throws Exception {
        Path seeds = Files.createDirectory(folder.resolve("seeds"));

        Run run = fuzz(FuzzTargets.PLANTED, MOST_SECONDS, seeds);

        assertThat(run.status()).as(run.output()).isEqualTo(FOUND);
        assertThat(run.output()).contains("the planted bug: bytes=42");
    }

    /** What script/fuzz starts, with inputs that are the same each time. */
    private Run fuzz(String target, int seconds, Path seeds) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of("bash", "script/fuzz-one", target, folder.toString()));
        command.addAll(List.of("-seed=1", "-max_total_time=" + seconds, seeds.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("CLASSPATH", Objects.requireNonNull(System.getProperty("java.class.path")));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(output));
    }
}
