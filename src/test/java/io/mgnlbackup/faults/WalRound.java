package io.mgnlbackup.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mgnlbackup.testing.WalFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Segments of WAL, handed over as PostgreSQL does, base backups, and retention over them and over those of earlier days.
 *
 * <p>A file is in the folder or in the store, once and byte for byte. A base backup that counts is whole and has its WAL. What goes must be
 * nothing that a base backup needs which retention keeps.
 */
final class WalRound extends Round {

    /** The number of the first segment of today; a segment a minute before. */
    private static final int TODAY = 5_000_000;

    private static final Pattern SEGMENT = Pattern.compile("-([0-9A-F]{24})-txlog\\.tar\\.gz$");
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final HandedOver wal;
    private final Map<Integer, Integer> wellDone = new HashMap<>();
    private final Map<String, Integer> bases = new HashMap<>();
    private final Set<String> mayGo = new HashSet<>();
    private SortedMap<String, String> before = new TreeMap<>();

    WalRound(Path folder, OutsideView store, Optional<SmallDisk> disk, SplittableRandom random, Tally tally) {
        super(folder, store, disk, random, tally);
        wal = new HandedOver(folder.resolve("sync"), TODAY, random);
    }

    @Override
    Map<String, String> settings() {
        return Map.of("USE_PG_WAL", "true", "SYNC_DIR", wal.folder().toString());
    }

    @Override
    List<Place> places() {
        return List.of(
                Place.LOOK,
                Place.ASK,
                Place.ASK,
                Place.PUT,
                Place.PUT,
                Place.PUT,
                Place.PUT,
                Place.COMPLETE,
                Place.SWEEP,
                Place.ANY);
    }

    @Override
    void begin() throws Exception {
        Files.createDirectories(wal.folder());
        goodBase(wal.next(), 1_000);
        sidecarThatRuns();
        wal.handOver();
        await("the first base backup", () -> store().objects().keySet().stream().anyMatch(WalRound::isMeta));
        awaitSweep(); // would take a base backup that is planted for one whose meta object never came
    }

    // --- the work ---

    @Override
    void step(int number, Disturbance what) throws Exception {
        wal.finishHalves();
        for (int i = what.place() == Place.SWEEP ? 4 : random().nextInt(6) - 3; i > 0; i--) {
            plant(number * 4 + i);
        }
        sidecarThatRuns();
        boolean ofChild = what.kind() == Disturbance.Kind.CHILD_FAILS
                || what.kind() == Disturbance.Kind.CHILD_KILLED
                || what.kind() == Disturbance.Kind.NO_OUTPUT;
        if (what.place() == Place.BUNDLE && !ofChild) {
            disturb(what, ask("/bundle/now?mode=restore&upload"));
            return;
        }
        if (ofChild || isOfBase(what.place()) || random().nextInt(4) == 0) {
            base(what);
            return;
        }
        int count = 1 + random().nextInt(4);
        for (int i = 0; i < count; i++) {
            wal.handOver();
        }
        if (random().nextInt(6) == 0) {
            wal.handOverAgain();
        }
        if (random().nextInt(6) == 0) {
            wal.handOverHalf();
        }
        disturb(what, drained());
    }

    private static boolean isOfBase(Place place) {
        return switch (place) {
            case BASE, META, BEGIN, PART, COMPLETE, SWEEP -> true;
            case LOOK, ASK, PUT, ABORT, WAL, BUNDLE, ANY -> false;
        };
    }

    private void base(Disturbance what) throws Exception {
        int first = wal.next();
        boolean large = what.place() == Place.COMPLETE || what.place() == Place.PART || what.place() == Place.BEGIN;
        int size = large ? 5_500_000 + random().nextInt(4_000_000) : random().nextInt(900_000);
        switch (what.kind()) {
            case CHILD_FAILS -> badBase("cat " + tarFile(first, size) + "; exit 1");
            case CHILD_KILLED -> badBase("head -c " + size / 2 + " " + tarFile(first, size) + "; kill -9 $$");
            case NO_OUTPUT -> badBase("head -c " + size / 2 + " " + tarFile(first, size));
            default -> goodBase(first, size);
        }
        CompletableFuture<HttpResponse<String>> backup = backup();
        if (random().nextInt(3) == 0) {
            Trouble.waitFor(backup, Duration.ofMillis(random().nextInt(2_500)));
            doesNotCountYet(first);
        }
        wal.handOver();
        wal.handOver();
        disturb(what, backup);
        try {
            tally().count(
                            backup.get().statusCode() == 200
                                    ? "(base backups that succeeded)"
                                    : "(base backups that failed)");
        } catch (ExecutionException e) {
            tally().count("(base backups that got no answer)");
        }
    }

    /** The server archives late: until then nothing may say that there is a base backup. */
    private void doesNotCountYet(int first) throws IOException {
        for (String name : store().objects().keySet()) {
            if (isMeta(name) && !before.containsKey(name)) {
                assertThat(store().tags(name).get("wal_first"))
                        .as("'%s' counts, and '%s' is not archived yet", name, HandedOver.name(first))
                        .isNotEqualTo(HandedOver.name(first));
            }
        }
    }

    private void goodBase(int segment, int size) throws IOException {
        wellDone.put(segment, size);
        script("cat " + tarFile(segment, size));
    }

    private void badBase(String text) throws IOException {
        script(text);
    }

    private Path tarFile(int segment, int size) throws IOException {
        return Files.write(folder().resolve("base-" + segment + ".tar"), tar(segment, size));
    }

    private byte[] tar(int segment, int size) throws IOException {
        return PretendedBase.tar(HandedOver.name(segment), (long) segment << 20, Arrays.copyOf(noise(), size));
    }

    /** Ends when the folder is empty but for half files, or when it takes too long: the sidecar waits for its store, by and by for long. */
    private CompletableFuture<Void> drained() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        return CompletableFuture.runAsync(() -> {
            while (System.nanoTime() < end && wal.waiting() > wal.half().size()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        });
    }

    /** A base backup of a day before today, with its WAL. */
    private void plant(int number) throws IOException {
        LocalDateTime time = past(number);
        int segment = TODAY - (int) Duration.between(time, today()).toMinutes();
        String base = stamp(time) + "-basebackup.tar.gz";
        store().plant(
                        base,
                        gzip(PretendedBase.tar(HandedOver.name(segment), (long) segment << 20, new byte[0])),
                        ours(Map.of("variant", "tx_log_archiving")));
        store().plant(
                        stamp(time) + "-" + HandedOver.name(segment) + "-txlog.tar.gz",
                        gzip(PretendedBase.oneFile(HandedOver.name(segment), HandedOver.segment(segment))),
                        ours(Map.of(
                                "variant",
                                "tx_log_archiving",
                                "wal_file",
                                HandedOver.name(segment),
                                "wal_first",
                                HandedOver.name(segment),
                                "wal_last",
                                HandedOver.name(segment),
                                "wal_segment_bytes",
                                "" + WalFiles.SIZE.bytes(),
                                "system_identifier",
                                "" + WalFiles.SYSTEM)));
        store().plant(
                        stamp(time) + "-bundle.json.gz",
                        gzip(bytes("{}")),
                        ours(PretendedBase.facts(base, time, HandedOver.name(segment), (long) segment << 20)));
        wellDone.putIfAbsent(segment, 0);
    }

    // --- what must hold ---

    @Override
    void check(String when) throws IOException {
        Set<Integer> waiting = wal.inTheFolder(); // looked at first: what leaves it meanwhile is in the store
        SortedMap<String, String> now = store().objects();
        boolean news = OutsideView.lookAtChanges(before, now, name -> {
            read(name, when);
            return isMeta(name) && bases.containsKey(base(name));
        });
        checkWal(now, waiting, when);
        checkDeletions(now, news, when);
        before = now;
    }

    private static boolean isMeta(String name) {
        return name.endsWith("-bundle.json.gz");
    }

    private static boolean isBase(String name) {
        return name.endsWith("-basebackup.tar.gz");
    }

    private static String base(String meta) {
        return meta.replace("-bundle.json.gz", "-basebackup.tar.gz");
    }

    private static Optional<Integer> segmentOf(String name) {
        Matcher matcher = SEGMENT.matcher(name);
        return matcher.find() ? Optional.of(HandedOver.number(matcher.group(1))) : Optional.empty();
    }

    /** Fails when it is not whole, or not what it says. */
    private void read(String name, String when) throws IOException {
        if (name.endsWith("-restore.json")) {
            try (InputStream in = store().open(name)) {
                assertThat(new ObjectMapper().readTree(in).path("backup_list").size())
                        .as("'%s' is whole %s", name, when)
                        .isPositive();
            }
            return;
        }
        try (InputStream in = new GZIPInputStream(store().open(name))) {
            byte[] content = in.readAllBytes();
            tally().count("(objects read)");
            if (isMeta(name)) {
                bases.put(base(name), HandedOver.number(store().tags(name).getOrDefault("wal_first", "")));
                return;
            }
            Optional<Integer> segment = segmentOf(name);
            if (segment.isPresent()) {
                assertThat(Arrays.equals(PretendedBase.firstFile(content), HandedOver.segment(segment.get())))
                        .as("'%s' is byte for byte what was handed over, %s", name, when)
                        .isTrue();
                return;
            }
            int first = HandedOver.number(PretendedBase.segment(content));
            Integer size = wellDone.get(first);
            assertThat(size)
                    .as("'%s' is of a base backup that ended well, %s", name, when)
                    .isNotNull();
            assertThat(Arrays.equals(content, tar(first, size)))
                    .as("'%s' is whole %s", name, when)
                    .isTrue();
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | IllegalStateException e) {
            throw new AssertionError("'" + name + "' is not whole " + when + ": " + e, e);
        }
    }

    private void checkWal(SortedMap<String, String> now, Set<Integer> waiting, String when) throws IOException {
        Map<Integer, List<String>> stored = new HashMap<>();
        now.keySet()
                .forEach(name -> segmentOf(name)
                        .ifPresent(segment -> stored.computeIfAbsent(segment, key -> new ArrayList<>())
                                .add(name)));
        assertThat(stored.values()).as("every file is there once, %s", when).allMatch(names -> names.size() == 1);
        for (int segment : wal.handed()) {
            assertThat(waiting.contains(segment) || stored.containsKey(segment))
                    .as("'%s' is in the folder or in the store, %s", HandedOver.name(segment), when)
                    .isTrue();
        }
        for (int segment : wal.half()) {
            assertThat(wal.file(segment))
                    .as("a file that is not whole stays, %s", when)
                    .exists();
            assertThat(stored)
                    .as("a file that is not whole is not stored, %s", when)
                    .doesNotContainKey(segment);
        }
        now.keySet().stream()
                .filter(WalRound::isMeta)
                .filter(meta -> number(meta, now) >= TODAY)
                .forEach(meta -> assertThat(stored)
                        .as("'%s' counts and has its WAL, %s", meta, when)
                        .containsKey(number(meta, now)));
    }

    private int number(String meta, SortedMap<String, String> now) {
        assertThat(now).as("'%s' counts, so its base backup is there", meta).containsKey(base(meta));
        return bases.getOrDefault(base(meta), 0);
    }

    private void checkDeletions(SortedMap<String, String> now, boolean news, String when) {
        Set<String> all = new HashSet<>(before.keySet());
        all.addAll(now.keySet());
        List<String> complete = all.stream()
                .filter(WalRound::isMeta)
                .map(WalRound::base)
                .filter(all::contains)
                .toList();
        Set<String> kept = KEPT.of(complete);
        int oldest = kept.stream()
                .mapToInt(base -> bases.getOrDefault(base, 0))
                .min()
                .orElse(0);
        if (news) {
            all.stream()
                    .filter(name -> segmentOf(name)
                            .map(segment -> segment < oldest)
                            .orElseGet(() -> !kept.contains(isMeta(name) ? base(name) : name)))
                    .forEach(mayGo::add);
        }
        // One whose meta object could not be stored is taken back at once, or later.
        all.stream()
                .filter(WalRound::isBase)
                .filter(base -> !complete.contains(base))
                .forEach(mayGo::add);
        Set<String> gone = new HashSet<>(before.keySet());
        gone.removeAll(now.keySet());
        tally().count("(objects deleted)", gone.size());
        assertThat(mayGo)
                .as(
                        "only what retention does not keep is deleted, and only when there is a new backup, %s; kept are %s",
                        when, kept)
                .containsAll(gone);
    }

    @Override
    void settle() throws Exception {
        wal.finishHalves();
        goodBase(wal.next(), 1_000);
        CompletableFuture<HttpResponse<String>> backup = backup();
        wal.handOver();
        assertThat(backup.get().statusCode()).as(backup.get().body()).isEqualTo(200);
        await("the folder is empty", () -> wal.waiting() == 0);
        check("when all is archived");
        SortedMap<String, String> now = store().objects();
        Set<String> there = new HashSet<>(now.keySet().stream()
                .filter(WalRound::isMeta)
                .map(WalRound::base)
                .toList());
        assertThat(there).as("base backups that retention keeps, and no others").isEqualTo(KEPT.of(there));
        int oldest = there.stream()
                .mapToInt(base -> bases.getOrDefault(base, 0))
                .min()
                .orElse(0);
        assertThat(now.keySet().stream().flatMap(name -> segmentOf(name).stream()))
                .as("no WAL is left that no base backup needs")
                .allMatch(segment -> segment >= oldest);
        tally().count("(segments handed over)", wal.handed().size());
    }
}
