package io.mgnlbackup.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Picks PostgreSQL's client programs of the major version that fits the server, where several are installed in Debian's layout:
 * {@code /usr/lib/postgresql/<major>/bin}.
 */
public final class PostgresClients {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresClients.class);

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    /** What Debian has in the place of the programs: it chooses by the clusters of this machine. */
    private static final String DEBIANS_WRAPPER = "pg_wrapper";

    private static final Set<String> PROGRAMS = Set.of("pg_dump", "pg_dumpall", "pg_basebackup");

    /** For one question; two are asked at most. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Path root;
    private final UnaryOperator<String> mask;

    /** Those of this machine; secrets are masked in what {@code psql} says. */
    public PostgresClients(UnaryOperator<String> mask) {
        this(DEBIAN, mask);
    }

    /** Those below another folder. */
    PostgresClients(Path root, UnaryOperator<String> mask) {
        this.root = root;
        this.mask = mask;
    }

    /**
     * The same command with the folder of the programs that fit the server first in its PATH. A command with a path, a program of the user's
     * own that stands in PATH, and a machine with one version stay as they are.
     */
    public DumpCommand fitting(DumpCommand command) {
        if (!PROGRAMS.contains(command.executable()) || isUsersOwn(command)) {
            return command;
        }
        NavigableSet<Integer> majors = majors(command.executable());
        if (majors.size() < 2) {
            return command;
        }
        OptionalInt server = server(in(majors.last(), command));
        int chosen = PostgresMajors.choose(majors, server);
        if (server.isEmpty()) {
            LOG.warn("the server cannot be asked for its version; running {} of PostgreSQL {}", command, chosen);
        } else {
            LOG.debug("the server is PostgreSQL {}; running {} of PostgreSQL {}", server.getAsInt(), command, chosen);
        }
        return in(chosen, command);
    }

    private boolean isUsersOwn(DumpCommand command) {
        return ChildProcess.find(command)
                .map(Path::of)
                .filter(program -> !isPackaged(program))
                .isPresent();
    }

    private boolean isPackaged(Path program) {
        try {
            Path real = program.toRealPath();
            return real.startsWith(root.toRealPath()) || real.endsWith(DEBIANS_WRAPPER);
        } catch (IOException e) {
            LOG.debug("cannot follow '{}'", program, e);
            return false;
        }
    }

    private NavigableSet<Integer> majors(String program) {
        NavigableSet<Integer> majors = new TreeSet<>();
        if (!Files.isDirectory(root)) {
            return majors;
        }
        try (Stream<Path> folders = Files.list(root)) {
            folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("\\d{1,4}"))
                    .map(Integer::valueOf)
                    .filter(major -> Files.isExecutable(folder(major).resolve(program)))
                    .forEach(majors::add);
        } catch (IOException e) {
            LOG.warn("cannot look for PostgreSQL's programs in '{}': {}", root, e.toString());
        }
        return majors;
    }

    private Path folder(int major) {
        return root.resolve(Integer.toString(major)).resolve("bin");
    }

    private DumpCommand in(int major, DumpCommand command) {
        Map<String, String> environment = new HashMap<>(command.environment());
        String path = environment.getOrDefault("PATH", ChildProcess.USUAL_PATH);
        environment.put("PATH", folder(major) + File.pathSeparator + path);
        return new DumpCommand(command.executable(), command.arguments(), environment, command.timeout());
    }

    /** Asks with the database of the arguments first, then with the one that every cluster has. */
    private OptionalInt server(DumpCommand command) {
        PostgresConnection connection = PostgresConnection.of(command.executable(), command.arguments());
        Map<String, String> environment = new HashMap<>(command.environment());
        environment.put("PGCONNECT_TIMEOUT", Long.toString(LIMIT.toSeconds()));
        boolean named = connection.database().isPresent();
        if (named || command.executable().equals("pg_dump")) {
            OptionalInt answer = ask(connection.words(), connection.database(), environment);
            if (answer.isPresent()) {
                return answer;
            }
        }
        environment.put("PGDATABASE", "postgres");
        return ask(
                connection.words(),
                connection.isConnectionString() ? connection.database() : Optional.empty(),
                environment);
    }

    private OptionalInt ask(List<String> connection, Optional<String> database, Map<String, String> environment) {
        List<String> words = new ArrayList<>(List.of("--no-psqlrc", "--no-align", "--tuples-only", "--no-password"));
        words.addAll(connection);
        database.ifPresent(text -> words.add("--dbname=" + text));
        words.add("--command=SHOW server_version_num");
        try {
            return PostgresMajors.of(ShortAnswer.of(new DumpCommand("psql", words, environment, LIMIT), mask));
        } catch (IOException e) {
            LOG.debug("the server cannot be asked for its version", e);
            return OptionalInt.empty();
        }
    }
}
