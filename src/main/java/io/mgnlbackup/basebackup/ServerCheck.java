package io.mgnlbackup.basebackup;

import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.process.DumpCommand;
import io.mgnlbackup.process.DumpException;
import io.mgnlbackup.process.ShortAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server, with {@code psql}, whether a base backup of it can work, so that the reason is told before anything has begun. What cannot
 * be asked is left to {@code pg_basebackup}.
 */
public final class ServerCheck {

    private static final Logger LOG = LoggerFactory.getLogger(ServerCheck.class);

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Pattern CONNECTION =
            Pattern.compile("(-[hpU]|--host|--port|--username)(=?.*)", Pattern.DOTALL);

    private static final Pattern MAJOR = Pattern.compile("\\) (\\d+)(\\.(\\d+))?");

    private static final String FACTS = "SELECT current_setting('server_version_num'), current_setting('archive_mode'),"
            + " (SELECT count(*) FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global'))";

    private final UnaryOperator<String> mask;

    /** A check whose errors show no secrets. */
    public ServerCheck(UnaryOperator<String> mask) {
        this.mask = mask;
    }

    /** Throws {@link Problem} when the program cannot take a base backup of the server that these arguments and variables name. */
    void run(String program, List<String> arguments, Map<String, String> environment) {
        if (arguments.stream().anyMatch(word -> word.startsWith("-d") || word.startsWith("--dbname"))) {
            return; // a connection string of the user's own, which psql would read differently
        }
        List<String> connection = connection(arguments);
        ask("psql", with(connection, "--dbname=replication=true", "--command=IDENTIFY_SYSTEM"), environment, true);
        Optional<String> facts =
                ask("psql", with(connection, "--dbname=postgres", "--command=" + FACTS), environment, false);
        Optional<String> client = ask(program, List.of("--version"), environment, false);
        facts.map(line -> line.strip().split("\\|", -1))
                .filter(fields -> fields.length == 3)
                .ifPresent(fields -> judge(fields, client));
    }

    private static void judge(String[] fields, Optional<String> client) {
        if (fields[1].equals("off")) {
            throw cannot(
                    "archive_mode of the server is off, so the WAL that makes a base backup consistent is not archived",
                    "set archive_mode = on and archive_command, and restart the server: see docs/wal.md");
        }
        if (!fields[2].equals("0")) {
            throw cannot(
                    "the cluster has " + fields[2]
                            + " tablespaces outside of its data directory, and only one can be streamed",
                    "move them into the data directory, or take dumps instead (unset MGNLBACKUP_USE_PG_WAL)");
        }
        int server = Integer.parseInt(fields[0]);
        client.flatMap(ServerCheck::version)
                .filter(version -> version < server / 100 * 100 && major(version) < major(server))
                .ifPresent(version -> {
                    throw cannot(
                            "pg_basebackup is of PostgreSQL " + text(version) + " and the server of " + text(server),
                            "install the client programs of PostgreSQL " + text(server));
                });
    }

    /** In the form of {@code server_version_num}. */
    private static Optional<Integer> version(String text) {
        Matcher matcher = MAJOR.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(matcher.group(1));
        int second = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        return Optional.of(first * 10_000 + (first < 10 ? second * 100 : second));
    }

    private static int major(int version) {
        return version >= 100_000 ? version / 10_000 * 100 : version / 100;
    }

    private static String text(int version) {
        return version >= 100_000 ? String.valueOf(version / 10_000) : version / 10_000 + "." + version / 100 % 100;
    }

    private static Problem cannot(String why, String hint) {
        return new Problem(Problem.Kind.FAILED, "cannot take a base backup: " + why, hint);
    }

    private static List<String> with(List<String> connection, String... more) {
        List<String> all = new ArrayList<>(List.of("--no-psqlrc", "--no-align", "--tuples-only", "--no-password"));
        all.addAll(connection);
        all.addAll(List.of(more));
        return all;
    }

    /** Those of pg_basebackup's arguments that psql understands the same way. */
    private static List<String> connection(List<String> arguments) {
        List<String> connection = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Matcher matcher = CONNECTION.matcher(arguments.get(i));
            if (matcher.matches()) {
                connection.add(arguments.get(i));
                if (matcher.group(2).isEmpty() && i + 1 < arguments.size()) {
                    connection.add(arguments.get(++i));
                }
            }
        }
        return connection;
    }

    /** What a program answers; empty when it cannot be asked, unless the answer is needed. */
    private Optional<String> ask(String program, List<String> words, Map<String, String> environment, boolean needed) {
        try {
            return Optional.of(ShortAnswer.of(new DumpCommand(program, words, environment, LIMIT), mask));
        } catch (DumpException e) {
            if (needed && e.kind() != DumpException.Kind.CANNOT_START) {
                throw new Problem(
                        Problem.Kind.FAILED,
                        "cannot take a base backup: the server does not let us replicate",
                        "check PGHOST, PGUSER and PGPASSWORD; the role needs REPLICATION, and pg_hba.conf a line for 'replication': see docs/wal.md",
                        e.stderrTail(),
                        e);
            }
            LOG.debug("'{}' cannot be asked", program, e);
            return Optional.empty();
        } catch (IOException e) {
            LOG.debug("'{}' cannot be asked", program, e);
            return Optional.empty();
        }
    }
}
