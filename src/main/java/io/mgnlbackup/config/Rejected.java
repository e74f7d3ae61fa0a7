package io.mgnlbackup.config;

/** A value is not accepted, and the message says why in a few words that fit in brackets. */
final class Rejected extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** A value that is not accepted for this reason. */
    Rejected(String reason) {
        super(reason);
    }
}
