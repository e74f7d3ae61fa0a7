package io.mgnlbackup.faults;

import io.mgnlbackup.testing.WalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The WAL that a pretended PostgreSQL has handed over: segments with numbers that follow each other. */
final class HandedOver {

    private final Path folder;
    private final SplittableRandom random;
    private final TreeSet<Integer> handed = new TreeSet<>();
    private final Set<Integer> half = new HashSet<>();
    private int next;

    /**
     * Nothing yet.
     *
     * @param folder that the sidecar takes it from
     * @param first number
     * @param random chooses what is handed over again, and how much of a half
     */
    HandedOver(Path folder, int first, SplittableRandom random) {
        this.folder = folder;
        this.next = first;
        this.random = random;
    }

    Path folder() {
        return folder;
    }

    /** The number of the one that comes next. */
    int next() {
        return next;
    }

    /** The numbers of all that were handed over whole. */
    SortedSet<Integer> handed() {
        return handed;
    }

    /** The numbers of those that are not whole yet. */
    Set<Integer> half() {
        return half;
    }

    Path file(int segment) {
        return folder.resolve(name(segment));
    }

    /** Of those that were handed over whole, the ones that are still there. */
    Set<Integer> inTheFolder() {
        return handed.stream().filter(segment -> Files.exists(file(segment))).collect(Collectors.toSet());
    }

    /** As script/archive-wal does. */
    void handOver() throws IOException {
        put(next);
        handed.add(next++);
    }

    private void put(int segment) throws IOException {
        Path file = Files.write(folder.resolve("." + name(segment) + ".tmp"), segment(segment));
        Files.move(file, file(segment), StandardCopyOption.ATOMIC_MOVE);
    }

    /** As PostgreSQL does after a crash: it does not know that the file was taken. */
    void handOverAgain() throws IOException {
        put(handed.last() - random.nextInt(Math.min(3, handed.size())));
    }

    /** As a copy that takes its time, or was interrupted. */
    void handOverHalf() throws IOException {
        Files.write(file(next), Arrays.copyOf(segment(next), 300_000 + random.nextInt(700_000)));
        half.add(next++);
    }

    void finishHalves() throws IOException {
        for (int segment : half) {
            Path file = file(segment);
            int there = (int) Files.size(file);
            byte[] whole = segment(segment);
            Files.write(file, Arrays.copyOfRange(whole, there, whole.length), StandardOpenOption.APPEND);
            handed.add(segment);
        }
        half.clear();
    }

    /** How many files wait, half ones too. */
    int waiting() {
        String[] names = folder.toFile().list((in, name) -> !name.startsWith("."));
        return names == null ? 0 : names.length;
    }

    static String name(int segment) {
        return "00000001%08X%08X".formatted(segment / 4096, segment % 4096);
    }

    static int number(String name) {
        return Integer.parseInt(name.substring(8, 16), 16) * 4096 + Integer.parseInt(name.substring(16), 16);
    }

    static byte[] segment(int number) {
        return WalFiles.segment(name(number), WalFiles.SYSTEM, number);
    }
}
