package io.mgnlbackup.process;

import io.mgnlbackup.config.SettingKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a child process finds in its environment: ours. A program of a database needs none of our secrets, so it gets none; what else a user
 * runs, such as a script, may read them on purpose.
 */
final class ChildEnvironment {

    private static final Set<String> DATABASE_PROGRAMS = Set.of(
            "pg_dump",
            "pg_dumpall",
            "pg_basebackup",
            "psql",
            "mysqldump",
            "mysqlpump",
            "mariadb-dump",
            "mariadb-backup",
            "mongodump");

    private static final Set<String> OUR_SECRETS = Stream.concat(
                    Arrays.stream(SettingKey.values())
                            .filter(SettingKey::secret)
                            .flatMap(key -> Stream.concat(Stream.of(key.variable()), key.fileVariable().stream())),
                    Stream.of("GOOGLE_APPLICATION_CREDENTIALS"))
            .collect(Collectors.toUnmodifiableSet());

    /** Credentials of the store; MongoDB's programs may want them for themselves. */
    private static final Set<String> OF_AMAZON =
            Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_WEB_IDENTITY_TOKEN_FILE");

    private ChildEnvironment() {}

    /** The environment of a command, without what its program has no use for. */
    static Map<String, String> of(DumpCommand command) {
        String program = command.executable().substring(command.executable().lastIndexOf('/') + 1);
        Map<String, String> environment = new HashMap<>(command.environment());
        if (DATABASE_PROGRAMS.contains(program)) {
            environment.keySet().removeAll(OUR_SECRETS);
            if (!program.startsWith("mongo")) {
                environment.keySet().removeAll(OF_AMAZON);
            }
        }
        return environment;
    }
}
