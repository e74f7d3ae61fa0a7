package io.mgnlbackup.config;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings under test: flags, variables and files, put together step by step. */
final class Reading {

    private final Map<SettingKey, String> flags = new EnumMap<>(SettingKey.class);
    private final Map<String, String> tagFlags = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();

    private Reading() {}

    /** Nothing at all. */
    static Reading ofNothing() {
        return new Reading();
    }

    /** The least that a sidecar needs: a command and a bucket. */
    static Reading ofMinimum() {
        return new Reading().variable(SettingKey.CMD, "pg_dump").variable(SettingKey.BUCKET, "backups");
    }

    Reading flag(SettingKey key, String value) {
        flags.put(key, value);
        return this;
    }

    Reading tagFlag(String name, String value) {
        tagFlags.put(name, value);
        return this;
    }

    Reading variable(SettingKey key, String value) {
        return variable(key.variable(), value);
    }

    Reading variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** A file variable that names a file with this text. */
    Reading file(SettingKey key, String text) {
        String path = "/run/secrets/" + key;
        files.put(path, text);
        return variable(key.fileVariable().orElseThrow(), path);
    }

    Configuration read() {
        return read(Purpose.TAKE_BACKUPS);
    }

    Configuration read(Purpose purpose) {
        return SettingsReader.read(sources(), new LenientChecks(), purpose);
    }

    ScheduleSettings schedule() {
        return SettingsReader.readSchedule(sources(), new LenientChecks());
    }

    BootSettings boot() {
        return SettingsReader.readBoot(sources(), new LenientChecks());
    }

    /** The settings, which must be good. */
    Settings settings() {
        return read().settings();
    }

    /** How a setting was found. */
    SettingValue value(SettingKey key) {
        return read().values().stream()
                .filter(value -> value.key() == key)
                .findFirst()
                .orElseThrow();
    }

    SettingSources sources() {
        return new SettingSources(flags, tagFlags, environment, this::readFile);
    }

    private String readFile(Path file) throws IOException {
        String text = files.get(file.toString());
        if (text == null) {
            throw new NoSuchFileException(file.toString());
        }
        return text;
    }

    /** Accepts every schedule and argument but those that begin with {@code wrong}. */
    private static final class LenientChecks implements ValueChecks {

        @Override
        public void cron(String spec, ZoneId zone) {
            refuse(spec);
        }

        @Override
        public void arguments(String text) {
            refuse(text);
        }

        @Override
        public List<String> expanded(String text, Map<String, String> environment) {
            return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
        }

        private static void refuse(String text) {
            if (text.startsWith("wrong")) {
                throw new IllegalArgumentException("the test says no");
            }
        }
    }
}
