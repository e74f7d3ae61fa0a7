package io.mgnlbackup.config;

/** The text of docs/configuration.md, made from the list of settings. */
final class ConfigurationPage {

    private static final String HEAD = """
            # Configuration

            <!-- Written by ConfigurationPageTest from SettingKey; change it there. -->

            Each setting can be given in four ways. The first one that is there counts:

            1. the flag, `--s3-endpoint=minio:9000`, before or after the command's name;
            2. the variable, `MGNLBACKUP_S3_ENDPOINT=minio:9000`;
            3. the file that the variable with `_FILE` at its end names, `MGNLBACKUP_S3_ENDPOINT_FILE=/run/secrets/endpoint`;
            4. the default.

            `mgnlbackup config` prints what holds and where it came from, without secrets. When something is wrong, the program does
            not start: it prints one line for each wrong value and exits with code 2. A variable that starts with `MGNLBACKUP_` and is
            no setting gets a warning, with the nearest name.

            - An empty variable or file counts as not set. An empty flag, `--prefix=`, asks for the default.
            - One line end at the end of a value is dropped, so secrets made with `echo` work.
            - Switches take `true` or `false`, also `yes`/`no`, `on`/`off`, `1`/`0`. The flag alone, `--readonly`, means true.
            - Durations are written as Go does: `90s`, `1h30m`. Sizes carry a unit: `8MiB` is 8 × 1024², `8MB` is 8 × 1000².
            - Give secrets as variables or files. Other users of the machine can see flags in the list of processes.

            **Where backups go**: to [Google Cloud Storage](gcs.md) if `MGNLBACKUP_GCS_PROJECTID` is set, else to the folder if
            `MGNLBACKUP_FILE_DIR` is set, else to S3 if `MGNLBACKUP_BUCKET` is set. With none of them the program does not
            start; it never falls back to a disk of its own.

            **Set a heritage.** It is the name under which backups are found again. The default holds the version of the program, so
            that after an update the backups of the version before are neither listed nor swept.
            """;

    private static final String TAIL = """

            ## Tags

            `MGNLBACKUP_TAGS_<NAME>=value` adds the tag `<name>`, in lower case, to every new object; so does the flag
            `--tag name=value`, which may be repeated and beats the variable. An empty value adds no tag. The names `heritage`, `ulid`,
            `daily`, `weekly`, `monthly`, `variant`, `basebackup_parent` and `basebackup_start` are taken. All tags together have room
            in about 1.7 KB, since S3 allows 2 KB of metadata; when they do not fit, the program says so at its start.

            ## Older names

            These variables are still accepted and give a warning.

            | older name | name |
            |---|---|
            """;

    private static final String JAVA = """

            ## The Java machine

            The start script chooses settings for a small container: the serial collector, quick start, half of the container's memory
            at most. `MGNLBACKUP_JAVA_OPTS` is added after them and wins, for example `MGNLBACKUP_JAVA_OPTS=-Xmx256m`. `JAVA_HOME`
            says which Java runs it. All of the settings stand in the file `java.options` beside the start script; in the image, which has no start
            script, yours go into `JDK_JAVA_OPTIONS` ([image.md](image.md)).
            """;

    private ConfigurationPage() {}

    /** The whole page. */
    static String text() {
        StringBuilder page = new StringBuilder(HEAD);
        for (SettingGroup group : SettingGroup.values()) {
            page.append("\n## ").append(group.title()).append("\n\n");
            page.append("| variable, flag | default | accepted | meaning |\n|---|---|---|---|\n");
            SettingKey.of(group).forEach(key -> page.append(row(key)));
        }
        page.append(TAIL);
        for (SettingKey key : SettingKey.values()) {
            key.olderVariable().ifPresent(older -> page.append("| `%s` | `%s` |\n".formatted(older, key.variable())));
        }
        return page.append(JAVA).toString();
    }

    private static String row(SettingKey key) {
        return "| `%s`<br>`%s` | %s | %s | %s%s |\n"
                .formatted(
                        key.variable(),
                        key.flag(),
                        key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`",
                        cell(key.accepted()),
                        cell(key.description()),
                        key.secret() ? " (secret)" : "");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
    }
}
