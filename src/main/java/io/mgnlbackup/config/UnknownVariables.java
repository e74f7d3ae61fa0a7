package io.mgnlbackup.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds variables that look like ours but are none, such as a mistyped name.
 *
 * <p>Kubernetes describes every service of a namespace in variables: for a service named {@code mgnlbackup} these start like ours, and
 * nothing is said about them.
 */
final class UnknownVariables {

    private static final Pattern SERVICE_LINK = Pattern.compile(
            SettingKey.VARIABLE_PREFIX
                    + "([A-Z0-9_]+_)?(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

    /** Read by the start script. */
    private static final String JAVA_OPTIONS = SettingKey.VARIABLE_PREFIX + "JAVA_OPTS";

    private final Set<String> known = new HashSet<>(Set.of(JAVA_OPTIONS));
    private final List<String> suggestions = new ArrayList<>(List.of(JAVA_OPTIONS));

    UnknownVariables() {
        for (SettingKey key : SettingKey.values()) {
            suggestions.add(key.variable());
            known.add(key.variable());
            key.fileVariable().ifPresent(known::add);
            key.olderVariable().ifPresent(older -> known.addAll(List.of(older, older + "_FILE")));
        }
    }

    /** Writes down a warning for each. */
    void check(Map<String, String> environment, Findings findings) {
        for (String name : new TreeMap<>(environment).keySet()) {
            if (name.startsWith(SettingKey.VARIABLE_PREFIX) && !isKnown(name)) {
                findings.warning(name + " is not a setting and is ignored"
                        + nearest(name)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""));
            }
        }
    }

    private boolean isKnown(String name) {
        boolean tag = name.startsWith(SettingKey.TAG_PREFIX) && name.length() > SettingKey.TAG_PREFIX.length();
        return tag || known.contains(name) || SERVICE_LINK.matcher(name).matches();
    }

    private Optional<String> nearest(String name) {
        return suggestions.stream()
                .min(Comparator.comparingInt(known -> EditDistance.between(name, known)))
                .filter(near -> EditDistance.between(name, near)
                        <= Math.max(2, (near.length() - SettingKey.VARIABLE_PREFIX.length()) / 3));
    }
}
