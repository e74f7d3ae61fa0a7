package io.mgnlbackup.route;

import io.mgnlbackup.access.AccessRules;
import io.mgnlbackup.access.Audit;
import io.mgnlbackup.access.Authenticator;
import io.mgnlbackup.access.Caller;
import io.mgnlbackup.access.Credential;
import io.mgnlbackup.access.Role;
import io.mgnlbackup.access.User;
import io.mgnlbackup.access.Users;
import io.mgnlbackup.access.WrongAttempts;
import io.mgnlbackup.http.ErrorAnswers;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/** Lets nobody pass who may not: stands before everything that answers, and before the path is looked up. */
public final class AccessControl {

    /** Passwords that are checked at the same time: each takes a processor for a tenth of a second. */
    private static final int MOST_CHECKS = 2;

    private static final String CALLER = "io.mgnlbackup.caller";
    private static final String REALM = "realm=\"mgnlbackup\", charset=\"UTF-8\"";

    private final Users users;
    private final Authenticator authenticator;
    private final WrongAttempts attempts;
    private final Predicate<RoutingContext> signed;
    private final ErrorAnswers errors;
    private final Semaphore checks = new Semaphore(MOST_CHECKS);

    /**
     * Admits these users.
     *
     * @param signed whether a request is for something that its own signature opens: a link of a folder store
     */
    public AccessControl(Users users, Predicate<RoutingContext> signed, ErrorAnswers errors, Clock clock) {
        this.users = users;
        this.authenticator = new Authenticator(users, clock);
        this.attempts = new WrongAttempts(clock);
        this.signed = signed;
        this.errors = errors;
    }

    /** Adds itself. */
    public void install(Router router) {
        router.route().order(EdgeHandlers.ACCESS).handler(this::check);
    }

    /** Who asks; known behind the check alone. */
    static Caller caller(RoutingContext request) {
        Caller caller = request.get(CALLER);
        return caller == null ? Caller.nobody(address(request)) : caller;
    }

    private void check(RoutingContext request) {
        if (!users.areRequired()) {
            pass(request, Caller.anybody(address(request)));
            return;
        }
        HttpServerRequest asked = request.request();
        AccessRules.Rule rule = AccessRules.of(
                asked.path(), request.normalizedPath(), asked.params().names());
        String header = asked.getHeader("Authorization");
        if (header == null) {
            boolean open = rule.role().isEmpty() || signed.test(request);
            if (open) {
                pass(request, Caller.nobody(address(request)));
            } else {
                unauthorized(request, "credentials are missing");
            }
            return;
        }
        Optional<Credential> credential = Credential.parse(header);
        if (credential.isEmpty()) {
            unauthorized(request, "the header Authorization is neither Basic nor Bearer");
            return;
        }
        Optional<User> known = authenticator.recall(credential.get());
        if (known.isPresent()) {
            authorize(request, rule, known.get());
        } else {
            verify(request, rule, credential.get());
        }
    }

    /** Away from the event loop, since a password takes time; the body waits meanwhile. */
    private void verify(RoutingContext request, AccessRules.Rule rule, Credential credential) {
        String address = address(request);
        if (!attempts.begin(address)) {
            request.response().putHeader("Retry-After", "10");
            refuse(request, 429, "too many attempts from this address", "try again in some seconds");
            return;
        }
        request.request().pause();
        request.vertx()
                .executeBlocking(
                        () -> {
                            checks.acquire();
                            try {
                                return authenticator.check(credential);
                            } finally {
                                checks.release();
                            }
                        },
                        false)
                .onSuccess(found -> {
                    request.request().resume();
                    if (found.isPresent()) {
                        attempts.end(address);
                        authorize(request, rule, found.get());
                    } else {
                        Duration delay = attempts.wrong(address);
                        request.vertx().setTimer(delay.toMillis(), timer -> {
                            attempts.end(address);
                            unauthorized(request, "the credentials are wrong");
                        });
                    }
                })
                .onFailure(failure -> {
                    attempts.end(address);
                    request.request().resume();
                    request.fail(failure);
                });
    }

    private void authorize(RoutingContext request, AccessRules.Rule rule, User user) {
        Caller caller = new Caller(user.name(), address(request), user.roles());
        Optional<Role> missing = rule.role().filter(role -> !caller.may(role));
        if (missing.isPresent() && !signed.test(request)) {
            request.put(CALLER, caller);
            refuse(
                    request,
                    403,
                    "'" + user.name() + "' does not have the role '"
                            + missing.get().text() + "'",
                    "MGNLBACKUP_USERS says who has which role");
            return;
        }
        pass(request, caller);
    }

    @SuppressWarnings("deprecation") // there is no other way to hand a user to a route
    private static void pass(RoutingContext request, Caller caller) {
        request.put(CALLER, caller);
        request.setUser(RequestUser.of(caller));
        request.next();
    }

    private void unauthorized(RoutingContext request, String why) {
        request.response()
                .headers()
                .add("WWW-Authenticate", "Basic " + REALM)
                .add("WWW-Authenticate", "Bearer " + REALM);
        refuse(request, 401, why, "send a token as 'Authorization: Bearer …', or the name and password of a user");
    }

    private void refuse(RoutingContext request, int status, String why, String hint) {
        Audit.refused(
                caller(request),
                request.request().method().name(),
                request.request().path(),
                why);
        EdgeHandlers.send(request, errors.of(status, why, hint));
    }

    private static String address(RoutingContext request) {
        return request.request().remoteAddress() == null
                ? "-"
                : request.request().remoteAddress().hostAddress();
    }
}
