package io.mgnlbackup.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.cli.FeatureChecks;
import io.mgnlbackup.config.Configuration;
import io.mgnlbackup.config.Purpose;
import io.mgnlbackup.config.SettingSources;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.config.SettingsReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads the environment of a deployed container as the program would. */
final class DeployedSettings {

    private DeployedSettings() {}

    /** The settings of a sidecar, about which the program has nothing to complain; its folders are replaced by one that is here. */
    static Settings ofSidecar(Map<String, String> environment, Path folder) {
        Map<String, String> here = new HashMap<>(environment);
        here.computeIfPresent("MGNLBACKUP_SYNC_DIR", (name, value) -> folder.toString());
        Configuration read =
                SettingsReader.read(SettingSources.ofEnvironment(here), new FeatureChecks(), Purpose.TAKE_BACKUPS);
        assertThat(read.problems()).isEmpty();
        assertThat(read.warnings()).isEmpty();
        return read.settings();
    }

    /** Where {@code boot} restores to. */
    static Path pgdataOfBoot(Map<String, String> environment) {
        assertThat(environment.keySet())
                .filteredOn(name -> name.startsWith("MGNLBACKUP_"))
                .containsExactlyInAnyOrder("MGNLBACKUP_PGDATA", "MGNLBACKUP_DATASOURCE");
        return SettingsReader.readBoot(SettingSources.ofEnvironment(environment), new FeatureChecks())
                .pgdata();
    }
}
