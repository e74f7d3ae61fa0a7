package io.mgnlbackup.config;

import io.mgnlbackup.problem.Problem;
import java.time.DateTimeException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The settings as found, and typed access to them that writes down what is not accepted and goes on. */
final class Values {

    private final Map<SettingKey, SettingValue> values = new EnumMap<>(SettingKey.class);
    private final Findings findings;

    /** Finds these settings and no others. */
    Values(Set<SettingKey> keys, SettingSources sources, Findings findings) {
        this.findings = findings;
        SettingLookup lookup = new SettingLookup(sources, findings);
        keys.forEach(key -> values.put(key, lookup.find(key)));
    }

    /** Every value, in the order of the keys. */
    List<SettingValue> all() {
        return List.copyOf(values.values());
    }

    /** A setting as found. */
    SettingValue get(SettingKey key) {
        return Objects.requireNonNull(values.get(key));
    }

    /** Whether the setting has a value that is not empty. */
    boolean isSet(SettingKey key) {
        return get(key).isSet();
    }

    /** The text, empty for none. */
    String text(SettingKey key) {
        return get(key).text();
    }

    /** What the parser makes of the value; the stand-in when the value is not accepted, which is then a problem. */
    <T> T parse(SettingKey key, T standIn, Function<String, T> parser) {
        try {
            return parser.apply(text(key).strip());
        } catch (IllegalArgumentException | Problem | DateTimeException e) {
            reject(key, e instanceof Rejected || e instanceof Problem ? String.valueOf(e.getMessage()) : "");
            return standIn;
        }
    }

    /** The same for a setting that may be absent. */
    <T> Optional<T> parseIfSet(SettingKey key, Function<String, T> parser) {
        return isSet(key) ? parse(key, Optional.empty(), text -> Optional.of(parser.apply(text))) : Optional.empty();
    }

    /** A whole number between two bounds, both included. */
    int number(SettingKey key, int least, int most) {
        return parse(key, least, text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new Rejected("not between " + least + " and " + most);
            }
            return number;
        });
    }

    /** On or off, in the spellings that YAML and shells use. */
    boolean isOn(SettingKey key) {
        return parse(key, false, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "1", "yes", "on" -> true;
            case "false", "f", "0", "no", "off" -> false;
            default -> throw new Rejected("neither true nor false");
        });
    }

    /** Writes down that the value is not accepted, with a reason in a few words or an empty one. */
    void reject(SettingKey key, String reason) {
        SettingValue value = get(key);
        findings.problem(value.label() + ": " + ValueText.quoted(key, value.text()) + " is not accepted"
                + (reason.isEmpty() ? "" : " (" + SecretPatterns.mask(reason) + ")") + "; give " + key.accepted());
    }
}
