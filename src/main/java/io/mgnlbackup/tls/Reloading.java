package io.mgnlbackup.tls;

import io.mgnlbackup.config.ConfigurationException;
import io.mgnlbackup.config.SettingKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was made of some PEM files, and is made again when they change. What cannot be used leaves what was there before, and is told once.
 *
 * <p>Only what the files hold counts, so that it does not matter how they are replaced: Kubernetes moves a symbolic link.
 */
final class Reloading<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

    /** Handshakes come in bursts; files change once a month. */
    private static final Duration LOOK_AFTER = Duration.ofSeconds(3);

    private final List<PemFile> files = new ArrayList<>();
    private final Maker<T> maker;
    private String used;
    private String failed = "";
    private String told = "";
    private T current;
    private long looked = System.nanoTime();

    /** Makes something of files; throws {@link PemException} with what is wrong with one of them. */
    interface Maker<T> {
        T make(Map<SettingKey, Pem> files) throws PemException;
    }

    /** Reads the files for the first time; throws {@link ConfigurationException} with everything that is wrong with them. */
    Reloading(Map<SettingKey, Path> paths, Maker<T> maker) {
        paths.forEach((setting, path) -> files.add(new PemFile(setting, path)));
        this.maker = maker;
        Contents contents = read();
        current = make(contents);
        used = contents.fingerprint();
    }

    /** What was made last. */
    synchronized T current() {
        return current;
    }

    /** The same after a look at the files, unless the last one was a moment ago. */
    synchronized T recent() {
        if (System.nanoTime() - looked > LOOK_AFTER.toNanos()) {
            refresh();
        }
        return current;
    }

    /** Looks at the files; gives what was made of them if they have changed and can be used. */
    synchronized Optional<T> refresh() {
        looked = System.nanoTime();
        Contents contents = read();
        String seen = contents.fingerprint();
        if (seen.equals(used)) {
            failed = "";
            return Optional.empty();
        }
        try {
            current = make(contents);
            used = seen;
            told = "";
            LOG.info("read again: {}", names());
            return Optional.of(current);
        } catch (ConfigurationException e) {
            tell(seen, e);
            return Optional.empty();
        }
    }

    /** Not at the first sight of it: somebody may be half-way through replacing a certificate and its key. */
    private void tell(String seen, ConfigurationException e) {
        if (seen.equals(failed) && !seen.equals(told)) {
            LOG.warn("what was read before stays in use, since {}", e.getMessage());
            told = seen;
        }
        failed = seen;
    }

    private String names() {
        return String.join(
                ", ", files.stream().map(file -> "'" + file.path() + "'").toList());
    }

    private Contents read() {
        Map<SettingKey, Pem> pems = new EnumMap<>(SettingKey.class);
        List<String> problems = new ArrayList<>();
        for (PemFile file : files) {
            try {
                pems.put(file.setting(), file.read());
            } catch (PemException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return new Contents(pems, problems);
    }

    private T make(Contents contents) {
        List<String> problems = new ArrayList<>(contents.problems());
        if (problems.isEmpty()) {
            try {
                return maker.make(contents.pems());
            } catch (PemException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        throw new ConfigurationException(problems);
    }

    /** What was found at one moment. */
    private record Contents(Map<SettingKey, Pem> pems, List<String> problems) {

        String fingerprint() {
            StringBuilder all = new StringBuilder();
            pems.forEach((setting, pem) -> all.append(setting).append(pem.sha256()));
            return all.toString() + problems;
        }
    }
}
