package io.mgnlbackup.cli;

import io.mgnlbackup.config.SettingGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;

/** Prints flags in the help under the heading of their group, in the order in which they were declared. */
record GroupedHelp(SettingOptions settings) implements IHelpSectionRenderer {

    @Override
    public String render(Help help) {
        StringBuilder text = new StringBuilder();
        text.append(section(help, "General", Optional.empty()));
        for (SettingGroup group : SettingGroup.values()) {
            text.append(section(help, group.title(), Optional.of(group)));
        }
        return text.toString();
    }

    private String section(Help help, String title, Optional<SettingGroup> group) {
        List<OptionSpec> options = new ArrayList<>();
        for (OptionSpec option : help.commandSpec().options()) {
            if (!option.hidden() && settings.groupOf(option).equals(group)) {
                options.add(option);
            }
        }
        Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
        layout.addOptions(options, help.createDefaultParamLabelRenderer());
        return "\n" + help.colorScheme().ansi().string("@|bold " + title + "|@") + "\n" + layout;
    }
}
