package io.mgnlbackup.route;

import io.mgnlbackup.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which route files are loaded: the built-in ones that a job needs, each replaced by the user's of the same name, and the user's own. */
public final class RouteFiles {

    /** The end of the name of a route file. */
    public static final String SUFFIX = ".camel.yaml";

    /** Every built-in file, loaded or not. */
    public static final Set<String> BUILT_IN = Set.of(
            "backup",
            "basebackup",
            "bundle",
            "dump",
            "errors",
            "http",
            "retention",
            "schedule",
            "store-gcs",
            "store-local",
            "store-s3",
            "verify",
            "wal");

    private final Optional<Path> usersDir;

    /** Files of a folder, if there is one, come before the built-in ones. */
    public RouteFiles(Optional<Path> usersDir) {
        this.usersDir = usersDir;
    }

    /**
     * The resources to load, as Camel names them.
     *
     * @param names of the built-in files that the job needs, without their end
     * @throws Problem when the user's folder cannot be read
     */
    public List<String> forJob(List<String> names) {
        List<String> resources = new ArrayList<>();
        for (String name : names) {
            resources.add(usersFile(name).map(RouteFiles::resource).orElse("classpath:routes/" + name + SUFFIX));
        }
        additions().stream().map(RouteFiles::resource).forEach(resources::add);
        return resources;
    }

    private Optional<Path> usersFile(String name) {
        return usersDir.map(dir -> dir.resolve(name + SUFFIX)).filter(Files::isRegularFile);
    }

    private List<Path> additions() {
        if (usersDir.isEmpty()) {
            return List.of();
        }
        Set<String> builtIn = BUILT_IN.stream().map(name -> name + SUFFIX).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(usersDir.get())) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .filter(file -> !builtIn.contains(file.getFileName().toString()))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "cannot read the routes folder '" + usersDir.get() + "': " + e,
                    "check MGNLBACKUP_ROUTES_DIR and the rights of the folder",
                    null,
                    e);
        }
    }

    private static String resource(Path file) {
        return "file:" + file.toAbsolutePath();
    }
}
