package io.mgnlbackup.route;

import io.mgnlbackup.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log what failed in a route that nobody waits for. */
public final class BackgroundErrors {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundErrors.class);

    /** One line, and the stack trace only for what we did not expect. */
    public void tell(String routeId, Throwable failure) {
        if (!(failure instanceof Problem problem)) {
            LOG.error("route '{}' failed in an unexpected way: {}", routeId, String.valueOf(failure), failure);
            return;
        }
        String hint = problem.hint().map(text -> " (" + text + ")").orElse("");
        if (problem.kind() == Problem.Kind.BUSY) {
            LOG.warn("route '{}' does nothing this time: {}", routeId, problem.getMessage());
        } else {
            LOG.error("route '{}' failed: {}{}", routeId, problem.getMessage(), hint);
        }
    }
}
