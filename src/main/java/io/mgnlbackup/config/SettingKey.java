package io.mgnlbackup.config;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Every setting there is. From this list come the variables, the flags, the help, docs/configuration.md and the check for unknown names.
 *
 * <p>The tags {@code MGNLBACKUP_TAGS_NAME} are the one setting that is not here, since their names are the user's.
 */
public enum SettingKey {
    CMD(
            SettingGroup.DUMP,
            Kind.TEXT,
            "",
            "program",
            "a program name or path",
            "the dump command, run directly, never through a shell"),
    ARGS(
            SettingGroup.DUMP,
            Kind.SECRET,
            "",
            "arguments",
            "words separated by blanks, or by commas when there is no blank; with quotes around what must stay together",
            "the arguments of CMD; $NAME in them is taken from the environment"),
    CRON(
            SettingGroup.DUMP,
            Kind.TEXT,
            "@every 24h",
            "spec",
            "five fields such as '30 3 * * *', @daily and its like, or '@every 24h'",
            "when a backup is due"),
    DUMP_TIMEOUT(
            SettingGroup.DUMP,
            Kind.TEXT,
            "10h",
            "duration",
            "a duration above zero such as 90m or 10h",
            "a dump that takes longer is killed and the backup fails"),
    GZIP_LEVEL(SettingGroup.DUMP, Kind.TEXT, "6", "level", "1 (fast) to 9 (small)", "how hard the dump is compressed"),
    GZIP_THREADS(
            SettingGroup.DUMP,
            Kind.TEXT,
            Fallbacks.PROCESSORS,
            "number",
            "1 to 256",
            "threads that compress at the same time"),

    PREFIX(
            SettingGroup.OBJECTS,
            Kind.TEXT,
            "",
            "prefix",
            "a name or path such as 'shop' or 'prod/shop', without a slash at the start and without '..'",
            "put before the date in object names"),
    HERITAGE(
            SettingGroup.OBJECTS,
            Kind.TEXT,
            Fallbacks.HERITAGE,
            "name",
            "any text in one line",
            "separates backup sets that share a bucket; set it, so that the next version still finds the backups of this one"),
    CYCLE(
            SettingGroup.OBJECTS,
            Kind.TEXT,
            "15,4,3",
            "d,w,m",
            "three whole numbers 'daily,weekly,monthly' such as 15,4,3",
            "how many days, weeks and months keep backups; 0,0,0 keeps everything"),
    KEEPDAYS(
            SettingGroup.OBJECTS,
            Kind.TEXT,
            "0",
            "days",
            "a whole number of days, 0 for none",
            "a positive number is the same as the cycle 'number,0,0' and beats CYCLE"),

    FILE_DIR(
            SettingGroup.FOLDER, Kind.TEXT, "", "folder", "a folder", "keeps the backups in this folder instead of S3"),

    BUCKET(
            SettingGroup.S3,
            Kind.TEXT,
            "",
            "name",
            "3 to 63 letters, digits, dots and hyphens that start and end with a letter or digit",
            "the bucket; created at start if absent and permitted"),
    S3_ACCESSKEY(
            SettingGroup.S3,
            Kind.TEXT,
            "",
            "key",
            "an access key, together with S3_SECRETKEY",
            "without both keys the default credential chain of AWS is used"),
    S3_SECRETKEY(
            SettingGroup.S3,
            Kind.SECRET,
            "",
            "key",
            "a secret key, together with S3_ACCESSKEY",
            "better given as a variable or a file than as a flag"),
    S3_ENDPOINT(
            SettingGroup.S3,
            Kind.TEXT,
            "minio:9000",
            "host:port",
            "host, host:port or a URL with http or https",
            "the service"),
    S3_INSECURE(
            SettingGroup.S3,
            Kind.SWITCH,
            "false",
            "bool",
            "true or false",
            "plain HTTP where the endpoint is not a URL"),
    S3_REGION(
            SettingGroup.S3,
            Kind.TEXT,
            "us-east-1",
            "region",
            "letters, digits and hyphens",
            "the region; unless given, that of an endpoint of Amazon's such as s3.eu-central-1.amazonaws.com"),
    S3_PUBLIC_ENDPOINT(
            SettingGroup.S3,
            Kind.TEXT,
            "",
            "host:port",
            "host, host:port or a URL with http or https",
            "put into download links, where clients reach the service under another name"),
    S3_PART_SIZE(
            SettingGroup.S3,
            Kind.TEXT,
            "8MiB",
            "size",
            "a size from 5MiB to 1GiB",
            "first size of the parts of an upload; times the parts in flight it bounds the memory"),
    S3_PARTS_IN_FLIGHT(SettingGroup.S3, Kind.TEXT, "3", "number", "1 to 64", "parts that are sent at the same time"),

    GCS_PROJECTID(
            SettingGroup.GCS,
            Kind.TEXT,
            "",
            "id",
            "a project id",
            "selects Google Cloud Storage, whatever else is set; the bucket is BUCKET, created in this project if absent and permitted"),
    GCS_LOCATION(
            SettingGroup.GCS,
            Kind.TEXT,
            "EUROPE-WEST6",
            "location",
            "a location such as EUROPE-WEST6, EUR4 or EU",
            "where a bucket that we create lies"),
    GCS_LOCATION_TYPE(
            SettingGroup.GCS,
            Kind.TEXT,
            "region",
            "type",
            "region, dual-region or multi-region",
            "what kind of location that is; Google derives it from the location, so another kind is a warning"),
    GOOGLE_APPLICATION_CREDENTIALS(
            SettingGroup.GCS,
            Kind.UNPREFIXED,
            "",
            "file",
            "a file",
            "the key file of a service account; without it the application-default credentials, such as a pod's service account"),
    GCS_ENDPOINT(
            SettingGroup.GCS,
            Kind.TEXT,
            "",
            "host:port",
            "host, host:port or a URL with http or https",
            "a private endpoint in place of storage.googleapis.com; links lead there, too"),
    GCS_IAM_ENDPOINT(
            SettingGroup.GCS,
            Kind.TEXT,
            "",
            "host:port",
            "host, host:port or a URL with http or https",
            "a private endpoint in place of iamcredentials.googleapis.com, which signs links where there is no key file"),
    GCS_CHUNK_SIZE(
            SettingGroup.GCS,
            Kind.TEXT,
            "8MiB",
            "size",
            "a multiple of 256KiB up to 256MiB",
            "the pieces that an upload is sent in; an upload takes three times as much memory"),

    USE_PG_WAL(
            SettingGroup.WAL,
            Kind.SWITCH,
            "false",
            "bool",
            "true or false",
            "base backups and continuous upload of WAL files"),
    SYNC_DIR(
            SettingGroup.WAL,
            Kind.TEXT,
            "",
            "folder",
            "a folder",
            "where archive_command puts WAL files; required then"),
    WAL_UPLOADS(SettingGroup.WAL, Kind.TEXT, "4", "number", "1 to 64", "WAL files that are uploaded at the same time"),
    DATASOURCE(
            SettingGroup.WAL,
            Kind.SECRET,
            "",
            "url",
            "the link that /bundle/...?mode=restore&upload answers, a file with what is behind it, or - for the link on standard input",
            "what boot restores; better given as a variable or on standard input than as a flag, since whoever has the link can read the backup"),
    PGDATA(SettingGroup.WAL, Kind.TEXT, "", "folder", "a folder", "the data directory that boot restores into"),

    ADDRESS(
            SettingGroup.SERVER,
            Kind.TEXT,
            ":9999",
            "host:port",
            "host:port or :port",
            "where the HTTP endpoints listen"),
    PUBLIC_URL(
            SettingGroup.SERVER,
            Kind.TEXT,
            "",
            "url",
            "a URL with http or https",
            "how clients reach the sidecar, for links that it serves itself"),
    USERS(
            SettingGroup.SERVER,
            Kind.SECRET,
            "",
            "users",
            "entries name:role,role:hash, one a line or with ';' in between; roles are read, write, metrics, admin; the hash is sha256: with 64"
                    + " hex digits of a token, or of a password what htpasswd -B makes",
            "who may use the endpoints; without it everybody who reaches the port"),
    OPEN(
            SettingGroup.SERVER,
            Kind.SWITCH,
            "false",
            "bool",
            "true or false",
            "says that everybody who reaches the port may use it, on purpose: there is no warning then"),
    MAX_CONNECTIONS(
            SettingGroup.SERVER,
            Kind.TEXT,
            "128",
            "number",
            "8 to 10000",
            "connections at a time; with more, idle ones are closed, and when none is idle only health and metrics are answered"),
    MAX_DOWNLOADS(
            SettingGroup.SERVER,
            Kind.TEXT,
            "16",
            "number",
            "1 to 1000",
            "downloads through the sidecar at a time, of files of a folder and of bundles, of which there are four at most"),
    REQUEST_TIMEOUT(
            SettingGroup.SERVER,
            Kind.TEXT,
            "30s",
            "duration",
            "a duration above zero such as 10s or 1m",
            "how long a client may take to send a request, and how long a connection may stay idle"),
    STALL_TIMEOUT(
            SettingGroup.SERVER,
            Kind.TEXT,
            "30m",
            "duration",
            "a duration above zero such as 1m or 1h",
            "a client that takes nothing of an answer for so long is cut off; one that is slow is not"),
    READONLY(
            SettingGroup.SERVER,
            Kind.SWITCH,
            "false",
            "bool",
            "true or false",
            "no dump, no retention, no delete: a view of what is there"),
    IGNORE_HERITAGE(
            SettingGroup.SERVER, Kind.SWITCH, "false", "bool", "true or false", "list the backups of every heritage"),
    ROUTES_DIR(
            SettingGroup.SERVER,
            Kind.TEXT,
            "",
            "folder",
            "a folder that exists",
            "its *.camel.yaml files replace built-in routes of the same file name, or add routes"),
    STOP_TIMEOUT(
            SettingGroup.SERVER,
            Kind.TEXT,
            "25s",
            "duration",
            "a duration such as 25s or 5m, 0s for at once",
            "how long a running backup may go on after SIGTERM before it is aborted"),
    LOGLEVEL(
            SettingGroup.SERVER,
            Kind.TEXT,
            "info",
            "level",
            "error, warn, info, debug or trace",
            "how much is told in the log, which goes to standard error"),
    TZ(
            SettingGroup.SERVER,
            Kind.UNPREFIXED,
            "UTC",
            "zone",
            "a time zone such as Europe/Zurich or UTC",
            "the zone of the schedule and of the days that retention counts");

    /** How a setting is written. */
    private enum Kind {
        TEXT,
        SECRET,
        SWITCH,
        /** A text whose variable other programs know too, so that it has no prefix and no file variant. */
        UNPREFIXED
    }

    /** Defaults that are only known when the program runs; {@link SettingLookup} fills them in. */
    static final class Fallbacks {
        static final String PROCESSORS = "the number of processors";
        static final String HERITAGE = "magnolia-backup-<version>";

        private Fallbacks() {}
    }

    /** What the names of our variables start with. */
    public static final String VARIABLE_PREFIX = "MGNLBACKUP_";

    /** What the names of the variables that add tags start with. */
    public static final String TAG_PREFIX = VARIABLE_PREFIX + "TAGS_";

    private static final Set<SettingKey> RENAMED = EnumSet.of(BUCKET, PREFIX, CYCLE, KEEPDAYS);

    private final SettingGroup group;
    private final Kind kind;
    private final String fallback;
    private final String placeholder;
    private final String accepted;
    private final String description;

    SettingKey(
            SettingGroup group, Kind kind, String fallback, String placeholder, String accepted, String description) {
        this.group = group;
        this.kind = kind;
        this.fallback = fallback;
        this.placeholder = placeholder;
        this.accepted = accepted;
        this.description = description;
    }

    /** The heading it stands under. */
    public SettingGroup group() {
        return group;
    }

    /** The environment variable. */
    public String variable() {
        return kind == Kind.UNPREFIXED ? name() : VARIABLE_PREFIX + name();
    }

    /** The environment variable that names a file with the value. */
    public Optional<String> fileVariable() {
        return kind == Kind.UNPREFIXED ? Optional.empty() : Optional.of(variable() + "_FILE");
    }

    /** The older variable that is still accepted. */
    public Optional<String> olderVariable() {
        return RENAMED.contains(this) ? Optional.of(VARIABLE_PREFIX + "S3_" + name()) : Optional.empty();
    }

    /** The flag, with its hyphens. */
    public String flag() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The default as the documentation shows it; empty for none. */
    public String fallback() {
        return fallback;
    }

    /** What the help puts where the value goes. */
    public String placeholder() {
        return placeholder;
    }

    /** What values are accepted, for people. */
    public String accepted() {
        return accepted;
    }

    /** What it is for, in a line. */
    public String description() {
        return description;
    }

    /** Whether an error message must not show its value. */
    public boolean secret() {
        return kind == Kind.SECRET;
    }

    /** Whether it is on or off, so that the flag needs no value. */
    public boolean isSwitch() {
        return kind == Kind.SWITCH;
    }

    /** The settings of a group, in order. */
    public static List<SettingKey> of(SettingGroup group) {
        return List.of(values()).stream().filter(key -> key.group == group).toList();
    }
}
