package io.mgnlbackup.cli;

import io.mgnlbackup.config.SettingGroup;
import io.mgnlbackup.config.SettingKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** A flag for every setting, on the root command and on every subcommand, so that it may stand before or after the subcommand's name. */
final class SettingOptions {

    private static final String TAG = "--tag";

    private final List<Flag> settings = new ArrayList<>();
    private final List<OptionSpec> tags = new ArrayList<>();

    /** Adds the flags to a command; visible ones are in its help. */
    void addTo(CommandSpec command, boolean visible) {
        for (SettingKey key : SettingKey.values()) {
            OptionSpec option = option(key, visible);
            settings.add(new Flag(key, option));
            command.addOption(option);
        }
        OptionSpec tag = OptionSpec.builder(TAG)
                .paramLabel("<name=value>")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .hidden(!visible)
                .description("a tag for every new object; may be repeated [" + SettingKey.TAG_PREFIX + "<NAME>]")
                .build();
        tags.add(tag);
        command.addOption(tag);
    }

    /** The heading of a flag in the help; empty for a flag that is no setting. */
    Optional<SettingGroup> groupOf(OptionSpec option) {
        if (option.longestName().equals(TAG)) {
            return Optional.of(SettingGroup.OBJECTS);
        }
        return settings.stream()
                .filter(flag -> flag.key().flag().equals(option.longestName()))
                .map(flag -> flag.key().group())
                .findFirst();
    }

    /** The flags that were given. */
    Map<SettingKey, String> given() {
        Map<SettingKey, String> given = new EnumMap<>(SettingKey.class);
        for (Flag flag : settings) {
            String value = flag.option().getValue();
            if (value != null) {
                given.put(flag.key(), value);
            }
        }
        return given;
    }

    /** The tags that were given. */
    Map<String, String> givenTags() {
        Map<String, String> given = new LinkedHashMap<>();
        for (OptionSpec option : tags) {
            List<String> pairs = option.getValue();
            for (String pair : pairs == null ? List.<String>of() : pairs) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw new ParameterException(
                            option.command().commandLine(),
                            "'" + pair + "' is not accepted for " + TAG + "; give name=value");
                }
                given.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return given;
    }

    private record Flag(SettingKey key, OptionSpec option) {}

    private static OptionSpec option(SettingKey key, boolean visible) {
        OptionSpec.Builder option = OptionSpec.builder(key.flag())
                .type(String.class)
                .hidden(!visible)
                .paramLabel("<" + key.placeholder() + ">")
                .description(description(key));
        return key.isSwitch()
                ? option.arity("0..1")
                        .fallbackValue("true")
                        .preprocessor(new OnlyAttached())
                        .build()
                : option.arity("1").build();
    }

    private static String description(SettingKey key) {
        String fallback = key.fallback().isEmpty() || key.isSwitch() ? "" : " (default: " + key.fallback() + ")";
        return (key.description() + fallback + " [" + key.variable() + "]").replace("%", "%%");
    }

    /** Makes {@code --readonly list} a switch and a command: a switch takes a value only after an equals sign. */
    private static final class OnlyAttached implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if ("=".equals(info.get("separator"))) {
                return false;
            }
            option.setValue("true");
            return true;
        }
    }
}
