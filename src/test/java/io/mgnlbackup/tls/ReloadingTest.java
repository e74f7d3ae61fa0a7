package io.mgnlbackup.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.config.ConfigurationException;
import io.mgnlbackup.config.SettingKey;
import io.mgnlbackup.testing.LogLines;
import io.mgnlbackup.testing.TestCa;
import io.mgnlbackup.testing.TestCa.Issued;
import io.mgnlbackup.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and keys as openssl writes them, and what happens when they change. */
class ReloadingTest {

    @TempDir
    private static Path made;

    private static TestCa ca;
    private static Issued first;
    private static Issued second;

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;

    @BeforeAll
    static void issue() {
        ca = new TestCa(made, "ca");
        first = ca.issue("first");
        second = ca.issueRsa("second");
    }

    @BeforeEach
    void place() throws IOException {
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        put(first.certificate(), first.key());
    }

    private void put(Path newCertificate, Path newKey) throws IOException {
        Files.copy(newCertificate, certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(newKey, key, StandardCopyOption.REPLACE_EXISTING);
    }

    private Reloading<String> names() {
        return new Reloading<>(
                Map.of(SettingKey.TLS_CERT_FILE, certificate, SettingKey.TLS_KEY_FILE, key),
                files -> Identity.of(
                                Objects.requireNonNull(files.get(SettingKey.TLS_CERT_FILE)),
                                Objects.requireNonNull(files.get(SettingKey.TLS_KEY_FILE)))
                        .certificate()
                        .getSubjectX500Principal()
                        .getName());
    }

    @Test
    void readsEveryFormThatKeysAreWrittenIn() throws IOException {
        assertThat(names().current()).isEqualTo("CN=first");
        Tool.of("openssl", "ec", "-in", first.key().toString(), "-out", key.toString())
                .run();
        assertThat(key).content().contains("BEGIN EC PRIVATE KEY");
        assertThat(names().current()).isEqualTo("CN=first");
        put(second.certificate(), second.key());
        assertThat(names().current()).isEqualTo("CN=second");
        Tool.of("openssl", "rsa", "-traditional", "-in", second.key().toString(), "-out", key.toString())
                .run();
        assertThat(key).content().contains("BEGIN RSA PRIVATE KEY");
        assertThat(names().current()).isEqualTo("CN=second");
        Files.writeString(
                certificate,
                "a note\n" + Files.readString(second.certificate()) + Files.readString(second.key())
                        + Files.readString(ca.certificate()));
        assertThat(names().current()).isEqualTo("CN=second");
    }

    @Test
    void tellsWhatIsWrongAndNeverWhatIsInThem() throws IOException {
        refused(
                "MGNLBACKUP_TLS_KEY_FILE: the file '" + key + "' holds a key that is not the one of the first",
                () -> put(first.certificate(), second.key()));
        refused(
                "holds a key that is not the one of the first",
                () -> put(first.certificate(), ca.issue("third").key()));
        refused(
                "MGNLBACKUP_TLS_CERT_FILE: the file '" + certificate + "' holds no certificate",
                () -> put(first.key(), first.key()));
        refused("holds no private key that can be read", () -> put(first.certificate(), first.certificate()));
        refused("cannot be read (no such file)", () -> Files.delete(key));
        refused("cannot be read (not a readable file)", () -> Files.createDirectory(key));
        Files.delete(key);
        refused("with a passphrase", () -> {
            Tool.of(
                            "openssl",
                            "pkcs8",
                            "-topk8",
                            "-passout",
                            "pass:x",
                            "-in",
                            first.key().toString(),
                            "-out",
                            key.toString())
                    .run();
            Files.copy(first.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
        });
        String whole = Files.readString(first.certificate());
        refused(
                "holds a certificate without its end",
                () -> Files.writeString(certificate, whole.substring(0, whole.length() / 2)));
        refused(
                "holds a certificate that cannot be read",
                () -> Files.writeString(certificate, whole.replaceAll("\n[A-Za-z0-9+/]{64}\n", "\nAAAA\n")));
        refused("is larger than 1 MiB", () -> Files.writeString(certificate, "x".repeat(PemFile.MOST_BYTES + 1)));
    }

    private interface Change {
        void make() throws IOException;
    }

    private void refused(String why, Change change) throws IOException {
        change.make();
        assertThatThrownBy(this::names)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("; give a PEM file with ")
                .hasMessageNotContaining("-----");
    }

    @Test
    void tellsOfEveryFileThatCannotBeRead() throws IOException {
        Files.delete(key);
        Files.delete(certificate);
        assertThatThrownBy(this::names)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        wrong -> assertThat(wrong.problems()).hasSize(2));
    }

    @Test
    void readsAgainWhatASymbolicLinkWasMovedTo() throws IOException {
        for (Issued issued : new Issued[] {first, second}) {
            Path version = Files.createDirectory(folder.resolve(issued.equals(first) ? "v1" : "v2"));
            Files.copy(issued.certificate(), version.resolve("tls.crt"));
            Files.copy(issued.key(), version.resolve("tls.key"));
        }
        Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("v1"));
        certificate = data.resolve("tls.crt");
        key = data.resolve("tls.key");
        Reloading<String> names = names();
        assertThat(names.refresh()).isEmpty();
        Files.createSymbolicLink(folder.resolve("..new"), Path.of("v2"));
        Files.move(folder.resolve("..new"), data, StandardCopyOption.ATOMIC_MOVE);
        assertThat(names.refresh()).contains("CN=second");
        assertThat(names.current()).isEqualTo("CN=second");
        assertThat(names.refresh()).isEmpty();
    }

    @Test
    void keepsWhatItHasAndWarnsOnceWhenTheNewFilesCannotBeUsed() throws IOException {
        Reloading<String> names = names();
        try (LogLines log = LogLines.of(Reloading.class.getName())) {
            Files.copy(second.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
            assertThat(names.refresh()).isEmpty();
            assertThat(log.all()).as("the key may be on its way").isEmpty();
            assertThat(names.refresh()).isEmpty();
            assertThat(names.refresh()).isEmpty();
            assertThat(log.all())
                    .singleElement()
                    .asString()
                    .startsWith("WARN what was read before stays in use, since MGNLBACKUP_TLS_KEY_FILE: the file");
            assertThat(names.current()).isEqualTo("CN=first");
            Files.copy(second.key(), key, StandardCopyOption.REPLACE_EXISTING);
            assertThat(names.refresh()).contains("CN=second");
            Files.delete(key);
            names.refresh();
            names.refresh();
            assertThat(log.all()).hasSize(3).last().asString().contains("no such file");
            assertThat(names.current()).isEqualTo("CN=second");
        }
    }
}
