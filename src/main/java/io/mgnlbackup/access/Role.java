package io.mgnlbackup.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What somebody may do. */
public enum Role {
    /** See the page, the lists and the bundles, and use their links. */
    READ,
    /** Take a backup, store a bundle, forget the cache; includes {@link #READ}. */
    WRITE,
    /** Read the metrics, and nothing else. */
    METRICS,
    /** Everything, also what routes of users answer. */
    ADMIN;

    /** As it stands in settings and answers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the name of a role; throws {@link IllegalArgumentException} for another text. */
    static Role parse(String text) {
        for (Role role : values()) {
            if (role.text().equals(text)) {
                return role;
            }
        }
        throw new IllegalArgumentException("there is no role '" + text + "'");
    }

    /** The roles that whoever has this one has. */
    Set<Role> included() {
        return switch (this) {
            case READ, METRICS -> EnumSet.of(this);
            case WRITE -> EnumSet.of(WRITE, READ);
            case ADMIN -> EnumSet.allOf(Role.class);
        };
    }
}
