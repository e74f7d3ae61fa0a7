package io.mgnlbackup.http;

import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes answers of errors: the caller's mistakes, what is not there, and the rest. */
public final class ErrorAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    private final SecretMask mask;

    /** Answers in which secrets are masked. */
    public ErrorAnswers(SecretMask mask) {
        this.mask = mask;
    }

    /** What a client is told of a failure. */
    public record Told(int status, ErrorBody body) {}

    /** The answer to a request that failed. */
    public Answer of(Throwable failure) {
        Told told = tell(failure);
        return Answer.json(told.status(), Json.text(told.body()));
    }

    /** The same, before it is written down. */
    public Told tell(Throwable failure) {
        if (failure instanceof Problem problem) {
            return new Told(
                    status(problem),
                    new ErrorBody(
                            mask.mask(problem.getMessage()),
                            problem.hint().map(mask::mask).orElse(null),
                            problem.detail().map(mask::mask).orElse(null)));
        }
        LOG.error("a request failed in an unexpected way: {}", String.valueOf(failure), failure);
        return new Told(500, new ErrorBody("the request failed inside the sidecar", "the log says more", null));
    }

    /** An answer with a status of its own. */
    public Answer of(int status, String error, String hint) {
        return Answer.json(status, Json.text(new ErrorBody(error, hint, null)));
    }

    private static int status(Problem problem) {
        return switch (problem.kind()) {
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case FORBIDDEN -> problem instanceof StoreException ? 500 : 403; // the store refused us, not the client
            case BUSY -> 429;
            case UNAVAILABLE -> 503;
            case FAILED -> 500;
        };
    }
}
