package io.mgnlbackup.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real MariaDB in a temporary folder; see {@link PostgresServer}. The programs that back up MySQL work with it the same way: {@code
 * mysqldump} is there under both its names.
 */
public final class MariaDbServer implements AutoCloseable {

    /** The user, who may do everything. */
    public static final String USER = "backup";

    /** What is in the password, and must not be in any log, answer or metric. */
    public static final String SECRET_WORD = "S3cretMaria4Kx";

    /** The user's password. */
    public static final String PASSWORD = "m@" + SECRET_WORD + "%/";

    private static final String ACCOUNT = "mysql";
    private static @Nullable MariaDbServer shared;

    private final Path folder = Daemon.folder("mgnlbackup-my-", ACCOUNT);
    private final int port = FreePort.find();
    private @Nullable Daemon daemon;

    private MariaDbServer() {}

    /** The server that the tests of this JVM share; it ends with the JVM. Use a database of your own, and do not stop it. */
    public static synchronized MariaDbServer shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** A new server. */
    public static MariaDbServer start() {
        program("mariadbd");
        MariaDbServer server = new MariaDbServer();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-mariadb"));
        server.initialize();
        server.restart();
        return server;
    }

    private void initialize() {
        Tool.of(Daemon.as(
                        ACCOUNT,
                        List.of(
                                program("mariadb-install-db"),
                                "--no-defaults",
                                "--datadir=" + data(),
                                "--auth-root-authentication-method=normal",
                                "--skip-test-db")))
                .run();
    }

    /** Starts the server again after {@link #stop} or {@link #kill}; it has recovered when this returns. */
    public synchronized void restart() {
        Daemon started = Daemon.start(ACCOUNT, "KILL", log(), serverCommand());
        daemon = started;
        started.awaitReady(this::answers);
    }

    private List<String> serverCommand() {
        List<String> command = new ArrayList<>(List.of(program("mariadbd"), "--no-defaults"));
        command.add("--datadir=" + data());
        command.add("--socket=" + folder.resolve("s"));
        command.add("--pid-file=" + folder.resolve("pid"));
        command.add("--init-file=" + TestFiles.write(folder.resolve("init.sql"), accounts()));
        command.add("--port=" + port);
        command.addAll(List.of("--bind-address=127.0.0.1", "--skip-name-resolve", "--character-set-server=utf8mb4"));
        command.addAll(
                List.of("--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=64M", "--skip-log-bin"));
        return command;
    }

    // The server reads one statement a line.
    private static String accounts() {
        String identified = "IDENTIFIED BY '" + PASSWORD + "'";
        return "CREATE USER IF NOT EXISTS '" + USER + "'@'%' " + identified + ";\n"
                + "GRANT ALL ON *.* TO '" + USER + "'@'%' WITH GRANT OPTION;\n"
                + "ALTER USER root@localhost " + identified + ";\n";
    }

    private boolean answers() {
        try {
            sql("mysql", "SELECT 1");
            return true;
        } catch (IllegalStateException e) {
            return false; // not yet; the user may not even be there
        }
    }

    /** Stops in good order. */
    public synchronized void stop() {
        end("TERM");
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
        end("KILL");
        TestFiles.delete(folder);
    }

    public int port() {
        return port;
    }

    /** The data directory. */
    public Path data() {
        return folder.resolve("data");
    }

    /** What the server says. */
    public Path log() {
        return folder.resolve("server.log");
    }

    /** The path of one of MariaDB's programs, {@code mariadb-dump} for example. */
    public static String program(String name) {
        return Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() -> new IllegalStateException(
                        "MariaDB binaries not found: apt-get install mariadb-server mariadb-client"));
    }

    /** The arguments with which MariaDB's programs connect; the password comes from {@link #environment}. */
    public List<String> connection() {
        return List.of("--no-defaults", "--protocol=TCP", "--host=127.0.0.1", "--port=" + port, "--user=" + USER);
    }

    /** What MariaDB's programs need to know the password. */
    public Map<String, String> environment() {
        return Map.of("MYSQL_PWD", PASSWORD);
    }

    /** An empty database. */
    public void createDatabase(String name) {
        sql("mysql", "CREATE DATABASE `" + name + "`");
    }

    /** Deletes a database. */
    public void dropDatabase(String name) {
        sql("mysql", "DROP DATABASE IF EXISTS `" + name + "`");
    }

    /** Runs statements. Rows come back as lines, with tabs between their values. */
    public String sql(String database, String statements) {
        return client(database).input(statements).run();
    }

    /** Runs a file of statements, a dump for example. */
    public void restore(String database, Path statements) {
        client(database).input(statements).run();
    }

    private Tool client(String database) {
        List<String> command = new ArrayList<>(List.of(program("mariadb")));
        command.addAll(connection());
        command.addAll(List.of("--batch", "--skip-column-names", "--raw", "--default-character-set=utf8mb4", database));
        return Tool.of(command).environment(environment());
    }

    /** Adds a table {@code events}, with which a plain dump grows by about so many MB (10^6 bytes). */
    public void loadEvents(String database, int megabytes) {
        sql(database, "SET @megabytes = " + megabytes + ";\n" + TestFiles.sql("events-mariadb.sql"));
    }

    /** What is in a database. */
    public Fingerprint fingerprint(String database) {
        String queries = sql(database, TestFiles.sql("fingerprint-mariadb.sql"));
        return Fingerprint.parse(sql(database, "SET group_concat_max_len = 4294967295;\n" + queries));
    }
}
