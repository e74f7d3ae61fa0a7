package io.mgnlbackup.config;

/**
 * A setting as it was found, not yet checked.
 *
 * @param text empty for none
 * @param origin the flag, variable or file variable that it was read from; {@code default} where nobody gave one
 */
public record SettingValue(SettingKey key, String text, Source source, String origin) {

    /** Where a value came from, the strongest first. */
    public enum Source {
        FLAG,
        VARIABLE,
        FILE,
        DEFAULT
    }

    /** The value that holds when nobody gave one. */
    static SettingValue ofDefault(SettingKey key, String text) {
        return new SettingValue(key, text, Source.DEFAULT, "default");
    }

    /** Whether there is a value at all. */
    public boolean isSet() {
        return !text.isEmpty();
    }

    /** Whether somebody gave it. */
    public boolean isGiven() {
        return source != Source.DEFAULT;
    }

    /** The name in messages: the variable, and where the value came from if that was something else. */
    String label() {
        return origin.equals(key.variable()) || !isGiven() ? key.variable() : key.variable() + " (from " + origin + ")";
    }

    /** Never the value, which may be a secret. */
    @Override
    public String toString() {
        return "SettingValue[" + key + " from " + origin + "]";
    }
}
