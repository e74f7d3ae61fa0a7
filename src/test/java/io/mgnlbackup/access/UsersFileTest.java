package io.mgnlbackup.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersFileTest {

    private static final String ANNA = "anna:write:sha256:" + "a".repeat(64) + "\n";
    private static final String BEN = "ben:read:sha256:" + "b".repeat(64) + "\n";

    @TempDir
    private Path folder;

    private final List<Users> taken = new ArrayList<>();
    private LogLines lines;
    private Path file;
    private UsersFile users;

    @BeforeEach
    void start() throws IOException {
        lines = LogLines.of(UsersFile.class.getName());
        file = Files.writeString(folder.resolve("users"), ANNA + BEN);
        users = new UsersFile(file, Users.parse(ANNA + BEN), taken::add);
    }

    @AfterEach
    void stop() {
        users.close();
        lines.close();
    }

    @Test
    void saysNothingAsLongAsNothingChanges() throws IOException {
        users.look();
        Files.writeString(file, "# a comment\n" + ANNA + BEN);
        users.look();
        assertThat(taken).isEmpty();
        assertThat(lines.all()).isEmpty();
    }

    @Test
    void takesWhatHasChangedAndSaysWhoCameAndWent() throws IOException {
        Files.writeString(file, ANNA + "cleo:metrics:sha256:" + "c".repeat(64));
        users.look();
        users.look();
        assertThat(taken).hasSize(1);
        assertThat(taken.get(0).all()).extracting(User::name).containsExactly("anna", "cleo");
        assertThat(lines.all())
                .containsExactly(
                        "INFO the file of users '" + file + "' has changed: 2 users now, added [cleo], removed [ben]");
    }

    @Test
    void aNewPasswordOrRoleIsAChangeToo() throws IOException {
        Files.writeString(file, ANNA + BEN.replace(":read:", ":write:"));
        users.look();
        assertThat(taken).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nobody\n",
                "anna:write:sha256:aaaa",
                "anna:king:sha256:0000000000000000000000000000000000000000000000000000000000000000",
                "\0\0\0"
            })
    void whatIsBrokenChangesNothingAndIsToldOnce(String broken) throws IOException {
        Files.writeString(file, broken);
        users.look();
        users.look();
        assertThat(taken).isEmpty();
        assertThat(lines.all()).hasSize(1);
        assertThat(lines.all().get(0)).startsWith("WARN the file of users").contains("the 2 users of before stay");
        Files.writeString(file, ANNA + BEN);
        users.look();
        assertThat(lines.all().get(1)).contains("is in order again");
    }

    @Test
    void aFileThatIsGoneOrNoTextOrTooLargeChangesNothing() throws IOException {
        Files.delete(file);
        users.look();
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        users.look();
        Files.write(file, new byte[UsersFile.MOST_BYTES + 1]);
        users.look();
        Files.delete(file);
        Files.createDirectory(file);
        users.look();
        assertThat(taken).isEmpty();
        assertThat(lines.all()).hasSize(4).allMatch(line -> line.startsWith("WARN"));
        assertThat(String.join("\n", lines.all()))
                .contains("it is gone", "not UTF-8", "larger than 1 MiB", "cannot be read");
    }

    /** As the volume of a secret does it: a link to a link, of which the inner one is replaced. */
    @Test
    void followsALinkThatIsSwapped() throws IOException {
        Path first = Files.createDirectory(folder.resolve("..first"));
        Path second = Files.createDirectory(folder.resolve("..second"));
        Files.writeString(first.resolve("users"), ANNA + BEN);
        Files.writeString(second.resolve("users"), ANNA);
        Path data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
        Path link = Files.createSymbolicLink(folder.resolve("mounted"), Path.of("..data/users"));
        try (UsersFile mounted = new UsersFile(link, Users.parse(ANNA + BEN), taken::add)) {
            mounted.look();
            assertThat(taken).isEmpty();
            Path swapped = Files.createSymbolicLink(folder.resolve("..data_tmp"), second.getFileName());
            Files.move(swapped, data, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            mounted.look();
            assertThat(taken).hasSize(1);
        }
    }
}
