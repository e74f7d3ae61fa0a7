package io.mgnlbackup.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * Who asks.
 *
 * @param name the user's, or {@code -} for nobody in particular
 * @param address of the connection; behind a proxy that of the proxy
 */
public record Caller(String name, String address, Set<Role> roles) {

    private static final String NOBODY = "-";

    /** Copies the roles. */
    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Somebody who showed no credentials, and so may do nothing that needs a role. */
    public static Caller nobody(String address) {
        return new Caller(NOBODY, address, Set.of());
    }

    /** Somebody at a sidecar that is open to everybody. */
    public static Caller anybody(String address) {
        return new Caller(NOBODY, address, EnumSet.allOf(Role.class));
    }

    /** Whether this role, or one that includes it, is theirs. */
    public boolean may(Role role) {
        return roles.contains(role);
    }
}
