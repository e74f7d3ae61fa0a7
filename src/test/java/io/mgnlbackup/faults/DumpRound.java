package io.mgnlbackup.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.ulid.UlidCreator;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
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
import java.util.zip.GZIPInputStream;

/**
 * Dumps, of which each says in its first and last line which one it is, and retention over them and over backups of earlier days.
 *
 * <p>What is there must be whole, and be of a dump that went well. What goes must be none that retention keeps, and goes only when there is
 * a new backup.
 */
final class DumpRound extends Round {

    private static final String SUFFIX = ".sql.gz";
    private static final String THEIRS = "test-2020-01-01-000000.sql.gz";
    private static final String NOBODYS = "test-2020-01-02-000000.sql.gz";

    /** Dumps that may become visible: their first line, and the bytes. */
    private final Map<String, Integer> wellDone = new HashMap<>();

    private final Set<String> promised = new HashSet<>();
    private final Set<String> mayGo = new HashSet<>();
    private SortedMap<String, String> before = new TreeMap<>();

    DumpRound(Path folder, OutsideView store, Optional<SmallDisk> disk, SplittableRandom random, Tally tally) {
        super(folder, store, disk, random, tally);
    }

    @Override
    Map<String, String> settings() {
        return Map.of("S3_PARTS_IN_FLIGHT", "2");
    }

    @Override
    List<Place> places() {
        return List.of(
                Place.LOOK,
                Place.ASK,
                Place.PUT,
                Place.PUT,
                Place.BEGIN,
                Place.PART,
                Place.PART,
                Place.COMPLETE,
                Place.COMPLETE,
                Place.SWEEP,
                Place.ABORT,
                Place.ANY);
    }

    @Override
    void begin() throws Exception {
        store().plant(THEIRS, gzip(bytes("theirs\n")), Map.of("heritage", "others"));
        store().plant(NOBODYS, gzip(bytes("nobody's\n")), Map.of());
        noiseFile();
        good(0, 1_000);
        sidecarThatRuns();
        await("the first backup", () -> store().objects().size() == 3);
        awaitSweep();
    }

    @Override
    void step(int number, Disturbance what) throws Exception {
        for (int i = what.place() == Place.SWEEP ? 5 : random().nextInt(4); i > 0; i--) {
            plant(number * 5 + i);
        }
        int size = isLarge(what.place()) || random().nextInt(4) == 0
                ? 5_500_000 + random().nextInt(9_000_000)
                : random().nextInt(900_000);
        switch (what.kind()) {
            case CHILD_FAILS -> bad(number, size, "exit 3");
            case CHILD_KILLED -> bad(number, size, "kill -9 $$");
            case NO_OUTPUT -> script("echo 'no such database' >&2");
            case KILL_SOON, STOP_SOON -> {
                if (random().nextBoolean()) {
                    bad(number, size, "sleep 60");
                } else {
                    good(number, size);
                }
            }
            default -> good(number, size);
        }
        sidecarThatRuns();
        CompletableFuture<HttpResponse<String>> backup = backup();
        disturb(what, backup);
        answer(backup);
    }

    private static boolean isLarge(Place place) {
        return place == Place.PART || place == Place.COMPLETE || place == Place.BEGIN || place == Place.ABORT;
    }

    private void answer(CompletableFuture<HttpResponse<String>> backup) throws Exception {
        try {
            HttpResponse<String> answer = backup.get();
            if (answer.statusCode() == 200) {
                tally().count("(dumps that succeeded)");
                promised.add(io.mgnlbackup.testing.SidecarProcess.json(answer)
                        .get("name")
                        .asText());
            } else {
                tally().count("(dumps that failed)");
            }
        } catch (ExecutionException e) {
            tally().count("(dumps that got no answer)"); // the sidecar is gone
        }
    }

    private static String line(int number, int size) {
        return "dump " + number + " of " + size;
    }

    private void good(int number, int size) throws IOException {
        script("echo '" + line(number, size) + "'; head -c " + size + " " + noiseFile() + "; echo 'end " + number
                + "'");
        wellDone.put(line(number, size), size);
    }

    private void bad(int number, int size, String end) throws IOException {
        script("echo '" + line(number, size) + "'; head -c " + size + " " + noiseFile() + "; " + end);
    }

    private void plant(int number) throws IOException {
        LocalDateTime time = past(number);
        String ulid = UlidCreator.getUlid(time.toInstant(ZoneOffset.UTC).toEpochMilli())
                .toString();
        promised.add(stamp(time) + SUFFIX);
        store().plant(stamp(time) + SUFFIX, gzip(bytes("planted\n")), ours(Map.of("ulid", ulid)));
    }

    // --- what must hold ---

    @Override
    void check(String when) throws IOException {
        SortedMap<String, String> now = store().objects();
        assertThat(now.keySet()).as("what is not ours stays, " + when).contains(THEIRS, NOBODYS);
        boolean news = OutsideView.lookAtChanges(before, now, name -> !isPlanted(name, when));
        checkDeletions(now, news, when);
        before = now;
    }

    /** Whether it is one that we planted; fails when it is not whole. */
    private boolean isPlanted(String name, String when) throws IOException {
        try (InputStream dump = new GZIPInputStream(store().open(name))) {
            String first = line(dump);
            if (first.equals("planted") || first.equals("theirs") || first.equals("nobody's")) {
                return true;
            }
            Optional<Integer> done = Optional.ofNullable(wellDone.get(first));
            assertThat(done)
                    .as("'%s' is of the dump '%s', which ended well, %s", name, first, when)
                    .isPresent();
            int size = done.orElseThrow();
            byte[] end = bytes("end " + first.split(" ", -1)[1] + "\n");
            byte[] content = dump.readNBytes(size + end.length + 1);
            assertThat(content.length == size + end.length
                            && Arrays.equals(content, 0, size, noise(), 0, size)
                            && Arrays.equals(content, size, content.length, end, 0, end.length))
                    .as("'%s' holds all of '%s' and nothing else, %s", name, first, when)
                    .isTrue();
            tally().count("(objects read)");
            return false;
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw new AssertionError("'" + name + "' is not whole " + when + ": " + e, e);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("it ends in its first line: '" + line + "'");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    private void checkDeletions(SortedMap<String, String> now, boolean news, String when) {
        Set<String> all = new HashSet<>(before.keySet());
        all.addAll(now.keySet());
        all.addAll(promised);
        all.removeAll(Set.of(THEIRS, NOBODYS));
        Set<String> kept = KEPT.of(all);
        if (news) {
            all.stream().filter(name -> !kept.contains(name)).forEach(mayGo::add);
        }
        Set<String> gone = new HashSet<>(before.keySet());
        gone.addAll(promised);
        gone.removeAll(now.keySet());
        tally().count("(objects deleted)", gone.size());
        assertThat(mayGo)
                .as(
                        "only what retention does not keep is deleted, and only when there is a new backup, %s; there are %s",
                        when, now.keySet())
                .containsAll(gone);
        promised.clear();
    }

    @Override
    void settle() throws Exception {
        good(100_000, 1_000);
        HttpResponse<String> answer = backup().get();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Set<String> there = new HashSet<>(store().objects().keySet());
        there.removeAll(Set.of(THEIRS, NOBODYS));
        assertThat(there).as("what retention keeps, and nothing else").isEqualTo(KEPT.of(there));
    }
}
