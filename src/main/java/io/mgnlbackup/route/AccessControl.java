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
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lets nobody pass who may not: stands before everything that answers, and before the path is looked up. */
public final class AccessControl {

    /** Passwords that are checked at the same time: each takes a processor for a tenth of a second. */
    private static final int MOST_CHECKS = 2;

    /** Passwords that wait for a check, of all addresses together. */
    private static final int MOST_QUEUED = 200;

    private static final int LONGEST_PATH = 200;

    private static final String USER = "io.mgnlbackup.user";
    private static final String CALLER = "io.mgnlbackup.caller";
    private static final String REALM = "realm=\"mgnlbackup\", charset=\"UTF-8\"";

    private final Clock clock;
    private volatile Admitted admitted;
    private final WrongAttempts attempts;
    private final Predicate<RoutingContext> signed;
    private final Predicate<RoutingContext> certified;
    private final ErrorAnswers errors;
    private final IntConsumer refusals;
    private final WorkerExecutor checks;
    private final Semaphore queue = new Semaphore(MOST_QUEUED);

    /** Those who are let in, and what knows them. */
    private record Admitted(Users users, Authenticator authenticator) {}

    /**
     * Admits these users.
     *
     * @param signed whether a request is for something that its own signature opens: a link of a folder store
     * @param certified whether the client has shown a certificate, or needs none
     * @param refusals is told the status of each request that is refused
     */
    public AccessControl(
            Users users,
            Predicate<RoutingContext> signed,
            Predicate<RoutingContext> certified,
            ErrorAnswers errors,
            IntConsumer refusals,
            Clock clock,
            Vertx vertx) {
        this.clock = clock;
        this.certified = certified;
        this.admitted = new Admitted(users, new Authenticator(users, clock));
        this.attempts = new WrongAttempts(clock);
        this.signed = signed;
        this.errors = errors;
        this.refusals = refusals;
        this.checks = vertx.createSharedWorkerExecutor("passwords", MOST_CHECKS);
    }

    /** Adds itself. */
    public void install(Router router) {
        router.route().order(EdgeHandlers.ACCESS).handler(this::check);
    }

    /** From now on these are admitted, and nobody else; what was remembered of the others is forgotten. */
    public void admit(Users users) {
        admitted = new Admitted(users, new Authenticator(users, clock));
    }

    /** Whether the one who was let in with this request still would be, for an answer that goes on. */
    public boolean isStillAdmitted(RoutingContext request) {
        @Nullable User user = request.get(USER);
        return user == null || admitted.users().all().contains(user);
    }

    /** Who asks; known behind the check alone. */
    static Caller caller(RoutingContext request) {
        Caller caller = request.get(CALLER);
        return caller == null ? Caller.nobody(address(request), asked(request)) : caller;
    }

    private void check(RoutingContext request) {
        if (!certified.test(request)) {
            checkWithoutCertificate(request);
            return;
        }
        if (!admitted.users().areRequired()) {
            pass(request, Caller.anybody(address(request), asked(request)));
            return;
        }
        HttpServerRequest asked = request.request();
        AccessRules.Rule rule = AccessRules.of(
                asked.path(), request.normalizedPath(), asked.params().names());
        String header = asked.getHeader("Authorization");
        if (header == null) {
            boolean open = rule.role().isEmpty() || signed.test(request);
            if (open) {
                pass(request, Caller.nobody(address(request), asked(request)));
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
        Optional<User> known = admitted.authenticator().recall(credential.get());
        if (known.isPresent()) {
            authorize(request, rule, known.get());
        } else {
            verify(request, rule, credential.get());
        }
    }

    /** Probes of Kubernetes have no certificate; who has none sees no more than they do, whatever else they show. */
    private void checkWithoutCertificate(RoutingContext request) {
        HttpServerRequest asked = request.request();
        AccessRules.Rule rule = AccessRules.of(
                asked.path(), request.normalizedPath(), asked.params().names());
        if (rule.role().isEmpty()) {
            pass(request, Caller.nobody(address(request), asked(request)));
            return;
        }
        refuse(
                request,
                403,
                "a client certificate is missing",
                "show one that a certificate in MGNLBACKUP_TLS_CLIENT_CA_FILE has signed");
    }

    /** Away from the event loop, since a password takes time; the body waits meanwhile. */
    private void verify(RoutingContext request, AccessRules.Rule rule, Credential credential) {
        String address = address(request);
        long started = System.nanoTime();
        if (!attempts.begin(address)) {
            tooMany(request);
            return;
        }
        if (!queue.tryAcquire()) {
            attempts.end(address);
            tooMany(request);
            return;
        }
        request.request().pause();
        Authenticator authenticator = admitted.authenticator();
        checks.executeBlocking(() -> authenticator.check(credential), false)
                .onComplete(checked -> {
                    queue.release();
                    request.request().resume();
                })
                .onSuccess(found -> found.ifPresentOrElse(
                        user -> {
                            attempts.end(address);
                            authorize(request, rule, user);
                        },
                        () -> wrong(request, address, started)))
                .onFailure(failure -> {
                    attempts.end(address);
                    request.fail(failure);
                });
    }

    private void tooMany(RoutingContext request) {
        request.response().putHeader("Retry-After", "1");
        refuse(request, 429, "too many wrong attempts from this address", "try again in some seconds");
    }

    /** The answer goes out so long after the request, however long the check took: it does not tell whether there is such a user. */
    private void wrong(RoutingContext request, String address, long started) {
        Duration left = attempts.wrong(address).minusNanos(System.nanoTime() - started);
        request.vertx().setTimer(Math.max(1, left.toMillis()), timer -> {
            attempts.end(address);
            unauthorized(request, "the credentials are wrong");
        });
    }

    private void authorize(RoutingContext request, AccessRules.Rule rule, User user) {
        Caller caller = new Caller(user.name(), address(request), asked(request), user.roles());
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
        request.put(USER, user);
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
        Audit.refused(caller(request), status, why);
        refusals.accept(status);
        EdgeHandlers.send(request, errors.of(status, why, hint));
    }

    private static String asked(RoutingContext request) {
        String path = String.valueOf(request.request().path());
        return request.request().method() + " "
                + (path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "…");
    }

    private static String address(RoutingContext request) {
        return request.request().remoteAddress() == null
                ? "-"
                : request.request().remoteAddress().hostAddress();
    }
}
