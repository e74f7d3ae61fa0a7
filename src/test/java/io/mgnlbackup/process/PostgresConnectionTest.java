package io.mgnlbackup.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresConnectionTest {

    @ParameterizedTest
    @CsvSource({
        "pg_dump, -h db -p 5433 -U shop orders, --host=db --port=5433 --username=shop, orders",
        "pg_dump, -hdb -p5433 -Ushop -dorders, --host=db --port=5433 --username=shop, orders",
        "pg_dump, --host db --port=5433 --username shop --dbname orders, --host=db --port=5433 --username=shop, orders",
        "pg_dump, orders -h db, --host=db, orders",
        "pg_dump, -vxh db -Fc orders, --host=db, orders", // several options in one word
        "pg_dump, -n public -t a -t b orders, , orders",
        "pg_dump, -n public, , ",
        "pg_dump, --schema public --table a orders, , orders",
        "pg_dump, --verbose orders, , orders",
        "pg_dump, -d postgresql://shop@db/orders, , postgresql://shop@db/orders",
        "pg_dump, postgres://db/orders, , postgres://db/orders",
        "pg_dumpall, -h db -l shop --clean, --host=db, shop",
        "pg_dumpall, --database=shop, , shop",
        "pg_dumpall, --role backup, , ",
        "pg_basebackup, -D - -X none -P -h db --dbname=host=db, --host=db, host=db",
        "pg_basebackup, -l label -h, --host=, ", // psql or the program itself will complain
    })
    void readsWhereAProgramConnectsTo(String program, String arguments, String words, String database) {
        PostgresConnection connection = PostgresConnection.of(program, List.of(arguments.split(" ")));
        assertThat(connection.words()).isEqualTo(words == null ? List.of() : List.of(words.split(" ")));
        assertThat(connection.database()).isEqualTo(Optional.ofNullable(database));
    }

    @Test
    void tellsConnectionStringsFromNames() {
        assertThat(of("orders").isConnectionString()).isFalse();
        assertThat(of("host=db dbname=orders").isConnectionString()).isTrue();
        assertThat(of("postgres://db/orders").isConnectionString()).isTrue();
    }

    private static PostgresConnection of(String database) {
        return new PostgresConnection(List.of(), Optional.of(database));
    }
}
