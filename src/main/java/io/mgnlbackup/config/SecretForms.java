package io.mgnlbackup.config;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/** The ways in which one secret may be written. */
final class SecretForms {

    private static final int LEAST_LINE_LENGTH = 8;

    private SecretForms() {}

    /** The secret as it is, its lines, and what it looks like in a URL and in JSON; also what it means when it is itself from a URL. */
    static Set<String> of(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        add(forms, secret);
        add(forms, secret.strip());
        secret.lines().filter(line -> line.length() >= LEAST_LINE_LENGTH).forEach(line -> add(forms, line));
        decoded(secret, forms);
        return forms;
    }

    private static void add(Set<String> forms, String secret) {
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String percent = form.replace("+", "%20");
        forms.add(secret);
        forms.add(form);
        forms.add(percent);
        forms.add(percent.replace("%7E", "~").replace("*", "%2A"));
        forms.add(lowerCaseEscapes(percent));
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    private static String lowerCaseEscapes(String percent) {
        StringBuilder text = new StringBuilder(percent);
        for (int at = 0; at + 2 < text.length(); at++) {
            if (text.charAt(at) == '%') {
                text.setCharAt(at + 1, Character.toLowerCase(text.charAt(at + 1)));
                text.setCharAt(at + 2, Character.toLowerCase(text.charAt(at + 2)));
            }
        }
        return text.toString();
    }

    private static void decoded(String secret, Set<String> forms) {
        if (secret.indexOf('%') >= 0) {
            try {
                forms.add(URLDecoder.decode(secret.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // A percent sign that starts no escape: the secret is not from a URL.
                return;
            }
        }
    }
}
