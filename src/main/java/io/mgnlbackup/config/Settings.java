package io.mgnlbackup.config;

import io.mgnlbackup.access.Users;
import io.mgnlbackup.store.Tags;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything that can be configured, checked.
 *
 * @param logLevel of our own log lines
 * @param wal of WAL mode; empty in dump mode
 * @param zone of the process (TZ, else UTC): days of the schedule and of retention
 * @param readOnly no dump, no WAL upload, no retention, no delete
 * @param ignoreHeritage list every heritage
 * @param routesDir a folder whose YAML files replace or add routes
 * @param limits what clients may take of the server
 * @param stopTimeout how long a running backup may go on after SIGTERM before it is aborted
 * @param environment what a child process gets, and what {@code $NAME} in arguments is expanded from
 */
public record Settings(
        Http http,
        LogLevel logLevel,
        ZoneId zone,
        Dump dump,
        Objects objects,
        Cycle cycle,
        Compression compression,
        StoreSettings store,
        Optional<Wal> wal,
        boolean readOnly,
        boolean ignoreHeritage,
        Optional<Path> routesDir,
        Limits limits,
        Duration stopTimeout,
        Map<String, String> environment) {

    /** Copies the environment. */
    public Settings {
        environment = Map.copyOf(environment);
    }

    /**
     * Where the sidecar answers.
     *
     * @param host empty for every interface
     * @param port 0 to 65535; 0 takes a free one
     * @param publicUrl how clients reach the sidecar, for links that it serves itself; without a slash at the end
     * @param users who may use the endpoints; nobody in it: everybody
     * @param usersFile where the users were read from, to be read again when it changes; empty: they stay
     * @param open whether everybody is meant to
     */
    public record Http(
            String host, int port, Optional<String> publicUrl, Users users, Optional<Path> usersFile, boolean open) {

        private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1");

        /** Whether others than this machine may use the endpoints without anybody having said that they should. */
        public boolean isExposed() {
            return !users.areRequired() && !open && !LOOPBACK.matcher(host).matches();
        }
    }

    /**
     * What clients may take of the server.
     *
     * @param maxConnections at a time, at least 1
     * @param maxDownloads of files and bundles at a time, at least 1
     * @param requestTimeout how long a client may take to send a request, and how long a connection may be idle
     * @param stallTimeout how long a client may take nothing of an answer
     */
    public record Limits(int maxConnections, int maxDownloads, Duration requestTimeout, Duration stallTimeout) {}

    /**
     * The dump command.
     *
     * @param command the program as given, looked up in PATH; absent: nothing can be dumped, as in read-only mode
     * @param arguments as given, not yet split and expanded: they may hold a password
     * @param cron when a dump is due, checked
     * @param timeout longest time of one dump
     */
    public record Dump(Optional<String> command, Secret arguments, String cron, Duration timeout) {}

    /**
     * What new objects are called and carry.
     *
     * @param prefix before the date; may contain slashes
     * @param heritage separates backup sets that share a bucket
     * @param tags the user's, from TAGS_NAME
     */
    public record Objects(String prefix, String heritage, Tags tags) {}

    /** How many days, ISO weeks and months keep backups (docs/configuration.md); all 0: everything is kept. */
    public record Cycle(int daily, int weekly, int monthly) {

        /** Reads {@code daily,weekly,monthly}; throws {@link IllegalArgumentException} saying what is wrong. */
        public static Cycle parse(String text) {
            return Retentions.parse(text);
        }
    }

    /**
     * The gzip step.
     *
     * @param level 1 (fast) to 9 (small)
     * @param threads that compress at the same time, at least 1
     */
    public record Compression(int level, int threads) {}

    /**
     * WAL mode.
     *
     * @param syncDir where archive_command puts WAL files; empty in read-only mode, which does not look there
     * @param uploads WAL files that are uploaded at the same time, at least 1
     */
    public record Wal(Optional<Path> syncDir, int uploads) {}

    /** What is told in the log, from little to everything. */
    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }
}
