package io.mgnlbackup.config;

import io.mgnlbackup.config.SettingValue.Source;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the value of a setting: the flag, else the variable, else the file that the file variable names, else the default.
 *
 * <p>An empty variable or file counts as not set, since that is what a blank line in a Helm chart or a Compose file leaves. An empty flag
 * asks for the default, whatever the variable says. A line end at the end of a value is dropped.
 */
final class SettingLookup {

    private final SettingSources sources;
    private final Findings findings;

    SettingLookup(SettingSources sources, Findings findings) {
        this.sources = sources;
        this.findings = findings;
    }

    /** The value, or the default; a file that cannot be read is a problem. */
    SettingValue find(SettingKey key) {
        String flag = sources.flags().get(key);
        if (flag != null) {
            return flag.isEmpty() ? fallback(key) : new SettingValue(key, flag, Source.FLAG, key.flag());
        }
        return named(key, key.variable(), key.fileVariable())
                .or(() -> key.lowerCaseVariable().flatMap(name -> named(key, name, Optional.empty())))
                .or(() -> older(key))
                .orElseGet(() -> fallback(key));
    }

    private Optional<SettingValue> older(SettingKey key) {
        Optional<SettingValue> value =
                key.olderVariable().flatMap(older -> named(key, older, Optional.of(older + "_FILE")));
        value.ifPresent(found -> findings.warning(found.origin() + " is deprecated and will go away: rename it to "
                + key.variable() + (found.source() == Source.FILE ? "_FILE" : "")));
        return value;
    }

    private Optional<SettingValue> named(SettingKey key, String variable, Optional<String> fileVariable) {
        return variable(variable)
                .map(text -> new SettingValue(key, text, Source.VARIABLE, variable))
                .or(() -> fileVariable.flatMap(
                        name -> file(name).map(text -> new SettingValue(key, text, Source.FILE, name))));
    }

    private Optional<String> variable(String name) {
        return notEmpty(sources.environment().getOrDefault(name, ""));
    }

    private Optional<String> file(String variable) {
        Optional<String> path = variable(variable);
        try {
            return path.isEmpty() ? Optional.empty() : notEmpty(sources.files().read(Path.of(path.get())));
        } catch (IOException | InvalidPathException e) {
            findings.problem(variable + ": the file '" + path.orElse("") + "' cannot be read (" + reason(e)
                    + "); give the path of a readable text file");
            return Optional.empty();
        }
    }

    private static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "no permission";
        }
        return e instanceof CharacterCodingException ? "not UTF-8 text" : "not a readable file";
    }

    private static Optional<String> notEmpty(String text) {
        return Optional.of(ValueText.withoutLineEnd(text)).filter(value -> !value.isEmpty());
    }

    private static SettingValue fallback(SettingKey key) {
        return SettingValue.ofDefault(
                key,
                switch (key.fallback()) {
                    case SettingKey.Fallbacks.PROCESSORS ->
                        Integer.toString(Runtime.getRuntime().availableProcessors());
                    case SettingKey.Fallbacks.HERITAGE -> "magnolia-backup-" + Version.current();
                    default -> key.fallback();
                });
    }
}
