package io.mgnlbackup.config;

import java.util.List;
import java.util.Optional;

/**
 * What was read: the values as found, what to log about them, and the settings if nothing is wrong.
 *
 * @param values every setting, in the order of {@link SettingKey}
 * @param tags in the order of their names
 * @param warnings lines to log
 * @param problems lines that stop the start
 * @param checked the settings, where there are no problems
 */
public record Configuration(
        List<SettingValue> values,
        List<UserTag> tags,
        List<String> warnings,
        List<String> problems,
        Optional<Settings> checked) {

    /** Copies the lists. */
    public Configuration {
        values = List.copyOf(values);
        tags = List.copyOf(tags);
        warnings = List.copyOf(warnings);
        problems = List.copyOf(problems);
    }

    /** The settings; throws {@link ConfigurationException} with every problem if there are any. */
    public Settings settings() {
        return checked.orElseThrow(() -> new ConfigurationException(problems));
    }
}
