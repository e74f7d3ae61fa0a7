package io.mgnlbackup.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mgnlbackup.config.Configuration;
import io.mgnlbackup.config.Secret;
import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.config.SettingKey;
import io.mgnlbackup.config.SettingValue;
import io.mgnlbackup.config.UserTag;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The effective settings as text, without secrets.
 *
 * @param mask knows the secrets of these settings
 */
record ConfigText(Configuration configuration, SecretMask mask) {

    /** A table for people. */
    String table() {
        TextTable table = new TextTable(List.of("SETTING", "VALUE", "FROM"), Set.of());
        for (SettingValue value : configuration.values()) {
            table.add(value.key().variable(), shown(value), value.origin());
        }
        for (UserTag tag : configuration.tags()) {
            table.add("tag " + tag.name(), shown(tag.value()), tag.origin());
        }
        return table.print();
    }

    /** The settings, the problems and the warnings as an object. */
    String json() {
        ObjectNode node = JsonText.object();
        ObjectNode settings = node.putObject("settings");
        for (SettingValue value : configuration.values()) {
            ObjectNode setting = settings.putObject(value.key().variable());
            setting.put("value", shown(value));
            setting.put("source", value.source().name().toLowerCase(Locale.ROOT));
            setting.put("from", value.origin());
        }
        ObjectNode tags = node.putObject("tags");
        for (UserTag tag : configuration.tags()) {
            tags.putObject(tag.name()).put("value", masked(tag.value())).put("from", tag.origin());
        }
        configuration.warnings().forEach(node.putArray("warnings")::add);
        configuration.problems().forEach(node.putArray("problems")::add);
        return JsonText.pretty(node);
    }

    /** A text without the secrets of these settings. */
    String masked(String text) {
        return mask.mask(text);
    }

    private String shown(SettingValue value) {
        if (value.key().secret() && value.key() != SettingKey.ARGS) {
            return value.isSet() ? Secret.MASK : "";
        }
        return shown(value.text());
    }

    private String shown(String text) {
        return masked(text).replaceAll("\\p{Cc}", " ");
    }
}
