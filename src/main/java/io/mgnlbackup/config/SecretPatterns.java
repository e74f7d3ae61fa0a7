package io.mgnlbackup.config;

import java.util.List;
import java.util.regex.Pattern;

/** Hides what looks like a secret wherever it stands: passwords in URLs, {@code password=…}, signatures of links. */
final class SecretPatterns {

    /** Words after which, and a sign, a password stands. */
    private static final String NAMES =
            "(?i:password|passwd|passphrase|mysql_pwd|secret_?key|secret_?access_?key|access_?token)";

    /** A name and its sign, as in {@code password = } or {@code "password": }. */
    private static final String ASSIGNED = NAMES + "['\"]?+\\s{0,3}+[=:]\\s{0,3}+";

    /**
     * The password in {@code scheme://user:password@host}, up to the last {@code @} of the word, since people forget to escape; not a
     * port with a path after it.
     */
    private static final String IN_URL = "://[^\\s:/@'\"]*+:(?!\\d{1,5}+/)";

    private static final String SIGNATURES =
            "(?i:x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)"
                    + "|signature|credential|awsaccesskeyid|googleaccessid|token)";

    /** In each, the first group stays and what follows it goes. */
    private static final List<Pattern> HIDDEN = List.of(
            Pattern.compile("(" + IN_URL + ")[^\\s'\"]*(?=@)"),
            // libpq connection strings, variables, query parameters, options, JSON; the value may be quoted
            Pattern.compile("(" + ASSIGNED + "')[^']++(?=')"),
            Pattern.compile("(" + ASSIGNED + "\")[^\"]++(?=\")"),
            Pattern.compile("(" + ASSIGNED + ")[^\\s'\"&,;}\\]]++"),
            // pre-signed links of S3, of Google and of our own, and the Authorization header of S3
            Pattern.compile("((?:^|[?&;,\\s])" + SIGNATURES + "=)[^\\s&'\"<>;,]++"));

    /** Where the first group is a password. */
    private static final List<Pattern> PASSWORDS = List.of(
            Pattern.compile(IN_URL + "([^\\s'\"]*)(?=@)"),
            Pattern.compile(NAMES + "\\s{0,3}+=\\s{0,3}+'([^']*+)'"),
            Pattern.compile(NAMES + "\\s{0,3}+=\\s{0,3}+([^\\s'\"&,;]++)"));

    private SecretPatterns() {}

    /** The text with asterisks in place of what looks like a secret. */
    static String mask(String text) {
        String masked = text;
        for (Pattern pattern : HIDDEN) {
            masked = pattern.matcher(masked).replaceAll("$1" + Secret.MASK);
        }
        return masked;
    }

    /** The passwords of URLs and connection strings inside a text. */
    static List<String> passwords(String text) {
        return PASSWORDS.stream()
                .flatMap(pattern -> pattern.matcher(text).results().map(found -> found.group(1)))
                .toList();
    }
}
