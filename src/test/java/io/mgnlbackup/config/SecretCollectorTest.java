package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCollectorTest {

    @Test
    void knowsTheSecretSettings() {
        SecretMask mask = new SecretCollector()
                .settings(Reading.ofMinimum()
                        .variable(SettingKey.S3_ACCESSKEY, "AKIDEXAMPLE")
                        .file(SettingKey.S3_SECRETKEY, "wJalrXUtnFEMI\n")
                        .read()
                        .values())
                .mask();

        assertThat(mask.mask("AKIDEXAMPLE wJalrXUtnFEMI backups")).isEqualTo("AKIDEXAMPLE **** backups");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PGPASSWORD",
                "MYSQL_PWD",
                "MYSQL_ROOT_PASSWORD",
                "POSTGRES_PASSWD",
                "CLIENT_SECRET",
                "GITHUB_TOKEN",
                "AWS_SECRET_ACCESS_KEY",
                "AWS_SESSION_TOKEN",
                "API_KEY",
                "APIKEY",
                "ACCESSKEY",
                "db_password",
                "MGNLBACKUP_S3_SECRETKEY"
            })
    void hidesVariablesThatAreNamedLikeSecrets(String name) {
        assertThat(new SecretCollector()
                        .environment(Map.of(name, "hunter2"))
                        .mask()
                        .mask("it is hunter2"))
                .isEqualTo("it is ****");
    }

    @ParameterizedTest
    @CsvSource({
        "PGUSER, magnolia",
        "PWD, /backup", // the working directory
        "OLDPWD, /backup",
        "PGPASSFILE, /run/secrets/pgpass",
        "PGPASSWORD_FILE, /run/secrets/pg",
        "SSL_KEY, /etc/ssl/key.pem", // a path
        "MGNLBACKUP_KEEPDAYS, 1234",
        "MGNLBACKUP_S3_ACCESSKEY, minio", // an identifier, and the name of the host
        "KEYCLOAK_SERVICE_PORT_HTTP, http", // Kubernetes describing a service
        "KEYBOARD, qwertz",
        "ALLOW_EMPTY_PASSWORD, true",
    })
    void leavesTheOthersAlone(String name, String value) {
        assertThat(new SecretCollector().environment(Map.of(name, value)).mask().mask("it is " + value))
                .isEqualTo("it is " + value);
    }

    @Test
    void findsPasswordsInsideOtherVariables() {
        SecretMask mask = new SecretCollector()
                .environment(
                        Map.of("DATABASE_URL", "postgres://shop:hunter2@db/shop", "DSN", "host=db password='hunter 3'"))
                .mask();

        assertThat(mask.mask("hunter2, hunter 3")).isEqualTo("****, ****");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mysqldump | -u root -phunter2 shop",
                "mysqldump | -u root --password=hunter2 shop",
                "/usr/bin/mariadb-dump | -phunter2",
                "mongodump | --username a --password hunter2 --archive",
                "mongodump | -u a -p hunter2",
                "mongodump | --uri=mongodb://a:hunter2@db/x --archive",
                "pg_dump | --dbname=postgresql://a:hunter2@db/x",
                "pg_dump | postgresql://db/x?user=a&password=hunter2",
                "sh | -c mysqldump\u00a0-phunter2",
                "env | PGPASSWORD=hunter2 pg_dump",
                "docker | exec db mysqldump -phunter2",
            })
    void findsPasswordsAmongArguments(String command, String arguments) {
        List<String> words = List.of(arguments.split(" ", -1)).stream()
                .map(word -> word.replace('\u00a0', ' '))
                .toList();

        assertThat(new SecretCollector().arguments(command, words).mask().mask("got hunter2!"))
                .isEqualTo("got ****!");
    }

    @Test
    void findsPasswordsInConnectionStrings() {
        SecretMask mask = new SecretCollector()
                .arguments("pg_dump", List.of("-d", "host=db user=a password='hunter 2' dbname=x"))
                .mask();

        assertThat(mask.mask("got hunter 2!")).isEqualTo("got ****!");
    }

    @ParameterizedTest
    @CsvSource({
        "pg_dump, -p5432",
        "pg_dumpall, -p 5432",
        "mysqldump, -p 5432shop", // asks for a password, then the database
        "docker, exec db pg_dump -p 5432",
    })
    void leavesPortsAndDatabasesAlone(String command, String arguments) {
        assertThat(new SecretCollector()
                        .arguments(command, List.of(arguments.split(" ", -1)))
                        .mask()
                        .mask("5432shop"))
                .isEqualTo("5432shop");
    }

    @Test
    void hidesAShortPasswordWhereItsOptionStands() {
        SecretMask mask = new SecretCollector()
                .arguments("mysqldump", List.of("-uroot", "-pxy", "shop"))
                .mask();

        assertThat(mask.mask("mysqldump -uroot -pxy shop"))
                .isEqualTo("mysqldump -uroot -pxy shop".replace("-pxy", "****"));
    }
}
