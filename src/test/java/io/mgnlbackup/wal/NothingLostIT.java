package io.mgnlbackup.wal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.format.Expected;
import io.mgnlbackup.format.PackedWalFile;
import io.mgnlbackup.postgres.WalFileName;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.s3.S3Clients;
import io.mgnlbackup.testing.ArchivingServer;
import io.mgnlbackup.testing.ChaosProxy;
import io.mgnlbackup.testing.PostgresServer;
import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.SidecarProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The sidecar is killed again and again at moments that nobody chose, while WAL arrives and the store is cut off, slow, or answers errors.
 * How often, {@code -Dkills=200} says; the seed in the message repeats a run's choices.
 */
class NothingLostIT {

    private static final int KILLS = Integer.getInteger("kills", 15);
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final Duration LONGEST_LIFE = Duration.ofMillis(4_500);

    @TempDir
    private Path folder;

    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final S3Server store = new S3Server();
    private final StoreSettings.S3 settings = store.settings("nothing-lost");

    @Test
    void everyArchivedFileIsInTheStoreOnceWhateverHappens() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        try (store;
                ChaosProxy line = new ChaosProxy(store.endpoint());
                ArchivingServer archiving = new ArchivingServer(1)) {
            Map<String, String> variables = archiving.sidecar(S3Server.variables(settings.bucket(), line.endpoint()));
            PostgresServer server = archiving.postgres();
            try (SidecarProcess sidecar = SidecarProcess.start(folder, variables)) {
                sidecar.await(
                        "a base backup",
                        () -> sidecar.list().stream()
                                .anyMatch(entry -> entry.path("name").asText().endsWith("-basebackup.tar.gz")));
            }
            ScheduledExecutorService threads = Executors.newScheduledThreadPool(3);
            try {
                var load = threads.submit(() -> load(server));
                var watch = threads.submit(() -> watch(archiving.sync()));
                var faults = threads.scheduleWithFixedDelay(
                        () -> breakSomething(line, random.split()), 0, 300, TimeUnit.MILLISECONDS);
                for (int kill = 0; kill < KILLS; kill++) {
                    long life = random.nextLong(LONGEST_LIFE.toMillis());
                    try (SidecarProcess sidecar = SidecarProcess.launch(folder, variables)) {
                        assertThat(sidecar.process().waitFor(life, TimeUnit.MILLISECONDS))
                                .as("it runs until it is killed, seed " + SEED + "\n" + sidecar.log())
                                .isFalse();
                        sidecar.kill();
                    }
                }
                faults.cancel(false);
                threads.shutdownNow();
                assertThat(load.isDone() || threads.awaitTermination(1, TimeUnit.MINUTES))
                        .isTrue();
                assertThat(watch).isNotNull();
            } finally {
                threads.shutdownNow();
                assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            }
            line.heal();
            archiving.switchSegment();
            try (SidecarProcess sidecar = SidecarProcess.start(folder, variables)) {
                sidecar.await("all is archived, seed " + SEED, archiving::drained);
                assertThat(lost)
                        .as("deleted before the store had them, seed " + SEED)
                        .isEmpty();
                List<String> bundle = bundle(sidecar);
                // What was archived before the base backup began went when that was complete.
                String first = bundle.stream().min(String::compareTo).orElseThrow();
                Set<String> wanted = names(archiving.kept());
                wanted.removeIf(name -> name.compareTo(first) < 0);
                checkTheStore(archiving.kept(), wanted);
                assertThat(bundle)
                        .doesNotHaveDuplicates()
                        .containsExactlyInAnyOrderElementsOf(wanted.stream()
                                .filter(name -> WalFileName.of(name).kind() == WalFileName.Kind.SEGMENT)
                                .toList());
                assertThat(bundle.size()).as("segments under the kills").isGreaterThan(10);
            }
        }
    }

    /** A segment or two a second, until it is interrupted. */
    private static void load(PostgresServer server) {
        server.psql("postgres", "CREATE TABLE noise (text text)");
        while (!Thread.currentThread().isInterrupted()) {
            server.psql(
                    "postgres",
                    "INSERT INTO noise SELECT md5(random()::text) FROM generate_series(1, 3000); SELECT pg_sleep(0.15)");
        }
    }

    private static void breakSomething(ChaosProxy line, SplittableRandom random) {
        line.heal();
        switch (random.nextInt(8)) {
            case 0 -> line.cut();
            case 1 ->
                line.answer(request -> request.startsWith("PUT"), 500, "<Error><Code>InternalError</Code></Error>");
            case 2 -> line.answer(request -> true, 503, "<Error><Code>SlowDown</Code></Error>");
            case 3 -> line.lose(request -> request.startsWith("PUT"), random.nextInt(200_000));
            case 4 -> line.slow(30);
            default -> {} // all is well for a while
        }
    }

    /** Sees each file go, and asks the store itself, not through the line that is broken, whether it is there. */
    private void watch(Path sync) {
        Set<String> seen = new HashSet<>();
        try (S3Client client = S3Clients.client(settings)) {
            while (!Thread.currentThread().isInterrupted()) {
                Set<String> now = names(sync);
                for (String name : seen) {
                    if (!now.contains(name) && object(client, name).isEmpty()) {
                        lost.add(name);
                    }
                }
                seen = now;
            }
        }
    }

    private static Set<String> names(Path sync) {
        try (Stream<Path> files = Files.list(sync)) {
            Set<String> names = new HashSet<>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> WalFileName.of(name).kind() != WalFileName.Kind.OTHER)
                    .forEach(names::add);
            return names;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Optional<String> object(S3Client client, String file) {
        return client.listObjectsV2Paginator(list -> list.bucket(settings.bucket())).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.contains("-" + file + "-txlog"))
                .findFirst();
    }

    /** Byte for byte, and once. */
    private void checkTheStore(Path kept, Set<String> wanted) throws IOException {
        Map<String, List<String>> objects = new TreeMap<>();
        try (S3Client client = S3Clients.client(settings)) {
            for (S3Object object : client.listObjectsV2Paginator(list -> list.bucket(settings.bucket()))
                    .contents()) {
                HeadObjectResponse head =
                        client.headObject(ask -> ask.bucket(settings.bucket()).key(object.key()));
                Tags.fromMetadata(head.metadata())
                        .get(ArchiveTags.FILE)
                        .ifPresent(file -> objects.computeIfAbsent(file, name -> new ArrayList<>())
                                .add(object.key()));
            }
            for (String name : wanted) {
                assertThat(objects.get(name))
                        .as("%s, seed %d\n%s", name, SEED, said(name))
                        .hasSize(1);
                try (InputStream in = client.getObject(ask ->
                        ask.bucket(settings.bucket()).key(objects.get(name).get(0)))) {
                    ByteArrayOutputStream content = new ByteArrayOutputStream();
                    PackedWalFile.read(in, new Expected(name, Optional.empty(), true), (file, bytes) -> content);
                    assertThat(content.toByteArray()).as(name).isEqualTo(Files.readAllBytes(kept.resolve(name)));
                }
            }
        }
    }

    /** What all the sidecars said of a file. */
    private String said(String name) throws IOException {
        StringBuilder said = new StringBuilder();
        try (Stream<Path> logs = Files.list(folder)) {
            for (Path log : logs.toList()) {
                Files.readAllLines(log).stream()
                        .filter(line -> line.contains(name))
                        .forEach(line -> said.append(line).append('\n'));
            }
        }
        return said.toString();
    }

    private static List<String> bundle(SidecarProcess sidecar) {
        List<String> files = new ArrayList<>();
        for (JsonNode item : SidecarProcess.json(sidecar.get("/bundle/now"))) {
            String file = item.at("/tags/wal_file").asText("");
            if (!file.isEmpty()) {
                files.add(file);
            }
        }
        return files;
    }
}
