package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.access.Users;
import io.mgnlbackup.config.Settings.Compression;
import io.mgnlbackup.config.Settings.Cycle;
import io.mgnlbackup.config.Settings.Dump;
import io.mgnlbackup.config.Settings.Http;
import io.mgnlbackup.config.Settings.LogLevel;
import io.mgnlbackup.config.Settings.Objects;
import io.mgnlbackup.config.StoreSettings.Credentials;
import io.mgnlbackup.store.Tags;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    @Test
    void fillsEverythingWithDefaultsWhenOnlyTheMinimumIsGiven() {
        Settings settings = Reading.ofMinimum().settings();

        assertThat(settings)
                .isEqualTo(new Settings(
                        new Http("", 9999, Optional.empty(), Users.NONE, Optional.empty(), false),
                        LogLevel.INFO,
                        ZoneOffset.UTC,
                        new Dump(Optional.of("pg_dump"), new Secret(""), "@every 24h", Duration.ofHours(10)),
                        new Objects("", "magnolia-backup-" + Version.current(), Tags.NONE),
                        new Cycle(15, 4, 3),
                        new Compression(6, Runtime.getRuntime().availableProcessors()),
                        new StoreSettings.S3(
                                "backups",
                                URI.create("https://minio:9000"),
                                Optional.empty(),
                                "us-east-1",
                                Optional.empty(),
                                8 << 20,
                                3),
                        Optional.empty(),
                        false,
                        false,
                        Optional.empty(),
                        new Settings.Limits(128, 16, Duration.ofSeconds(30), Duration.ofMinutes(30)),
                        Duration.ofSeconds(25),
                        Map.of("MGNLBACKUP_CMD", "pg_dump", "MGNLBACKUP_BUCKET", "backups")));
    }

    @Test
    void takesEverySettingThatIsGiven() {
        Reading reading = Reading.ofNothing();
        for (SettingKey key : SettingKey.values()) {
            if (key.group() != SettingGroup.GCS && key != SettingKey.FILE_DIR) {
                reading.flag(key, SampleValues.of(key));
            }
        }
        Settings settings = reading.variable("MGNLBACKUP_TAGS_TIER", "app").settings();

        assertThat(settings)
                .isEqualTo(new Settings(
                        new Http(
                                "127.0.0.1",
                                8080,
                                Optional.of("https://backup.example.com"),
                                Users.parse(SampleValues.of(SettingKey.USERS)),
                                Optional.empty(),
                                true),
                        LogLevel.DEBUG,
                        ZoneId.of("Europe/Zurich"),
                        new Dump(
                                Optional.of("pg_dumpall"),
                                new Secret("-h,localhost,-U,magnolia"),
                                "30 3 * * *",
                                Duration.ofMinutes(90)),
                        new Objects("prod/shop", "shop", Tags.of(Map.of("tier", "app"))),
                        new Cycle(30, 0, 0),
                        new Compression(1, 7),
                        new StoreSettings.S3(
                                "shop-backups",
                                URI.create("http://s3.eu-central-1.amazonaws.com"),
                                Optional.of(URI.create("https://s3.example.com")),
                                "eu-central-1",
                                Optional.of(new Credentials("AKIDEXAMPLE", new Secret("wJalrXUtnFEMI"))),
                                16 << 20,
                                5),
                        Optional.of(new Settings.Wal(Optional.empty(), 7)),
                        true,
                        true,
                        Optional.of(Path.of("src/main/resources")),
                        new Settings.Limits(64, 4, Duration.ofSeconds(5), Duration.ofHours(1)),
                        Duration.ofSeconds(5),
                        Map.of("MGNLBACKUP_TAGS_TIER", "app")));
    }

    @Test
    void reportsEverythingThatIsWrongAtOnce() {
        Configuration configuration = Reading.ofNothing()
                .variable(SettingKey.ADDRESS, "9999")
                .variable(SettingKey.LOGLEVEL, "loud")
                .variable(SettingKey.CRON, "wrong spec")
                .variable(SettingKey.DUMP_TIMEOUT, "0s")
                .variable(SettingKey.STOP_TIMEOUT, "-1s")
                .variable(SettingKey.GZIP_LEVEL, "12")
                .variable(SettingKey.CYCLE, "15,4")
                .variable(SettingKey.KEEPDAYS, "-3")
                .variable(SettingKey.PREFIX, "/shop")
                .variable(SettingKey.READONLY, "maybe")
                .variable(SettingKey.TZ, "Europe/Zurych")
                .variable(SettingKey.ROUTES_DIR, "/no/such/folder")
                .variable(SettingKey.S3_PART_SIZE, "1MiB")
                .variable(SettingKey.PUBLIC_URL, "ftp://backup")
                .variable(SettingKey.BUCKET, "b!")
                .variable("MGNLBACKUP_TAGS_ULID", "1")
                .read();

        assertThat(configuration.checked()).isEmpty();
        assertThat(configuration.problems())
                .as("one line each: the variable, the value, what is accepted")
                .hasSize(17)
                .contains(
                        "MGNLBACKUP_ADDRESS: '9999' is not accepted (no port in it); give host:port or :port",
                        "MGNLBACKUP_GZIP_LEVEL: '12' is not accepted (not between 1 and 9); give 1 (fast) to 9 (small)",
                        "MGNLBACKUP_LOGLEVEL: 'loud' is not accepted; give error, warn, info, debug or trace",
                        "TZ: 'Europe/Zurych' is not accepted (no such zone); give a time zone such as Europe/Zurich or UTC")
                .anyMatch(line -> line.startsWith("MGNLBACKUP_CMD is not set"));
        assertThatThrownBy(configuration::settings)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        wrong -> assertThat(wrong.problems()).isEqualTo(configuration.problems()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ARGS", "S3_SECRETKEY"})
    void neverShowsASecretInAProblem(SettingKey key) {
        Configuration configuration = Reading.ofMinimum()
                .variable(SettingKey.S3_ACCESSKEY, "AKID")
                .variable(SettingKey.S3_SECRETKEY, "fine")
                .variable(key, "wrong hunter2\nhunter3")
                .read();

        assertThat(configuration.problems())
                .hasSize(1)
                .allSatisfy(line -> assertThat(line)
                        .startsWith(key.variable() + ": **** is not accepted")
                        .doesNotContain("hunter"));
    }

    @Test
    void hidesThePasswordInsideAUrl() {
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.S3_ENDPOINT, "https://me:hunter2@s3.example.com")
                        .read()
                        .problems())
                .containsExactly("MGNLBACKUP_S3_ENDPOINT: 'https://me:****@s3.example.com' is not accepted"
                        + " (it holds a user name or password); give host, host:port or a URL with http or https");
    }

    @Test
    void saysWhereAWrongValueCameFromWhenItWasNotTheVariable() {
        assertThat(Reading.ofMinimum().flag(SettingKey.GZIP_LEVEL, "x").read().problems())
                .containsExactly(
                        "MGNLBACKUP_GZIP_LEVEL (from --gzip-level): 'x' is not accepted; give 1 (fast) to 9 (small)");
        assertThat(Reading.ofMinimum().file(SettingKey.GZIP_LEVEL, "x").read().problems())
                .containsExactly("MGNLBACKUP_GZIP_LEVEL (from MGNLBACKUP_GZIP_LEVEL_FILE): 'x' is not accepted;"
                        + " give 1 (fast) to 9 (small)");
    }

    @Test
    void needsNoCommandToReadBackupsOrWhenReadOnly() {
        Reading noCommand = Reading.ofNothing().variable(SettingKey.BUCKET, "backups");

        assertThat(noCommand.read(Purpose.READ_BACKUPS).problems()).isEmpty();
        assertThat(noCommand.read(Purpose.TAKE_BACKUPS).problems()).hasSize(1);
        assertThat(noCommand
                        .variable(SettingKey.READONLY, "true")
                        .read(Purpose.TAKE_BACKUPS)
                        .problems())
                .isEmpty();
    }

    @Test
    void warnsOfACommandThatHoldsItsArguments() {
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.CMD, "pg_dump -h db")
                        .read()
                        .warnings())
                .singleElement()
                .asString()
                .contains("arguments belong into MGNLBACKUP_ARGS");
    }

    @ParameterizedTest
    @CsvSource({
        "true, true", "TRUE, true", "1, true", "yes, true", "on, true", "t, true", //
        "false, false", "False, false", "0, false", "no, false", "off, false", "' true ', true",
    })
    void takesSwitchesInTheSpellingsOfYamlAndShells(String text, boolean on) {
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.READONLY, text)
                        .settings()
                        .readOnly())
                .isEqualTo(on);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop", "shop/../other", "a//b", "..", "back\\slash", "line\nbreak"})
    void refusesAPrefixThatMakesNoObjectName(String prefix) {
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.PREFIX, prefix)
                        .read()
                        .problems())
                .singleElement()
                .asString()
                .startsWith("MGNLBACKUP_PREFIX: ");
    }

    @ParameterizedTest
    @CsvSource({"warning, WARN", "WARN, WARN", "error, ERROR", "trace, TRACE"})
    void readsLogLevelsInAnyCase(String text, LogLevel level) {
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.LOGLEVEL, text)
                        .settings()
                        .logLevel())
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Zurich, Europe/Zurich",
        ":Europe/Zurich, Europe/Zurich",
        "/usr/share/zoneinfo/Asia/Tokyo, Asia/Tokyo",
        ":/usr/share/zoneinfo/Asia/Tokyo, Asia/Tokyo",
        "EST, -05:00",
        "UTC, Z",
    })
    void readsTheZoneAsTheCLibraryDoes(String text, ZoneId zone) {
        assertThat(Reading.ofMinimum().variable(SettingKey.TZ, text).settings().zone())
                .isEqualTo(zone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CET-1CEST", "+02:00", "Europe", "zurich", "ECT"})
    void refusesZonesThatAreNotInTheIanaDatabase(String text) {
        assertThat(Reading.ofMinimum().variable(SettingKey.TZ, text).read().problems())
                .singleElement()
                .asString()
                .startsWith("TZ: '" + text + "'");
    }

    @Test
    void needsTheArchiveFolderAndNoCommandInWalMode(@TempDir Path folder) {
        Reading reading =
                Reading.ofNothing().variable(SettingKey.BUCKET, "backups").variable(SettingKey.USE_PG_WAL, "true");
        assertThat(reading.read().problems()).singleElement().asString().contains("SYNC_DIR is not set");

        Settings settings =
                reading.variable(SettingKey.SYNC_DIR, folder.toString()).settings();
        assertThat(settings.wal()).contains(new Settings.Wal(Optional.of(folder), 4));
        assertThat(settings.dump().command()).isEmpty();

        assertThat(reading.variable(SettingKey.SYNC_DIR, folder + "/absent")
                        .read()
                        .problems())
                .singleElement()
                .asString()
                .contains("no such folder");
    }

    @Test
    void readsWhatBootNeedsWhateverIsWrongWithTheRest() {
        Reading reading = Reading.ofNothing()
                .variable(SettingKey.CRON, "wrong")
                .variable(SettingKey.PGDATA, "/data")
                .variable(SettingKey.DATASOURCE, "https://s3/link");
        assertThat(reading.boot())
                .isEqualTo(new BootSettings(new Secret("https://s3/link"), Path.of("/data"), LogLevel.INFO));
        assertThatThrownBy(Reading.ofNothing()::boot)
                .hasMessageContaining("PGDATA is not set")
                .hasMessageContaining("DATASOURCE is not set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pg_dump|--dbname=postgresql://u:hunter2@db/shop|PGPASSWORD",
                "/usr/bin/mysqldump|-uroot -phunter2 shop|MYSQL_PWD",
                "mariadb-dump|--password=hunter2|MYSQL_PWD",
                "mongodump|--uri=mongodb://u:hunter2@db/shop|--config",
                "backup.sh|--token hunter2|variable",
            })
    void warnsOfAPasswordInTheListOfProcessesAndShowsABetterWay(String command, String arguments, String better) {
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.CMD, command)
                        .variable(SettingKey.ARGS, arguments)
                        .read()
                        .warnings())
                .singleElement()
                .asString()
                .contains("MGNLBACKUP_ARGS", "list of processes", better)
                .doesNotContain("hunter2");
    }

    @Test
    void warnsOfASecretThatIsGivenAsAFlag() {
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.S3_ACCESSKEY, "AKID")
                        .flag(SettingKey.S3_SECRETKEY, "hunter2")
                        .read()
                        .warnings())
                .singleElement()
                .asString()
                .contains("--s3-secretkey", "MGNLBACKUP_S3_SECRETKEY_FILE")
                .doesNotContain("hunter2");
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.ARGS, "-h db -p 5432 shop")
                        .read()
                        .warnings())
                .isEmpty();
    }

    @Test
    void neverPrintsSecretsInItsOwnRecords() {
        Reading reading = Reading.ofMinimum()
                .variable(SettingKey.S3_ACCESSKEY, "AKID")
                .variable(SettingKey.S3_SECRETKEY, "hunter2")
                .variable(SettingKey.ARGS, "-phunter2");

        assertThat(reading.settings().dump().toString()
                        + reading.settings().store()
                        + reading.read().values()
                        + reading.sources())
                .doesNotContain("hunter2");
    }

    @Test
    void readsTheScheduleAloneWhateverIsWrongWithTheRest() {
        Reading reading = Reading.ofNothing()
                .variable(SettingKey.GZIP_LEVEL, "x")
                .variable(SettingKey.CRON, "30 3 * * *")
                .variable(SettingKey.TZ, "Asia/Tokyo");

        assertThat(reading.schedule()).isEqualTo(new ScheduleSettings("30 3 * * *", ZoneId.of("Asia/Tokyo")));
        assertThatThrownBy(reading.flag(SettingKey.CRON, "wrong")::schedule)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        wrong -> assertThat(wrong.problems()).hasSize(1));
    }
}
