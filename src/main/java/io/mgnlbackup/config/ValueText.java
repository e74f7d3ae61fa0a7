package io.mgnlbackup.config;

/** A value as a message may show it. */
final class ValueText {

    private static final int MAX_SHOWN = 120;

    private ValueText() {}

    /** The value in quotes, or asterisks for a secret; a password inside a URL is hidden, a long value is cut. */
    static String quoted(SettingKey key, String text) {
        if (key.secret()) {
            return Secret.MASK;
        }
        boolean proxy = key == SettingKey.HTTPS_PROXY || key == SettingKey.HTTP_PROXY;
        // What is no URL may have a password in it all the same.
        String shown = SecretPatterns.mask(proxy ? text.replaceFirst(".*@", Secret.MASK + "@") : text);
        return "'" + (shown.length() > MAX_SHOWN ? shown.substring(0, MAX_SHOWN) + "…" : shown) + "'";
    }

    /** The text without line breaks and other control characters. */
    static String oneLine(String text) {
        return text.replaceAll("\\p{Cc}+", " ").strip();
    }

    /** The text without the one line end that editors and {@code echo} leave behind. */
    static String withoutLineEnd(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
