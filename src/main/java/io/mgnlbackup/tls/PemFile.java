package io.mgnlbackup.tls;

import io.mgnlbackup.config.SettingKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A PEM file, and the setting that names it, with which every message about it starts. */
record PemFile(SettingKey setting, Path path) {

    /** What a secret of Kubernetes can hold at most. */
    static final int MOST_BYTES = 1 << 20;

    /** Reads it as it is now; throws {@link PemException} when that does not work. */
    Pem read() throws PemException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw problem("is larger than 1 MiB");
            }
            return new Pem(this, bytes);
        } catch (IOException e) {
            throw problem("cannot be read (" + reason(e) + ")");
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        return e instanceof AccessDeniedException ? "no permission" : "not a readable file";
    }

    /** What is wrong with it, to be thrown: the words follow "the file '…'". */
    PemException problem(String why) {
        return new PemException(
                setting.variable() + ": the file '" + path + "' " + why + "; give " + setting.accepted());
    }
}
