package io.mgnlbackup.cli;

import io.mgnlbackup.config.BootSettings;
import io.mgnlbackup.config.Configuration;
import io.mgnlbackup.config.ConfigurationException;
import io.mgnlbackup.config.Purpose;
import io.mgnlbackup.config.ScheduleSettings;
import io.mgnlbackup.config.SecretCollector;
import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.config.SettingKey;
import io.mgnlbackup.config.SettingSources;
import io.mgnlbackup.config.SettingValue;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.config.SettingsReader;
import io.mgnlbackup.logging.LogSetup;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the settings of a run from its flags and surroundings, and sets up the log as they say. */
final class SettingsLoader {

    private static final Logger LOG = LoggerFactory.getLogger("io.mgnlbackup.Configuration");

    private final Invocation invocation;
    private final SettingOptions options;

    SettingsLoader(Invocation invocation, SettingOptions options) {
        this.invocation = invocation;
        this.options = options;
    }

    /** The schedule alone; throws {@link ConfigurationException} when something is wrong with it, whatever the other settings. */
    ScheduleSettings schedule() {
        return SettingsReader.readSchedule(sources(), new FeatureChecks());
    }

    /** The settings, good or not; logs nothing. */
    Configuration read(Purpose purpose) {
        return SettingsReader.read(sources(), new FeatureChecks(), purpose);
    }

    /** The settings, with the log set up and the warnings in it; throws {@link ConfigurationException} with everything that is wrong. */
    Loaded load(Purpose purpose) {
        Configuration configuration = read(purpose);
        Settings settings = configuration.settings();
        SecretMask mask = mask(configuration.values());
        LogSetup.apply(settings.logLevel(), mask);
        configuration.warnings().forEach(LOG::warn);
        return new Loaded(settings, mask);
    }

    /** What {@code boot} needs, with the log set up; throws {@link ConfigurationException} when something is wrong with that. */
    BootSettings loadBoot() {
        BootSettings settings = SettingsReader.readBoot(sources(), new FeatureChecks());
        LogSetup.apply(settings.logLevel(), SecretMask.PATTERNS_ONLY);
        return settings;
    }

    /** Good settings, and what hides their secrets. */
    record Loaded(Settings settings, SecretMask mask) {}

    /** Hides every secret of these values and of the environment. */
    SecretMask mask(List<SettingValue> values) {
        SecretCollector secrets = new SecretCollector().settings(values).environment(invocation.environment());
        secrets.arguments(text(values, SettingKey.CMD), arguments(values));
        return secrets.mask();
    }

    private List<String> arguments(List<SettingValue> values) {
        return new FeatureChecks().expanded(text(values, SettingKey.ARGS), invocation.environment());
    }

    private static String text(List<SettingValue> values, SettingKey key) {
        return values.stream()
                .filter(value -> value.key() == key)
                .map(SettingValue::text)
                .findFirst()
                .orElse("");
    }

    private SettingSources sources() {
        return new SettingSources(options.given(), options.givenTags(), invocation.environment(), invocation.files());
    }
}
