package io.mgnlbackup.wal;

import io.mgnlbackup.problem.Problem;

/** A file in the archive folder cannot be archived, and trying again will not help: somebody has to look at it. It stays where it is. */
public final class WalException extends Problem {

    WalException(String message, String hint) {
        super(Kind.FAILED, message, hint);
    }
}
