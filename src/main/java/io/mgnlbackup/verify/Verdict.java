package io.mgnlbackup.verify;

import java.util.Locale;

/**
 * What was found of one object.
 *
 * @param reason what is wrong, or what could not be proven; empty when all is well
 * @param bytes that were read
 */
public record Verdict(String name, State state, String reason, long bytes) {

    /** The reason, with the name of the object in it. */
    String named() {
        return reason.contains(name) ? reason : "'" + name + "': " + reason;
    }

    /** How it stands with an object. */
    public enum State {
        /** Every byte is the one that was stored, and what is in it is whole. */
        GOOD,
        /** It can be read and looks whole, and nothing says what it was: another program wrote it. */
        UNPROVEN,
        /** It is not what was stored. */
        DAMAGED,
        /** The store did not give it, so nobody knows. */
        UNREADABLE,
        /** Something that was never finished, or never came: a base backup without its meta object, missing WAL. */
        MISSING;

        /** As it stands in a report. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether somebody has to do something. */
        public boolean isBad() {
            return this == DAMAGED || this == UNREADABLE || this == MISSING;
        }
    }
}
