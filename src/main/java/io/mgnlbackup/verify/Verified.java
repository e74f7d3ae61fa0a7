package io.mgnlbackup.verify;

import io.mgnlbackup.verify.Verdict.State;
import java.time.Instant;

/**
 * What is known of an object since it was read back last.
 *
 * @param etag of what was read: another one is another object, of which nothing is known
 * @param state {@code GOOD}, {@code UNPROVEN} or {@code DAMAGED}; what could not be read says nothing
 * @param reason what is wrong, or what could not be proven
 */
public record Verified(String name, String etag, Instant at, State state, String reason) {

    /** Whether a verdict says something about an object. */
    static boolean tells(State state) {
        return switch (state) {
            case GOOD, UNPROVEN, DAMAGED -> true;
            case UNREADABLE, MISSING -> false;
        };
    }
}
