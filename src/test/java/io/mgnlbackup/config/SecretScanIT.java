package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import io.mgnlbackup.testing.PostgresServer;
import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.Tool;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can be seen of a running sidecar from outside, while a dump runs: its threads and properties, everything over JMX, the list of
 * processes, the environment of its children, its files. Allowed are two places: the environment of the sidecar itself, which is where the
 * secrets come from, and the password of the database in that of the dump command, which needs it.
 */
class SecretScanIT {

    /** With signs that look different in a URL. */
    private static final String S3_WORD = "S3cret/Store+5Wd";

    @TempDir
    private Path folder;

    @Test
    void noSecretIsWhereItNeedNotBe() throws Exception {
        PostgresServer database = PostgresServer.shared();
        database.dropDatabase("scan");
        database.createDatabase("scan");
        database.psql("scan", "CREATE TABLE held (id int)");
        Path key = Files.writeString(folder.resolve("s3-key"), S3_WORD);
        try (S3Server store = new S3Server(new Secret(S3_WORD))) {
            Map<String, String> settings = new HashMap<>(S3Server.variables("scan", store.endpoint()));
            settings.put("S3_SECRETKEY", S3_WORD);
            settings.put("LOGLEVEL", "trace");
            settings.put("CRON", "0 0 29 2 *");
            database.environment().forEach((name, value) -> settings.put("=" + name, value));
            settings.put("=AWS_SECRET_ACCESS_KEY", S3_WORD);
            settings.put("=JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")));
            settings.put("CMD", database.program("pg_dump"));
            settings.put("ARGS", "-d scan");
            Process lock = holdTable(database);
            try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
                sidecar.await(
                        "pg_dump waits for the table", () -> children(sidecar).anyMatch(this::isDump));
                Map<String, String> seen = look(sidecar);
                release(database);
                sidecar.await("the dump is done", () -> sidecar.metric("mgnlbackup_seconds_count") == 1);
                seen.put("log", sidecar.log());
                seen.put(
                        "list",
                        sidecar.send("GET", "/list", Map.of("Accept", "application/json"), "")
                                .body());
                seen.put("metrics", sidecar.get("/metrics").body());
                files(folder.resolve("tmp"), seen);
                assertThat(seen).hasSizeGreaterThan(10);
                assertThat(places(seen, S3_WORD)).containsExactly("environ of the sidecar");
                assertThat(places(seen, PostgresServer.SECRET_WORD))
                        .containsExactly("environ of pg_dump", "environ of the sidecar");
            } finally {
                release(database);
                lock.destroyForcibly();
            }
        } finally {
            Files.delete(key);
            database.dropDatabase("scan");
        }
    }

    /** Another session, which lets pg_dump wait. */
    private static Process holdTable(PostgresServer database) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        database.program("psql"), "-d", "scan", "-c", "BEGIN; LOCK TABLE held; SELECT pg_sleep(120)")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(database.environment());
        Process lock = builder.start();
        while (!database.psql("scan", "SELECT count(*) FROM pg_locks WHERE relation = 'held'::regclass AND granted")
                .strip()
                .equals("1")) {
            assertThat(lock.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        return lock;
    }

    private static void release(PostgresServer database) {
        database.psql(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%LOCK TABLE held%' AND pid <> pg_backend_pid()");
    }

    private static Stream<ProcessHandle> children(SidecarProcess sidecar) {
        return sidecar.process().descendants();
    }

    private boolean isDump(ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> command.endsWith("pg_dump"))
                .isPresent();
    }

    private Map<String, String> look(SidecarProcess sidecar) throws Exception {
        Map<String, String> seen = new TreeMap<>();
        long pid = sidecar.process().pid();
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        for (String command : List.of("Thread.print", "VM.system_properties", "VM.command_line", "VM.flags")) {
            seen.put(command, Tool.of(jcmd, Long.toString(pid), command).run());
        }
        assertThat(seen.get("VM.flags")).doesNotContain("+HeapDumpOnOutOfMemoryError");
        assertThat(seen.get("Thread.print")).contains("dump-stderr");
        seen.put("JMX", jmx(pid));
        assertThat(seen.get("JMX")).contains("direct:backup-to-store", "java.vm.version");
        process(pid, "the sidecar", seen);
        for (ProcessHandle child : children(sidecar).toList()) {
            process(
                    child.pid(),
                    isDump(child) ? "pg_dump" : child.info().command().orElse("another"),
                    seen);
        }
        return seen;
    }

    private static void process(long pid, String name, Map<String, String> seen) throws IOException {
        for (String file : List.of("cmdline", "environ")) {
            seen.put(
                    file + " of " + name,
                    Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1));
        }
    }

    private static void files(Path folder, Map<String, String> seen) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                seen.put("file " + folder.relativize(file), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }

    /** Every attribute of every bean, and what their operations without arguments give that print something. */
    @SuppressWarnings("BanJNDI") // our own process, over loopback
    private static String jmx(long pid) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        StringBuilder all = new StringBuilder();
        try (JMXConnector connector =
                JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            for (ObjectName name : beans.queryNames(null, null)) {
                all.append(name).append('\n');
                for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
                    all.append(attribute.getName())
                            .append('=')
                            .append(value(beans, name, attribute))
                            .append('\n');
                }
                for (MBeanOperationInfo operation : beans.getMBeanInfo(name).getOperations()) {
                    if (operation.getSignature().length == 0
                            && operation.getName().matches("(dump|print|browse|list|show).*")) {
                        all.append(answer(beans, name, operation.getName())).append('\n');
                    }
                }
            }
        } finally {
            machine.detach();
        }
        return all.toString();
    }

    @SuppressWarnings("BanJNDI")
    private static String value(MBeanServerConnection beans, ObjectName name, MBeanAttributeInfo attribute)
            throws IOException {
        try {
            return Arrays.deepToString(new Object[] {beans.getAttribute(name, attribute.getName())});
        } catch (JMException | RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @SuppressWarnings("BanJNDI")
    private static String answer(MBeanServerConnection beans, ObjectName name, String operation) throws IOException {
        try {
            return Arrays.deepToString(new Object[] {beans.invoke(name, operation, new Object[0], new String[0])});
        } catch (JMException | RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Where a secret stands, as it is or in a form that anybody can read. */
    private static List<String> places(Map<String, String> seen, String secret) {
        List<String> forms = List.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)),
                secret.replace("/", "\\/"));
        List<String> places = new ArrayList<>();
        seen.forEach((place, text) -> {
            if (forms.stream().anyMatch(text::contains)) {
                places.add(place);
            }
        });
        return places;
    }
}
