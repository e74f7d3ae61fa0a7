package io.mgnlbackup.format;

import io.mgnlbackup.postgres.WalFileName;
import io.mgnlbackup.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** The object of an archived WAL file: a compressed archive with the file in it. */
public final class PackedWalFile {

    private PackedWalFile() {}

    /** Takes the file. */
    public interface Sink {

        /** Where the file of this name and length is to be written to; closed afterwards. */
        OutputStream open(String file, long bytes) throws IOException;
    }

    /**
     * Unpacks the file.
     *
     * @param expected with the sum of the file
     * @throws FormatException when it is damaged, or another file
     */
    public static void read(InputStream stored, Expected expected, Sink sink) throws IOException {
        String name = expected.name();
        Optional<String> sha256 = expected.sha256();
        boolean[] found = new boolean[1];
        TarGz.read(stored, new Expected(name, Optional.empty(), expected.sealed()), (entry, content) -> {
            String file = entry.getName();
            if (WalFileName.of(file).kind() == WalFileName.Kind.OTHER) {
                throw new FormatException("'" + name + "' holds '" + file + "', which is no WAL file");
            }
            MessageDigest digest = Sha256.begin();
            try (OutputStream out = sink.open(file, entry.getSize())) {
                new DigestInputStream(content, digest).transferTo(out);
            }
            if (sha256.isPresent() && !Sha256.end(digest).equals(sha256.get())) {
                throw new FormatException(
                        "'" + file + "' in '" + name + "' is not what was archived: its SHA-256 is wrong");
            }
            found[0] = true;
        });
        if (!found[0]) {
            throw new FormatException("'" + name + "' holds no file");
        }
    }
}
