package io.mgnlbackup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.catalog.BackupKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackupNamesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T04:05:06.789Z");

    @Test
    void namesADumpByPrefixAndSecondInUtc() {
        BackupNames names = new BackupNames("team/shop", BackupKind.DUMP);
        assertThat(names.of(names.claimSecond(NOW)).value()).isEqualTo("team/shop-2026-03-01-040506.sql.gz");
        BackupNames bare = new BackupNames("", BackupKind.DUMP);
        assertThat(bare.of(bare.claimSecond(NOW)).value()).isEqualTo("2026-03-01-040506.sql.gz");
    }

    @Test
    void neverGivesASecondTwice() {
        BackupNames names = new BackupNames("", BackupKind.DUMP);
        assertThat(names.claimSecond(NOW)).isEqualTo("2026-03-01T04:05:06Z");
        assertThat(names.claimSecond(NOW)).isEqualTo("2026-03-01T04:05:07Z");
        assertThat(names.claimSecond(NOW.minusSeconds(60)))
                .as("a clock set back")
                .isEqualTo("2026-03-01T04:05:08Z");
        assertThat(names.claimSecond(NOW.plusSeconds(60))).isEqualTo("2026-03-01T04:06:06Z");
    }
}
