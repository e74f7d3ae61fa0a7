package io.mgnlbackup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A PostgreSQL that archives its WAL with our own script into a folder which a sidecar watches. */
public final class ArchivingServer implements AutoCloseable {

    private final Path folder = PostgresServer.sharedFolder();
    private final Path script;
    private final PostgresServer server;

    /** Starts it with segments of the usual size. */
    public ArchivingServer() {
        this(16);
    }

    /** Starts it. */
    public ArchivingServer(int segmentMebibytes) {
        try {
            for (Path shared : List.of(sync(), kept())) {
                Files.createDirectory(shared);
                Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
            }
            script = Files.copy(Path.of("script/archive-wal"), folder.resolve("archive-wal"));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = PostgresServer.start(settings(), segmentMebibytes);
    }

    /** What makes a server archive into the folder; for one that was restored as well. */
    public Map<String, String> settings() {
        return Map.of(
                "archive_mode",
                "on",
                "archive_command",
                "cp \"%p\" " + kept() + "/\"%f\" && " + script + " \"%p\" \"%f\" " + sync(),
                "track_commit_timestamp",
                "on",
                "max_wal_senders",
                "5");
    }

    /** The archive folder. */
    public Path sync() {
        return folder.resolve("sync");
    }

    /** Copies of all that was ever archived, for comparison. */
    public Path kept() {
        return folder.resolve("kept");
    }

    /** The server. */
    public PostgresServer postgres() {
        return server;
    }

    /** Settings of a sidecar in WAL mode that backs it up, and takes base backups only when it is asked or has none. */
    public Map<String, String> sidecar(Map<String, String> store) {
        Map<String, String> settings = new HashMap<>(store);
        settings.put("USE_PG_WAL", "true");
        settings.put("SYNC_DIR", sync().toString());
        settings.put("CRON", "0 0 29 2 *");
        settings.put("PREFIX", "test");
        settings.put("HERITAGE", "tests");
        settings.put("GZIP_LEVEL", "1");
        server.environment().forEach((name, value) -> settings.put("=" + name, value));
        settings.put("=PATH", Path.of(server.program("psql")).getParent() + ":" + System.getenv("PATH"));
        return settings;
    }

    /** Ends the segment that is being written, so that it is archived. */
    public void switchSegment() {
        server.psql("postgres", "SELECT pg_switch_wal()");
    }

    /** Whether PostgreSQL has nothing left to archive and the sidecar nothing left to take. */
    public boolean drained() {
        String ready =
                server.psql("postgres", "SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'");
        try (var files = Files.list(sync())) {
            return ready.equals("0") && files.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        Folder.delete(folder);
    }
}
