package io.mgnlbackup.route;

import io.mgnlbackup.access.Caller;
import io.mgnlbackup.access.Role;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import java.util.EnumSet;
import java.util.stream.Collectors;

/** Carries the caller from the server into a route: Camel hands on a user of Vert.x, and nothing else that a handler has put down. */
final class RequestUser {

    private static final String NAME = "username";
    private static final String ADDRESS = "address";
    private static final String ASKED = "asked";
    private static final String ROLES = "roles";

    private RequestUser() {}

    static User of(Caller caller) {
        return User.create(new JsonObject()
                .put(NAME, caller.name())
                .put(ADDRESS, caller.address())
                .put(ASKED, caller.asked())
                .put(ROLES, caller.roles().stream().map(Role::name).collect(Collectors.joining(","))));
    }

    static Caller caller(User user) {
        JsonObject principal = user.principal();
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (String role : principal.getString(ROLES).split(",", -1)) {
            if (!role.isEmpty()) {
                roles.add(Role.valueOf(role));
            }
        }
        return new Caller(principal.getString(NAME), principal.getString(ADDRESS), principal.getString(ASKED), roles);
    }
}
