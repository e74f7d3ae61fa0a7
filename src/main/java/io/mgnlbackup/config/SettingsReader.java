package io.mgnlbackup.config;

import io.mgnlbackup.access.Users;
import io.mgnlbackup.config.Settings.Compression;
import io.mgnlbackup.config.Settings.Dump;
import io.mgnlbackup.config.Settings.Http;
import io.mgnlbackup.config.Settings.LogLevel;
import io.mgnlbackup.config.Settings.Objects;
import io.mgnlbackup.config.Settings.Wal;
import io.mgnlbackup.store.ObjectKey;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads all settings, checks them together, and tells everything that is wrong at once. */
public final class SettingsReader {

    /** The longest thing that follows a prefix, to see whether the two make an object name. */
    private static final String AFTER_PREFIX = "-2000-01-01-000000-000000010000000000000001-basebackup.tar.gz";

    private final SettingSources sources;
    private final ValueChecks checks;
    private final Findings findings = new Findings();
    private final Values values;
    private List<UserTag> tags = List.of();

    private SettingsReader(Set<SettingKey> keys, SettingSources sources, ValueChecks checks) {
        this.sources = sources;
        this.checks = checks;
        this.values = new Values(keys, sources, findings);
    }

    /** Reads the settings; what is wrong with them is in the answer. */
    public static Configuration read(SettingSources sources, ValueChecks checks, Purpose purpose) {
        return new SettingsReader(EnumSet.allOf(SettingKey.class), sources, checks).read(purpose);
    }

    /** Reads the schedule alone; throws {@link ConfigurationException} when something is wrong with it, whatever the other settings. */
    public static ScheduleSettings readSchedule(SettingSources sources, ValueChecks checks) {
        return new SettingsReader(EnumSet.of(SettingKey.CRON, SettingKey.TZ), sources, checks).schedule();
    }

    private ScheduleSettings schedule() {
        ZoneId zone = zone();
        ScheduleSettings schedule = new ScheduleSettings(cron(zone), zone);
        throwProblems();
        return schedule;
    }

    private Configuration read(Purpose purpose) {
        new UnknownVariables().check(sources.environment(), findings);
        Settings settings = settings(purpose);
        if (purpose == Purpose.TAKE_BACKUPS
                && !settings.readOnly()
                && settings.wal().isEmpty()
                && !values.isSet(SettingKey.CMD)) {
            findings.problem(
                    SettingKey.CMD.variable() + " is not set: give the dump command, such as pg_dumpall, or set "
                            + SettingKey.READONLY.variable() + "=true");
        }
        new VisibleSecrets(values, findings).check(sources.environment(), checks);
        List<String> problems = findings.problems();
        return new Configuration(
                values.all(),
                tags,
                findings.warnings(),
                problems,
                problems.isEmpty() ? Optional.of(settings) : Optional.empty());
    }

    private Optional<Wal> wal(Purpose purpose) {
        Optional<Path> syncDir = values.parseIfSet(SettingKey.SYNC_DIR, SettingsReader::folder);
        int uploads = values.number(SettingKey.WAL_UPLOADS, 1, 64);
        if (!values.isOn(SettingKey.USE_PG_WAL)) {
            if (values.isSet(SettingKey.SYNC_DIR)) {
                findings.warning(values.get(SettingKey.SYNC_DIR).label() + " has no effect without "
                        + SettingKey.USE_PG_WAL.variable() + "=true");
            }
            return Optional.empty();
        }
        boolean readOnly = values.isOn(SettingKey.READONLY);
        if (purpose == Purpose.TAKE_BACKUPS && !readOnly && !values.isSet(SettingKey.SYNC_DIR)) {
            findings.problem(
                    SettingKey.SYNC_DIR.variable()
                            + " is not set: in WAL mode give the folder into which archive_command of PostgreSQL puts WAL files");
        }
        return Optional.of(new Wal(readOnly ? Optional.empty() : syncDir, uploads));
    }

    /** Where {@code boot} restores to, and how much it tells; throws {@link ConfigurationException} when something is wrong with that. */
    public static BootSettings readBoot(SettingSources sources, ValueChecks checks) {
        return new SettingsReader(
                        EnumSet.of(SettingKey.DATASOURCE, SettingKey.PGDATA, SettingKey.LOGLEVEL), sources, checks)
                .boot();
    }

    private BootSettings boot() {
        if (!values.isSet(SettingKey.PGDATA)) {
            findings.problem(
                    SettingKey.PGDATA.variable() + " is not set: give the data directory to restore into, or --pgdata");
        }
        if (!values.isSet(SettingKey.DATASOURCE)) {
            findings.problem(SettingKey.DATASOURCE.variable() + " is not set: give the link that"
                    + " /bundle/...?mode=restore&upload answers, or --datasource=- for the link on standard input");
        }
        BootSettings boot = new BootSettings(
                new Secret(values.text(SettingKey.DATASOURCE)),
                values.parse(SettingKey.PGDATA, Path.of(""), Path::of),
                values.parse(SettingKey.LOGLEVEL, LogLevel.INFO, SettingsReader::logLevel));
        throwProblems();
        return boot;
    }

    private void throwProblems() {
        if (!findings.problems().isEmpty()) {
            throw new ConfigurationException(findings.problems());
        }
    }

    /** Settings that hold stand-ins where values are not accepted. */
    private Settings settings(Purpose purpose) {
        ZoneId zone = zone();
        return new Settings(
                http(),
                values.parse(SettingKey.LOGLEVEL, LogLevel.INFO, SettingsReader::logLevel),
                zone,
                dump(zone),
                objects(),
                new Retentions(values, findings).read(),
                new Compression(
                        values.number(SettingKey.GZIP_LEVEL, 1, 9), values.number(SettingKey.GZIP_THREADS, 1, 256)),
                new Stores(values, findings).read(),
                wal(purpose),
                values.isOn(SettingKey.READONLY),
                values.isOn(SettingKey.IGNORE_HERITAGE),
                values.parseIfSet(SettingKey.ROUTES_DIR, SettingsReader::folder),
                limits(),
                values.parse(SettingKey.STOP_TIMEOUT, Duration.ZERO, SettingsReader::notNegative),
                sources.environment());
    }

    private Http http() {
        Address address = values.parse(SettingKey.ADDRESS, new Address("", 0), Address::parse);
        Optional<URI> publicUrl = values.parseIfSet(SettingKey.PUBLIC_URL, ServiceUrl::parse);
        Users users = values.parseIfSet(SettingKey.USERS, SettingsReader::users).orElse(Users.NONE);
        checkUsersFile();
        boolean open = values.isOn(SettingKey.OPEN);
        if (open && users.areRequired()) {
            findings.warning(values.get(SettingKey.OPEN).label() + " has no effect, since "
                    + values.get(SettingKey.USERS).label() + " is set");
        }
        return new Http(address.host(), address.port(), publicUrl.map(URI::toString), users, usersFile(), open);
    }

    private Optional<Path> usersFile() {
        SettingValue value = values.get(SettingKey.USERS);
        return value.source() == SettingValue.Source.FILE
                ? Optional.of(Path.of(sources.environment().getOrDefault(value.origin(), "")))
                : Optional.empty();
    }

    private Settings.Limits limits() {
        return new Settings.Limits(
                values.number(SettingKey.MAX_CONNECTIONS, 8, 10_000),
                values.number(SettingKey.MAX_DOWNLOADS, 1, 1_000),
                values.parse(SettingKey.REQUEST_TIMEOUT, Duration.ZERO, SettingsReader::positive),
                values.parse(SettingKey.STALL_TIMEOUT, Duration.ZERO, SettingsReader::positive));
    }

    /** Elsewhere an empty file is no value; here it is a secret that nobody has filled in yet, and would let everybody in. */
    private void checkUsersFile() {
        String variable = SettingKey.USERS.variable() + "_FILE";
        String file = sources.environment().getOrDefault(variable, "");
        boolean told = findings.problems().stream().anyMatch(problem -> problem.startsWith(variable));
        if (!file.isEmpty() && !values.isSet(SettingKey.USERS) && !told) {
            findings.problem(
                    variable + ": there is nobody in the file '" + file + "'; give " + SettingKey.USERS.accepted());
        }
    }

    private static Users users(String text) {
        try {
            return Users.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Rejected(String.valueOf(e.getMessage()));
        }
    }

    private Dump dump(ZoneId zone) {
        Optional<String> command = values.parseIfSet(SettingKey.CMD, this::command);
        values.parseIfSet(SettingKey.ARGS, text -> checked(text, checks::arguments));
        return new Dump(
                command,
                new Secret(values.text(SettingKey.ARGS)),
                cron(zone),
                values.parse(SettingKey.DUMP_TIMEOUT, Duration.ZERO, SettingsReader::positive));
    }

    private ZoneId zone() {
        return values.parse(SettingKey.TZ, ZoneOffset.UTC, Zones::parse);
    }

    private String cron(ZoneId zone) {
        return values.parse(SettingKey.CRON, "", text -> checked(text, spec -> checks.cron(spec, zone)));
    }

    private String command(String text) {
        if (text.isEmpty()) {
            throw new Rejected("it is blank");
        }
        if (text.indexOf(' ') >= 0) {
            findings.warning(
                    values.get(SettingKey.CMD).label() + " has a blank in it and is taken as the name of a program"
                            + " all the same: arguments belong into " + SettingKey.ARGS.variable());
        }
        return text;
    }

    private Objects objects() {
        String heritage = values.parse(SettingKey.HERITAGE, "", SettingsReader::heritage);
        tags = new UserTags(sources, findings, values.isOn(SettingKey.USE_PG_WAL)).read(heritage);
        return new Objects(values.parse(SettingKey.PREFIX, "", SettingsReader::prefix), heritage, UserTag.tags(tags));
    }

    private static String heritage(String text) {
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            throw new Rejected("it is blank or has a line break");
        }
        return text;
    }

    private static String prefix(String text) {
        if (List.of(text.split("/", -1)).contains("..")) {
            throw new Rejected("it has a '..' in it");
        }
        try {
            new ObjectKey(text + AFTER_PREFIX);
            return text;
        } catch (IllegalArgumentException e) {
            throw new Rejected(text.startsWith("/") ? "it starts with a slash" : "it makes no object name");
        }
    }

    private static LogLevel logLevel(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        return LogLevel.valueOf(name.equals("WARNING") ? "WARN" : name);
    }

    private static Path folder(String text) {
        Path folder = Path.of(text);
        if (!Files.isDirectory(folder)) {
            throw new Rejected("no such folder");
        }
        return folder;
    }

    private static Duration positive(String text) {
        Duration duration = GoDuration.parse(text);
        if (duration.isNegative() || duration.isZero()) {
            throw new Rejected("not above zero");
        }
        return duration;
    }

    private static Duration notNegative(String text) {
        Duration duration = GoDuration.parse(text);
        if (duration.isNegative()) {
            throw new Rejected("below zero");
        }
        return duration;
    }

    private static String checked(String text, Consumer<String> check) {
        try {
            check.accept(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw new Rejected(String.valueOf(e.getMessage()));
        }
    }
}
