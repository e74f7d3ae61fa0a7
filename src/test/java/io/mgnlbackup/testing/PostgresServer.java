package io.mgnlbackup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL in a temporary folder, for a test to fill, back up and kill.
 *
 * <p>It listens on a free port of 127.0.0.1 and asks for a password. {@link #shared} is one for all tests of a JVM, which take a database
 * each; a test that stops or configures a server starts its own.
 */
public final class PostgresServer implements AutoCloseable {

    /** The superuser. */
    public static final String USER = "backup";

    /** What is in every spelling of the password, and must not be in any log, answer or metric. */
    public static final String SECRET_WORD = "S3cretPg7Yq2";

    /** The superuser's password; in a URI it is spelled differently. */
    public static final String PASSWORD = "p@" + SECRET_WORD + "/%";

    private static final String ACCOUNT = "postgres";

    /** What initdb chooses unless told otherwise. */
    private static final int SEGMENT_MEBIBYTES = 16;

    private static @Nullable PostgresServer shared;

    private final Path bin = PostgresPrograms.folder();
    private final Path folder = Daemon.folder("mgnlbackup-pg-", ACCOUNT);
    private final int port = FreePort.find();
    private final List<String> settings;
    private final Path data;
    private @Nullable Daemon daemon;

    private PostgresServer(Map<String, String> more) {
        this(more, null);
    }

    private PostgresServer(Map<String, String> more, @Nullable Path restored) {
        data = restored == null ? folder.resolve("data") : restored;
        List<String> lines = new ArrayList<>(List.of(
                "listen_addresses = '127.0.0.1'",
                "port = " + port,
                "unix_socket_directories = '" + folder + "'",
                "wal_level = replica",
                "fsync = off",
                "shared_buffers = 64MB",
                "max_wal_size = 2GB"));
        more.forEach((name, value) -> lines.add(name + " = '" + value.replace("'", "''") + "'"));
        settings = List.copyOf(lines);
    }

    /** The server that the tests of this JVM share; it ends with the JVM. Use a database of your own, and do not stop it. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** A new server. */
    public static PostgresServer start() {
        return start(Map.of());
    }

    /** A new server with more lines in its {@code postgresql.conf}. */
    public static PostgresServer start(Map<String, String> settings) {
        return start(settings, SEGMENT_MEBIBYTES);
    }

    /** The same with WAL segments of another size. */
    public static PostgresServer start(Map<String, String> settings, int segmentMebibytes) {
        PostgresServer server = new PostgresServer(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-postgres"));
        server.initialize(segmentMebibytes);
        server.restart();
        return server;
    }

    private void initialize(int segmentMebibytes) {
        try {
            Path password = Files.writeString(folder.resolve("password"), PASSWORD);
            Tool.of(Daemon.as(
                            ACCOUNT,
                            List.of(
                                    program("initdb"),
                                    "--pgdata=" + data(),
                                    "--username=" + USER,
                                    "--pwfile=" + password,
                                    "--auth=scram-sha-256",
                                    "--encoding=UTF8",
                                    "--locale=C.UTF-8",
                                    "--wal-segsize=" + segmentMebibytes,
                                    "--no-sync")))
                    .run();
            configure();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure() {
        try {
            Path conf = data().resolve("postgresql.conf");
            Files.writeString(conf, Files.readString(conf) + "\n" + String.join("\n", settings) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the server again after {@link #stop} or {@link #kill}; it has recovered when this returns. */
    public synchronized void restart() {
        Daemon started = Daemon.start(ACCOUNT, "QUIT", log(), List.of(program("postgres"), "-D", data().toString()));
        daemon = started;
        started.awaitReady(() -> postmasterSaysReady(started.pid()));
    }

    // The last line of postmaster.pid, as pg_ctl reads it (src/include/utils/pidfile.h); the first one is the process
    // id.
    private boolean postmasterSaysReady(long pid) {
        try {
            List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
            return lines.size() >= 8
                    && lines.get(0).equals(Long.toString(pid))
                    && lines.get(7).strip().equals("ready");
        } catch (IOException e) {
            return false; // not written yet
        }
    }

    /** Stops in good order: clients are disconnected, transactions rolled back. */
    public synchronized void stop() {
        end("INT");
    }

    /** Kills it, as the kernel does when memory runs out. */
    public synchronized void kill() {
        end("KILL");
    }

    private void end(String signal) {
        if (daemon != null) {
            daemon.end(signal);
            daemon = null;
        }
    }

    /** Ends it and deletes its folder. */
    @Override
    public synchronized void close() {
        end("QUIT");
        TestFiles.delete(folder);
    }

    public int port() {
        return port;
    }

    /** The data directory. */
    public Path data() {
        return data;
    }

    /** A folder that the account of the servers owns, empty, for something to be restored into. */
    public static Path emptyFolder() {
        return Daemon.folder("mgnlbackup-restored-", ACCOUNT);
    }

    /** A folder that the account of the servers and the sidecar may write to. */
    public static Path sharedFolder() {
        Path shared = Daemon.folder("mgnlbackup-sync-", ACCOUNT);
        try {
            Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return shared;
    }

    /**
     * A server on a data directory that somebody restored from one of these servers; it has come to its end of recovery when this returns.
     *
     * @param more lines for its {@code postgresql.conf}
     */
    public static PostgresServer onRestored(Path data, Map<String, String> more) {
        PostgresServer server = new PostgresServer(more, data);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-postgres"));
        Tool.of(Daemon.as(ACCOUNT, List.of("chmod", "0700", data.toString()))).run();
        server.configure();
        server.restart();
        return server;
    }

    /** What the server says. */
    public Path log() {
        return folder.resolve("server.log");
    }

    /** The path of one of PostgreSQL's programs, {@code pg_dump} for example, of the server's own version. */
    public String program(String name) {
        return bin.resolve(name).toString();
    }

    /** The folder of PostgreSQL's programs. */
    public Path programs() {
        return bin;
    }

    /** A connection URI with the user and the password in it. */
    public String uri(String database) {
        return "postgresql://" + USER + ":" + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8) + "@127.0.0.1:" + port
                + "/" + database;
    }

    /** What PostgreSQL's programs need to connect. */
    public Map<String, String> environment() {
        return Map.of("PGHOST", "127.0.0.1", "PGPORT", Integer.toString(port), "PGUSER", USER, "PGPASSWORD", PASSWORD);
    }

    /** An empty database. */
    public void createDatabase(String name) {
        psql("postgres", "CREATE DATABASE \"" + name + "\"");
    }

    /** Deletes a database, even one in use. */
    public void dropDatabase(String name) {
        psql("postgres", "DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
    }

    /** Runs statements through psql, which stops at the first error. Rows come back as lines, with {@code |} between their values. */
    public String psql(String database, String sql) {
        return client(database).input(sql).run();
    }

    /** Runs a file of statements, a dump for example, through psql, which stops at the first error. */
    public void restore(String database, Path sql) {
        client(database).input(sql).run();
    }

    private Tool client(String database) {
        return Tool.of(program("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database)
                .environment(environment())
                .environment(Map.of("PGCLIENTENCODING", "UTF8", "PGOPTIONS", "-c client_min_messages=warning"));
    }

    /** Puts a small shop into a database: a few thousand rows with everything that is hard to dump. */
    public void loadShop(String database) {
        psql(database, TestFiles.sql("shop.sql"));
    }

    /** Adds a table {@code events}, with which a plain dump grows by about so many MB (10^6 bytes); gzip makes it 3 to 4 times smaller. */
    public void loadEvents(String database, int megabytes) {
        psql(database, "\\set megabytes " + megabytes + "\n" + TestFiles.sql("events.sql"));
    }

    /** What is in a database. */
    public Fingerprint fingerprint(String database) {
        return Fingerprint.parse(psql(database, TestFiles.sql("fingerprint.sql")));
    }
}
