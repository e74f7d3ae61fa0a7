package io.mgnlbackup.http;

import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.StoreException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes answers of errors: the caller's mistakes, what is not there, and the rest. */
public final class ErrorAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    /** What clients send is shown to people, whose terminals and browsers must not obey it. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}]");

    /** Of an error or a hint; more is what somebody sent us, or all of an answer of a store. */
    private static final int MOST_CHARACTERS = 800;

    private static final Pattern CONTROL_IN_LINES = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");

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
                            shown(problem.getMessage()),
                            problem.hint().map(this::shown).orElse(null),
                            problem.detail().map(this::shownInLines).orElse(null)));
        }
        LOG.error("a request failed in an unexpected way: {}", String.valueOf(failure), failure);
        return new Told(500, new ErrorBody("the request failed inside the sidecar", "the log says more", null));
    }

    private String shown(String text) {
        String shown = CONTROL.matcher(mask.mask(text)).replaceAll("?");
        return shown.length() <= MOST_CHARACTERS ? shown : shown.substring(0, MOST_CHARACTERS) + "…";
    }

    private String shownInLines(String text) {
        return CONTROL_IN_LINES.matcher(mask.mask(text)).replaceAll("?");
    }

    /** An answer with a status of its own. */
    public Answer of(int status, String error, String hint) {
        return Answer.json(status, Json.text(new ErrorBody(shown(error), shown(hint), null)));
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
