package io.mgnlbackup.access;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which role each path needs. What is not listed, in exactly this spelling, needs {@link Role#ADMIN}: routes of users, paths that do not
 * exist, and every other way to write a path that does.
 */
public final class AccessRules {

    /** What a request needs; an empty role: nothing. */
    public record Rule(Optional<Role> role, boolean listed) {

        private static Rule of(Role role) {
            return new Rule(Optional.of(role), true);
        }
    }

    private static final Rule OPEN = new Rule(Optional.empty(), true);
    private static final Rule OTHERS = new Rule(Optional.of(Role.ADMIN), false);

    private static final Map<String, Rule> PATHS = Map.ofEntries(
            Map.entry("/", Rule.of(Role.READ)),
            Map.entry("/list", Rule.of(Role.READ)),
            Map.entry("/events", Rule.of(Role.READ)),
            Map.entry("/assets/page.css", Rule.of(Role.READ)),
            Map.entry("/assets/page.js", Rule.of(Role.READ)),
            Map.entry("/bundle", Rule.of(Role.READ)),
            Map.entry("/dump", Rule.of(Role.WRITE)),
            Map.entry("/cache", Rule.of(Role.WRITE)),
            Map.entry("/metrics", Rule.of(Role.METRICS)),
            Map.entry("/health/live", OPEN),
            Map.entry("/health/ready", OPEN));

    /** Everything below these, whatever it is: names of objects, and instants or what was meant to be one. */
    private static final Map<String, Rule> FOLDERS =
            Map.of("/bundle/", Rule.of(Role.READ), "/files/", Rule.of(Role.READ));

    /** With this parameter a bundle is stored, which is no mere reading. */
    private static final String UPLOAD = "upload";

    private AccessRules() {}

    /**
     * The rule for a request.
     *
     * @param path as the client sent it, still encoded
     * @param normalized the same as the router understands it (RFC 3986, section 6.2.2)
     * @param parameters their names in any case, as the router understands them
     */
    public static Rule of(String path, String normalized, Set<String> parameters) {
        if (!path.equals(normalized)) {
            return OTHERS;
        }
        Rule rule = PATHS.get(path);
        if (rule == null) {
            rule = FOLDERS.entrySet().stream()
                    .filter(folder -> path.startsWith(folder.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(OTHERS);
        }
        boolean stores = path.startsWith("/bundle") && parameters.stream().anyMatch(UPLOAD::equalsIgnoreCase);
        return stores && rule.listed() ? Rule.of(Role.WRITE) : rule;
    }
}
