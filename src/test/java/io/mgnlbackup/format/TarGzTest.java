package io.mgnlbackup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class TarGzTest {

    private static final int LONGER_THAN_ANY_NAME = 2 << 20;

    @Test
    void aNameThatIsAsLongAsTheArchiveIsNotHeldInMemory() throws IOException {
        byte[] stored = archiveOfAName(LONGER_THAN_ANY_NAME);

        assertThat(stored.length).isLessThan(LONGER_THAN_ANY_NAME / 100);
        assertThatThrownBy(() -> names(stored))
                .isInstanceOf(FormatException.class)
                .hasMessage("'x' is damaged: a header in it has no end");
    }

    @Test
    void aLongNameIsRead() throws IOException {
        String name = "folder/".repeat(100) + "file";

        assertThat(names(archive(name))).containsExactly(name, "next");
    }

    /** What nobody reads of a file is passed over. */
    private static List<String> names(byte[] stored) throws IOException {
        List<String> names = new ArrayList<>();
        TarGz.read(
                new ByteArrayInputStream(stored),
                new Expected("x", Optional.empty(), false),
                (entry, content) -> names.add(entry.getName()));
        return names;
    }

    /** A header of GNU tar that a name follows. Written by hand: the library takes minutes to encode it. */
    private static byte[] archiveOfAName(int bytes) throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(stored))) {
            TarArchiveEntry name = new TarArchiveEntry(TarConstants.GNU_LONGLINK, TarConstants.LF_GNUTYPE_LONGNAME);
            name.setSize(bytes);
            tar.putArchiveEntry(name);
            tar.write("x".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
            tar.closeArchiveEntry();
        }
        return stored.toByteArray();
    }

    private static byte[] archive(String name) throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(stored))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            for (String each : List.of(name, "next")) {
                byte[] content = "content".repeat(500).getBytes(StandardCharsets.US_ASCII);
                TarArchiveEntry entry = new TarArchiveEntry(each);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return stored.toByteArray();
    }
}
