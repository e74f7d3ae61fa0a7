package io.mgnlbackup.access;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who asks.
 *
 * @param name the user's, or {@code -} for nobody in particular
 * @param address of the connection; behind a proxy that of the proxy
 * @param asked the method and the path, without parameters, which may hold a signature
 */
public record Caller(String name, String address, String asked, Set<Role> roles) {

    private static final String NOBODY = "-";

    /** Copies the roles. */
    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Somebody who showed no credentials, and so may do nothing that needs a role. */
    public static Caller nobody(String address, String asked) {
        return new Caller(NOBODY, address, asked, Set.of());
    }

    /** Somebody at a sidecar that is open to everybody. */
    public static Caller anybody(String address, String asked) {
        return new Caller(NOBODY, address, asked, EnumSet.allOf(Role.class));
    }

    /** Whether this role, or one that includes it, is theirs. */
    public boolean may(Role role) {
        return roles.contains(role);
    }

    /** As the audit log shows them. */
    @Override
    public String toString() {
        String who = name.equals(NOBODY)
                ? NOBODY
                : name + " (" + roles.stream().sorted().map(Role::text).collect(Collectors.joining(",")) + ")";
        return who + " at " + address + ", " + asked;
    }
}
