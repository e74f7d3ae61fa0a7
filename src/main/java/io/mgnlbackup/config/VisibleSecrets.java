package io.mgnlbackup.config;

import io.mgnlbackup.config.SettingValue.Source;
import java.util.List;
import java.util.Map;

/** Warns of secrets that everybody on the machine can read in its list of processes: in our own arguments, and in those of the dump command. */
final class VisibleSecrets {

    private final Values values;
    private final Findings findings;

    VisibleSecrets(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    void check(Map<String, String> environment, ValueChecks checks) {
        values.all().stream().filter(VisibleSecrets::isVisible).forEach(value -> {
            String variable = value.key().variable();
            findings.warning("%s stands in the list of processes, for everybody on this machine: give %s instead"
                    .formatted(
                            value.label(),
                            value.key()
                                    .fileVariable()
                                    .map(file -> variable + " or " + file)
                                    .orElse(variable)));
        });
        String command = values.text(SettingKey.CMD);
        List<String> arguments = checks.expanded(values.text(SettingKey.ARGS), environment);
        boolean found = !new ArgumentSecrets(command).in(arguments).isEmpty()
                || arguments.stream()
                        .anyMatch(
                                argument -> !SecretPatterns.passwords(argument).isEmpty());
        if (found) {
            findings.warning(values.get(SettingKey.ARGS).label()
                    + " gives a password to the dump command as an argument, which stands in the list of processes while it runs: "
                    + instead(command.substring(command.lastIndexOf('/') + 1)));
        }
    }

    /** A secret, or a password inside a URL, that was given as a flag. */
    private static boolean isVisible(SettingValue value) {
        boolean secret =
                value.key().secret() || !SecretPatterns.passwords(value.text()).isEmpty();
        return secret && value.key() != SettingKey.ARGS && value.source() == Source.FLAG;
    }

    private static String instead(String program) {
        if (program.startsWith("pg_") || program.equals("psql")) {
            return "give it as PGPASSWORD, or as a file that PGPASSFILE names";
        }
        if (program.startsWith("mysql") || program.startsWith("mariadb")) {
            return "give it as MYSQL_PWD, or in a file with --defaults-extra-file";
        }
        if (program.startsWith("mongo")) {
            return "give it in a file with --config";
        }
        return "give it as a variable or in a file";
    }
}
