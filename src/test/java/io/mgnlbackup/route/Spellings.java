package io.mgnlbackup.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** Everything that a server has a route for, in every spelling. */
final class Spellings {

    /** What stands for the rest of a path that a route leaves open. */
    private static final String REST = "2026-03-01T12:00:00Z";

    private Spellings() {}

    /** A path for each route of the server: those of Camel, and those of our own handlers. */
    static Set<String> paths(GuardedSidecar sidecar) {
        Router router = Objects.requireNonNull(
                VertxPlatformHttpRouter.lookup(sidecar.camel(), VertxPlatformHttpRouter.getRouterNameFromPort(0)));
        assertThat(router.getRoutes())
                .as("a route by a regular expression has no path here")
                .noneMatch(Route::isRegexPath);
        Set<String> paths = router.getRoutes().stream()
                .map(Route::getPath)
                .map(path -> path == null ? "/anything" : path.length() > 1 && path.endsWith("/") ? path + REST : path)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(paths).contains("/list", "/dump", "/events", "/assets/page.js", "/files/" + REST, "/bundle/" + REST);
        return paths;
    }

    /** Ways to write a path, the plain one first. */
    static List<String> of(String path) {
        String first = path.length() > 1 ? "/%" + Integer.toHexString(path.charAt(1)) + path.substring(2) : "/%2f";
        return Stream.of(
                        path,
                        path + "?a=b",
                        "/" + path,
                        "/." + path,
                        "/x/.." + path,
                        "/x/%2e%2e" + path,
                        "/health/live/.." + path,
                        "/health/live/../.." + path,
                        "/health/live%2f..%2f.." + path,
                        first,
                        path + ";a=b",
                        path + "/.",
                        path.length() > 1 ? path.toUpperCase(Locale.ROOT) : "/?",
                        "http://127.0.0.1/x/.." + path,
                        path + "/",
                        "/x\\.." + path)
                .filter(spelling -> !spelling.equals("/?")) // the root itself
                .toList();
    }
}
