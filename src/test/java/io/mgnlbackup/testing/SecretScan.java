package io.mgnlbackup.testing;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Collects all that can be seen of a sidecar from outside, by the place where it was seen, and finds secrets in it. */
public final class SecretScan implements AutoCloseable {

    /** Programs such as psql live for some milliseconds. */
    private static final long EVERY_NANOS = 1_000_000;

    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Adds a text that was seen at a place. */
    public void add(String place, String text) {
        seen.merge(place, text, (before, more) -> before.contains(more) ? before : before + "\n" + more);
    }

    /** Looks at the command line and environment of every process that a process starts, until this is closed. */
    public void follow(ProcessHandle parent) {
        Thread thread = new Thread(
                () -> {
                    while (!closed && parent.isAlive()) {
                        descendants(parent.pid());
                        LockSupport.parkNanos(EVERY_NANOS);
                    }
                },
                "secret-scan");
        thread.setDaemon(true);
        thread.start();
    }

    /** Looks at all that came from a process; the kernel's own list of them, since to go through all processes takes a core for itself. */
    private void descendants(long pid) {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads) {
                for (String child : children(thread)) {
                    child(Long.parseLong(child));
                    descendants(Long.parseLong(child));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // It has ended.
        }
    }

    private static List<String> children(Path thread) {
        try {
            String all = Files.readString(thread.resolve("children")).strip();
            return all.isEmpty() ? List.of() : List.of(all.split(" ", -1));
        } catch (IOException e) {
            return List.of(); // the thread has ended
        }
    }

    /** Adds what the list of processes shows of one, and its environment, under the name of its program. */
    private void child(long pid) {
        try {
            String name = Path.of("/proc", Long.toString(pid), "exe")
                    .toRealPath()
                    .getFileName()
                    .toString();
            process(pid, name.equals("java") ? "the sidecar" : name); // between fork and exec it is still us
        } catch (IOException e) {
            // It has ended.
        }
    }

    private void process(long pid, String name) {
        for (String file : List.of("cmdline", "environ")) {
            try {
                add(
                        file + " of " + name,
                        Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                return; // it has ended
            }
        }
    }

    /** Looks into a Java process: threads, properties, flags, JMX, and what the list of processes shows of it. */
    public void java(Process java) throws Exception {
        long pid = java.pid();
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        for (String command : List.of("Thread.print", "VM.system_properties", "VM.command_line", "VM.flags")) {
            add(command, Tool.of(jcmd, Long.toString(pid), command).run());
        }
        add("JMX", jmx(pid));
        process(pid, "the sidecar");
    }

    /** Adds every file below a folder. */
    public void files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                add("file " + folder.relativize(file), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }

    /** What was seen at a place; empty for nothing. */
    public String at(String place) {
        return seen.getOrDefault(place, "");
    }

    /** All places. */
    public Set<String> places() {
        return new TreeSet<>(seen.keySet());
    }

    /** The places where a secret stands, as it is or in a form that anybody can read. */
    public Set<String> places(String secret) {
        Predicate<String> shows = text -> forms(secret).stream().anyMatch(text::contains);
        return seen.entrySet().stream()
                .filter(place -> shows.test(place.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** In URLs, in JSON, and in Base64 at each of the three places where it may begin, as in "name:secret" of basic authentication. */
    private static Set<String> forms(String secret) {
        String percent = URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20");
        Set<String> forms = new LinkedHashSet<>(List.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                percent,
                percent.replaceAll("%2F", "/"),
                secret.replace("/", "\\/"),
                secret.replace("\\", "\\\\").replace("\"", "\\\""),
                secret.replace("/", "\\u002F")));
        Arrays.stream(percent.split("(?=%)"))
                .map(part ->
                        part.startsWith("%") ? part.substring(0, 3).toLowerCase(Locale.ROOT) + part.substring(3) : part)
                .reduce(String::concat)
                .ifPresent(forms::add);
        for (int before = 0; before < 3; before++) {
            String text =
                    Base64.getEncoder().encodeToString(("x".repeat(before) + secret).getBytes(StandardCharsets.UTF_8));
            int from = before == 0 ? 0 : 4;
            forms.add(text.substring(from, text.length() - 4));
            forms.add(text.substring(from, text.length() - 4).replace('+', '-').replace('/', '_'));
        }
        return forms;
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

    @Override
    public void close() {
        closed = true;
    }
}
