package io.mgnlbackup.restore;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import io.mgnlbackup.fuzz.Tars;
import io.mgnlbackup.postgres.RecoverySettings.TargetAction;
import io.mgnlbackup.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** What a datasource and an archive make a restore do. */
public final class RestoreFuzz {

    private static final int MOST_ENTRIES = 8;

    private RestoreFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of(
                "boot-plan", RestoreFuzz::plan,
                "data-directory", RestoreFuzz::directory,
                "tar-entries", RestoreFuzz::entries);
    }

    /** A bundle is whole, or it is refused with a reason. */
    static void plan(byte[] input) {
        try {
            BootPlan plan = BootPlan.of(BootJob.read(input), TargetAction.PROMOTE);
            require(plan.diskBytes() >= 0, "room on a disk", plan.diskBytes());
            require(!plan.wal().isEmpty(), "with WAL");
            String settings = plan.recovery().applyTo("");
            require(settings.lines().noneMatch(String::isBlank), "settings", settings);
        } catch (Problem e) {
            require(e.getMessage().startsWith("the datasource is no "), "a reason", e.getMessage());
        }
    }

    private static final class World {

        private static final Path HOME = create();

        private static Path create() {
            try {
                Path home = Files.createTempDirectory("mgnlbackup-fuzz");
                Files.createDirectories(home.resolve("outside/kept"));
                Files.writeString(home.resolve("outside/file"), "kept");
                return home;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Names with a bar between them; a restore that ends, fails or is given up in the middle touches nothing but its own folder. */
    static void directory(byte[] input) throws IOException {
        Path home = World.HOME;
        Path folder = home.resolve("pgdata");
        Files.createDirectories(folder);
        try {
            DataDirectory directory = DataDirectory.open(folder);
            boolean done = fill(directory, Fuzzed.text(input).split("[|]", MOST_ENTRIES));
            if (!done) {
                directory.abandon();
                require(names(folder).isEmpty(), "is as empty as before", names(folder));
            }
        } finally {
            require(Files.exists(home.resolve("outside/kept")), "the world outside stays");
            require(Files.readString(home.resolve("outside/file")).equals("kept"), "the world outside stays");
            require(names(home).equals(List.of("outside", "pgdata")), "nothing is outside", names(home));
            delete(folder);
        }
    }

    private static boolean fill(DataDirectory directory, String[] names) throws IOException {
        try {
            for (String name : names) {
                if (name.endsWith("/")) {
                    directory.makeFolder(name);
                } else {
                    directory.write(name, new ByteArrayInputStream(new byte[] {1}));
                }
            }
            directory.commit();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return List.copyOf(new TreeSet<>(
                    entries.map(entry -> String.valueOf(entry.getFileName())).toList()));
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    /** A link or a device is refused, everything else is laid down as what it is. */
    static void entries(byte[] input) throws IOException {
        byte[] tar = Tars.withSums(input);
        Path folder = World.HOME.resolve("pgdata");
        Files.createDirectories(folder);
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            DataDirectory directory = DataDirectory.open(folder);
            int count = 0;
            for (TarArchiveEntry entry = in.getNextEntry();
                    entry != null && count < MOST_ENTRIES;
                    entry = in.getNextEntry()) {
                lay(directory, entry, in, folder);
                count++;
            }
            directory.abandon();
        } catch (IOException | IllegalArgumentException e) {
            require(e.getMessage() != null, "a reason");
        } finally {
            require(names(World.HOME).equals(List.of("outside", "pgdata")), "nothing is outside");
            delete(folder);
        }
    }

    private static void lay(DataDirectory directory, TarArchiveEntry entry, TarArchiveInputStream in, Path folder)
            throws IOException {
        BootJob.lay(directory, entry, in);
        boolean plain = entry.getLinkFlag() == '0' || entry.getLinkFlag() == 0 || entry.getLinkFlag() == '7';
        require(plain || entry.isDirectory(), "is no file and no folder", entry.getName(), entry.getLinkFlag());
        try (Stream<Path> tree = Files.walk(folder)) {
            require(
                    tree.allMatch(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                            || Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)),
                    "only files and folders");
        }
    }
}
