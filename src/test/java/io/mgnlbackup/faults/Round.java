package io.mgnlbackup.faults;

import io.mgnlbackup.testing.SidecarProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A sidecar and a store of its own, disturbed step by step; after each step the store is looked at from outside. What is done in which order
 * follows from the seed alone; what the machine makes of it in which millisecond does not.
 */
abstract class Round implements AutoCloseable {

    /** What the sidecars are told to keep, and the model keeps. */
    static final KeptByTheBook KEPT = new KeptByTheBook(3, 2, 2);

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss");

    /** For what comes about by itself once nothing is broken any more. */
    static final Duration LIMIT = Duration.ofSeconds(3 * Long.getLong("patience", 60));

    private static final int NOISE_BYTES = 16 << 20;

    private final Path folder;
    private final OutsideView store;
    private final Optional<SmallDisk> disk;
    private final SplittableRandom random;
    private final Tally tally;
    private final Trouble trouble;
    private final byte[] noise = new byte[NOISE_BYTES];
    private final List<String> history = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private @Nullable SidecarProcess sidecar;

    Round(Path folder, OutsideView store, Optional<SmallDisk> disk, SplittableRandom random, Tally tally) {
        this.folder = folder;
        this.store = store;
        this.disk = disk;
        this.random = random;
        this.tally = tally;
        this.trouble = new Trouble(store, disk, tally, this::kill, this::stop);
        random.nextBytes(noise);
    }

    /** Sets the scene; the sidecar runs, and has a first backup. */
    abstract void begin() throws Exception;

    /** The work of a step, with something that goes wrong meanwhile. */
    abstract void step(int number, Disturbance what) throws Exception;

    /** Looks at the store; fails when something is there that must not be, or is not there that must be. */
    abstract void check(String when) throws Exception;

    /** With everything healed and a sidecar that has just started, a last backup works and leaves everything tidy. */
    abstract void settle() throws Exception;

    /** Where requests may be hit. */
    abstract List<Place> places();

    /** Steps with what the seed chooses. */
    final void run(int steps) throws Exception {
        List<Disturbance> plan = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            plan.add(store.line().isPresent() ? Disturbance.ofLine(random, places()) : Disturbance.ofFolder(random));
        }
        run(plan);
    }

    /** A step with each of these; what was done before a failure is in its message. */
    final void run(List<Disturbance> plan) throws Exception {
        try {
            begin();
            check("at the start");
            for (Disturbance what : plan) {
                history.add(history.size() + 1 + ": " + what);
                step(history.size(), what);
                trouble.heal();
                check("after step " + history.size());
            }
            history.add("settling");
            kill();
            sidecarThatRuns();
            settle();
            check("at the end");
            awaitCleanliness();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(e.getMessage() + "\nsteps: " + String.join("; ", history) + "\n" + log(), e);
        }
    }

    private void awaitCleanliness() {
        await(
                "everything that was left over is cleaned up",
                () -> store.leftovers().isEmpty());
    }

    private String log() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var logs = Files.list(folder)) {
            for (Path log : logs.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList()) {
                all.append(log.getFileName()).append(":\n").append(Files.readString(log));
            }
        }
        return all.toString();
    }

    // --- the sidecar ---

    /** Settings beside those of the store and the dump command. */
    abstract Map<String, String> settings();

    /** The sidecar, started if there is none, which answers. */
    final SidecarProcess sidecarThatRuns() {
        SidecarProcess running = sidecar;
        if (running == null || !running.process().isAlive()) {
            store.layNewLine();
            running = start();
            sidecar = running;
        }
        return running;
    }

    private SidecarProcess start() {
        Map<String, String> all = new HashMap<>(SidecarProcess.settings(store.variables(), ". " + script()));
        all.put("CYCLE", KEPT.days() + "," + KEPT.weeks() + "," + KEPT.months());
        all.put("STOP_TIMEOUT", "1s");
        all.put("=TZ", "UTC");
        all.putAll(settings());
        return SidecarProcess.start(folder, all);
    }

    /** Retention after the backup at the start. */
    final void awaitSweep() {
        SidecarProcess running = sidecarThatRuns();
        await("retention has had its turn", () -> running.log().contains("Sweep: keeping"));
    }

    final void kill() {
        SidecarProcess running = sidecar;
        if (running != null && running.process().isAlive()) {
            running.kill();
        }
        sidecar = null;
    }

    private void stop() {
        SidecarProcess running = sidecar;
        if (running != null && running.process().isAlive()) {
            running.terminate();
        }
        sidecar = null;
    }

    /** Asks for something; the answer comes later, or fails when the sidecar does. */
    final CompletableFuture<HttpResponse<String>> ask(String path) {
        SidecarProcess running = sidecarThatRuns();
        return CompletableFuture.supplyAsync(() -> running.get(path), threads);
    }

    /** Asks for a backup; the answer comes later, or fails when the sidecar does. */
    final CompletableFuture<HttpResponse<String>> backup() {
        SidecarProcess running = sidecarThatRuns();
        return CompletableFuture.supplyAsync(running::dump, threads);
    }

    /** Lets something go wrong while work is under way, until the work is done or it is time to go on; then everything works again. */
    final void disturb(Disturbance what, CompletableFuture<?> work) throws Exception {
        trouble.make(what, work);
    }

    // --- the scene ---

    final Path folder() {
        return folder;
    }

    final OutsideView store() {
        return store;
    }

    final SplittableRandom random() {
        return random;
    }

    final Tally tally() {
        return tally;
    }

    private Path script() {
        return folder.resolve("dump.sh");
    }

    /** What the dump command does from now on. */
    final void script(String text) throws IOException {
        Path next = Files.writeString(folder.resolve("next.sh"), text + "\n");
        Files.move(next, script(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Bytes that do not compress. */
    final byte[] noise() {
        return noise;
    }

    /** The same in a file. */
    final Path noiseFile() throws IOException {
        Path file = folder.resolve("noise");
        return Files.exists(file) ? file : Files.write(file, noise);
    }

    /** A time of some day before today, which has one minute for each number. */
    final LocalDateTime past(int number) {
        return today().minusDays(1 + random.nextInt(100)).plusMinutes(number);
    }

    static LocalDateTime today() {
        return LocalDateTime.now(ZoneOffset.UTC).toLocalDate().atStartOfDay();
    }

    /** The beginning of the name of an object of this time. */
    static String stamp(LocalDateTime time) {
        return "test-" + SECOND.format(time);
    }

    /** Tags that ours have. */
    static Map<String, String> ours(Map<String, String> more) {
        Map<String, String> tags = new HashMap<>(more);
        tags.put("heritage", "tests");
        return tags;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What is planted is small. */
    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what).atMost(LIMIT).until(condition);
    }

    @Override
    public void close() {
        kill();
        threads.shutdownNow();
        store.close();
        disk.ifPresent(SmallDisk::close);
    }
}
