package io.mgnlbackup.config;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import io.mgnlbackup.cli.FeatureChecks;
import io.mgnlbackup.fuzz.Fuzzed;
import java.util.List;
import java.util.Map;

/** All settings together. */
final class SettingsFuzz {

    /** What a secret of an input has to begin with, so that no word of ours is taken for one. */
    private static final String SECRET = "hunter2";

    private SettingsFuzz() {}

    /** Whatever the variables, everything wrong is told in lines without control characters and without secrets. */
    static void settings(byte[] input) {
        Map<String, String> environment = ConfigFuzz.environment(input);
        SettingSources sources = new SettingSources(Map.of(), Map.of(), environment, file -> "of a file");
        Configuration read = SettingsReader.read(sources, new FeatureChecks(), Purpose.TAKE_BACKUPS);
        require(read.problems().isEmpty() == isUsable(read), "settings, or problems", read.problems());
        for (List<String> lines : List.of(read.problems(), read.warnings())) {
            for (String line : lines) {
                require(!Fuzzed.hasControls(line), "one line", line);
                require(!line.isBlank(), "something is said");
            }
        }
        for (SettingKey key : SettingKey.values()) {
            String secret = environment.getOrDefault(key.variable(), "");
            if (key.secret() && secret.startsWith(SECRET) && !isElsewhere(secret, environment)) {
                require(!read.problems().toString().contains(secret), "a secret is told", key, read.problems());
                require(!read.warnings().toString().contains(secret), "a secret is told", key, read.warnings());
            }
        }
        boot(sources);
    }

    private static boolean isUsable(Configuration read) {
        try {
            return read.settings() != null;
        } catch (ConfigurationException e) {
            return false;
        }
    }

    private static boolean isElsewhere(String secret, Map<String, String> environment) {
        long holders = environment.entrySet().stream()
                .filter(entry ->
                        entry.getKey().contains(secret) || entry.getValue().contains(secret))
                .count();
        return holders > 1;
    }

    private static void boot(SettingSources sources) {
        try {
            SettingsReader.readBoot(sources, new FeatureChecks());
        } catch (ConfigurationException e) {
            require(!e.problems().isEmpty(), "a reason");
        }
    }

    /** A password that is given in the usual ways is hidden wherever it stands. */
    static void argumentSecrets(byte[] input) {
        List<String> lines = Fuzzed.lines(input, 3);
        String password = SECRET + lines.get(1).replace(' ', '_');
        List<String> rest = List.of(lines.get(2).split("\n", -1));
        SecretMask mask = new SecretCollector()
                .arguments(lines.get(0), List.of("--password=" + password, String.join(" ", rest)))
                .environment(Map.of("MYSQL_PWD", password))
                .mask();
        String masked = mask.mask("before " + lines.get(2) + password + " behind");
        require(!masked.contains(password), "a password is left", password, masked);
    }
}
