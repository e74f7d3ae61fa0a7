package io.mgnlbackup.config;

import io.mgnlbackup.access.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Collects everything that has to be hidden: secret settings, passwords in arguments, and what the environment holds. */
public final class SecretCollector {

    private static final Pattern SECRET_NAME = Pattern.compile(
            "PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|(^|_)PGPASS|_PWD$|(^|[A-Z]*_)[A-Z]*KEY(_|$)");

    /** What Kubernetes says about services, and what only names a file. */
    private static final Pattern HARMLESS_NAME =
            Pattern.compile("_SERVICE_HOST$|_SERVICE_PORT(_|$)|_PORT$|_PORT_\\d+_(TCP|UDP|SCTP)|_FILE$|_PATH$|_DIR$");

    private static final Set<String> HARMLESS_VALUES = Set.of("true", "false", "none", "null", "disabled", "enabled");

    private final Set<String> secrets = new TreeSet<>();

    /** Adds the secret settings, except the arguments, which only the caller can split. */
    public SecretCollector settings(List<SettingValue> values) {
        for (SettingValue value : values) {
            if (value.key().secret() && value.key() != SettingKey.ARGS) {
                secrets.add(value.text());
            }
            secrets.addAll(SecretPatterns.passwords(value.text()));
            if (value.key() == SettingKey.USERS) {
                secrets.addAll(Users.hashes(value.text()));
            }
        }
        return this;
    }

    /** Adds what the environment holds under names that speak of passwords and keys, and passwords inside other values. */
    public SecretCollector environment(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (isSecretName(name) && isSecretValue(value)) {
                secrets.add(value);
            }
            secrets.addAll(SecretPatterns.passwords(value));
        });
        return this;
    }

    /** Adds passwords among the arguments of a command, already split and expanded. */
    public SecretCollector arguments(String command, List<String> arguments) {
        secrets.addAll(new ArgumentSecrets(command).in(arguments));
        arguments.forEach(argument -> secrets.addAll(SecretPatterns.passwords(argument)));
        return this;
    }

    /** A mask for everything collected so far. */
    public SecretMask mask() {
        return SecretMask.of(new ArrayList<>(secrets));
    }

    private static boolean isSecretName(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        boolean ours = false;
        for (SettingKey key : SettingKey.values()) {
            ours |= key.variable().equals(upper) && !key.secret();
        }
        return !ours
                && SECRET_NAME.matcher(upper).find()
                && !HARMLESS_NAME.matcher(upper).find();
    }

    private static boolean isSecretValue(String value) {
        return !value.startsWith("/") && !HARMLESS_VALUES.contains(value.toLowerCase(Locale.ROOT));
    }
}
