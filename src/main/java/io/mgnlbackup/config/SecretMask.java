package io.mgnlbackup.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts {@value Secret#MASK} in place of every secret that is known, and of what looks like one, in texts that people get to see.
 *
 * <p>Masking twice gives the same as masking once, and it never fails.
 */
public final class SecretMask {

    /** Hides only what looks like a secret. */
    public static final SecretMask PATTERNS_ONLY = new SecretMask(Set.of());

    /** Shorter words are in every other line; only patterns hide them. */
    static final int LEAST_LENGTH = 4;

    private final Map<Character, List<String>> byFirstLetter = new HashMap<>();

    private SecretMask(Set<String> secrets) {
        for (String secret : secrets) {
            byFirstLetter
                    .computeIfAbsent(secret.charAt(0), first -> new ArrayList<>())
                    .add(secret);
        }
        byFirstLetter
                .values()
                .forEach(list ->
                        list.sort(Comparator.comparingInt(String::length).reversed()));
    }

    /** A mask for these secrets, each also as it is written in URLs and in JSON; those under {@value #LEAST_LENGTH} characters are left out. */
    public static SecretMask of(Iterable<String> secrets) {
        Set<String> all = new LinkedHashSet<>();
        for (String secret : secrets) {
            all.addAll(SecretForms.of(secret));
        }
        all.removeIf(form -> form.length() < LEAST_LENGTH || form.chars().allMatch(c -> c == '*'));
        return new SecretMask(all);
    }

    /** The text without secrets. */
    public String mask(String text) {
        String before = text;
        // What is masked can stand beside text that, with the asterisks, is a secret again. Each round leaves fewer
        // letters.
        for (int round = 0; round <= text.length(); round++) {
            String after = SecretPatterns.mask(known(before));
            if (after.equals(before)) {
                return after;
            }
            before = after;
        }
        return before;
    }

    /** One pass over the text; secrets that overlap or touch become one mask. */
    private String known(String text) {
        if (byFirstLetter.isEmpty()) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text.length());
        int hiddenTo = 0;
        boolean hidden = false;
        for (int at = 0; at < text.length(); at++) {
            int length = secretAt(text, at);
            hiddenTo = Math.max(hiddenTo, at + length);
            if (at >= hiddenTo) {
                masked.append(text.charAt(at));
                hidden = false;
            } else if (!hidden) {
                masked.append(Secret.MASK);
                hidden = true;
            }
        }
        return masked.toString();
    }

    /** The length of the longest secret that starts here, 0 for none. */
    private int secretAt(String text, int at) {
        List<String> candidates = byFirstLetter.get(text.charAt(at));
        if (candidates != null) {
            for (String secret : candidates) {
                if (text.startsWith(secret, at)) {
                    return secret.length();
                }
            }
        }
        return 0;
    }

    /** Never the secrets. */
    @Override
    public String toString() {
        return "SecretMask";
    }
}
