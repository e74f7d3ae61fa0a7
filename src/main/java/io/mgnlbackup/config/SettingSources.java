package io.mgnlbackup.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where settings are read from.
 *
 * @param flags of the command line
 * @param tagFlags tags of the command line, name to value
 * @param environment of the process
 * @param files reads what the file variables name
 */
public record SettingSources(
        Map<SettingKey, String> flags,
        Map<String, String> tagFlags,
        Map<String, String> environment,
        FileReader files) {

    /** Copies the maps. */
    public SettingSources {
        flags = Map.copyOf(flags);
        tagFlags = Map.copyOf(tagFlags);
        environment = Map.copyOf(environment);
    }

    /** Reads the whole text of a file. */
    @FunctionalInterface
    public interface FileReader {

        /** Reads files of the machine. */
        FileReader DISK = Files::readString;

        /** The text of a file. */
        String read(Path file) throws IOException;
    }

    /** The environment alone. */
    public static SettingSources ofEnvironment(Map<String, String> environment) {
        return new SettingSources(Map.of(), Map.of(), environment, FileReader.DISK);
    }

    /** Never the values, which may be secrets. */
    @Override
    public String toString() {
        return "SettingSources[flags=" + flags.keySet() + "]";
    }
}
