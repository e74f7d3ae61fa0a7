package io.mgnlbackup.process;

import java.io.IOException;
import java.io.Serial;

/** A dump that did not end well; what it wrote before must not be used. */
public final class DumpException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** The program is not there, or may not be run. */
        CANNOT_START,
        /** It ended with an exit code that is not 0. */
        FAILED_EXIT,
        /** A signal ended it that was not ours. */
        SIGNALLED,
        /** It ended well and wrote nothing. */
        EMPTY,
        /** It took too long and was killed. */
        TIMEOUT,
        /** It ended well, but something that it left in the background kept the output open without writing. */
        LINGERING,
        /** We killed it, since nobody wants its output any more. */
        ABANDONED
    }

    private final Kind kind;
    private final String stderrTail;

    DumpException(Kind kind, String message, String stderrTail) {
        super(message);
        this.kind = kind;
        this.stderrTail = stderrTail;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** The last lines that the process wrote to stderr, secrets masked; may be empty. */
    public String stderrTail() {
        return stderrTail;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
