package io.mgnlbackup.docs;

import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.SidecarProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sidecars with the settings that pages show; each has taken its first backup, into a folder of its own unless told another store. */
final class PageSidecars implements AutoCloseable {

    private final Path folder;
    private final List<SidecarProcess> running = new ArrayList<>();

    /** The keys of {@link S3Server}. */
    static Map<String, String> storeKeys() {
        return Map.of(
                "MGNLBACKUP_S3_ACCESSKEY", S3Server.ACCESS_KEY, "MGNLBACKUP_S3_SECRETKEY", S3Server.SECRET_KEY.value());
    }

    PageSidecars(Path folder) {
        this.folder = folder;
    }

    /** Starts one with variables under their full names, and waits for the backup that it takes at its start. */
    SidecarProcess start(Map<String, String> variables) {
        try {
            Path own = Files.createDirectories(folder.resolve("sidecar-" + running.size()));
            Map<String, String> settings = new HashMap<>();
            settings.put("CRON", "0 0 29 2 *");
            if (!variables.containsKey("MGNLBACKUP_HERITAGE")) { // else the page says all that it wants said
                settings.put("PREFIX", "shop");
                settings.put("HERITAGE", "shop");
            }
            if (!variables.containsKey("MGNLBACKUP_BUCKET")) {
                settings.put("FILE_DIR", own.resolve("store").toString());
            }
            variables.forEach((name, value) -> settings.put(
                    name.startsWith("MGNLBACKUP_") ? name.substring("MGNLBACKUP_".length()) : "=" + name, value));
            settings.remove("ADDRESS");
            SidecarProcess sidecar = SidecarProcess.start(own, settings);
            running.add(sidecar);
            sidecar.await("the backup at start", () -> sidecar.list().stream().anyMatch(entry -> entry.has("name")));
            return sidecar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SidecarProcess get(int index) {
        return running.get(index);
    }

    @Override
    public void close() {
        running.forEach(SidecarProcess::close);
    }
}
