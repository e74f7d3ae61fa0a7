package io.mgnlbackup.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds passwords among the arguments of dump commands, in the forms that pg_dump, mysqldump and mongodump take them. */
final class ArgumentSecrets {

    private static final Set<String> NAMES = Set.of(
            "password",
            "passwd",
            "pass",
            "passphrase",
            "pwd",
            "secret",
            "token",
            "sslpempassword",
            "sslpemkeypassword",
            "tlscertificatekeyfilepassword",
            "awssessiontoken",
            "login-password");

    /** What {@code -p} means: a port to PostgreSQL's programs, a password without a blank before it to MySQL's, with or without to others. */
    private enum ShortOption {
        PORT,
        ATTACHED,
        EITHER
    }

    private final ShortOption shortOption;

    ArgumentSecrets(String command) {
        String program = command.substring(command.lastIndexOf('/') + 1);
        if (program.startsWith("pg_") || program.equals("psql")) {
            this.shortOption = ShortOption.PORT;
        } else if (program.startsWith("mysql") || program.startsWith("mariadb")) {
            this.shortOption = ShortOption.ATTACHED;
        } else {
            this.shortOption = ShortOption.EITHER;
        }
    }

    /** The passwords; also the whole argument where a password is too short to be hidden alone. */
    List<String> in(List<String> arguments) {
        List<String> secrets = new ArrayList<>();
        for (int at = 0; at < arguments.size(); at++) {
            String argument = arguments.get(at);
            String next = at + 1 < arguments.size() ? arguments.get(at + 1) : "";
            if (argument.startsWith("--")) {
                longOption(argument, next, secrets);
            } else if (argument.startsWith("-p")) {
                shortOption(argument, next, secrets);
            } else if (argument.indexOf(' ') >= 0) {
                // The script of a shell: a command line inside an argument.
                List<String> words = List.of(argument.strip().split("\\s+"));
                secrets.addAll(new ArgumentSecrets(words.get(0)).in(words));
            }
        }
        return secrets;
    }

    private static void longOption(String argument, String next, List<String> secrets) {
        int equals = argument.indexOf('=');
        String name =
                argument.substring(2, equals < 0 ? argument.length() : equals).toLowerCase(Locale.ROOT);
        if (!NAMES.contains(name)) {
            return;
        }
        if (equals >= 0) {
            add(argument, argument.substring(equals + 1), secrets);
        } else if (!next.startsWith("-")) {
            secrets.add(next);
        }
    }

    private void shortOption(String argument, String next, List<String> secrets) {
        if (shortOption == ShortOption.PORT) {
            return;
        }
        if (argument.length() > 2) {
            add(argument, argument.substring(2), secrets);
        } else if (shortOption == ShortOption.EITHER && !next.startsWith("-") && !next.matches("\\d{1,5}")) {
            secrets.add(next);
        }
    }

    private static void add(String argument, String password, List<String> secrets) {
        secrets.add(password);
        if (password.length() < SecretMask.LEAST_LENGTH) {
            secrets.add(argument);
        }
    }
}
