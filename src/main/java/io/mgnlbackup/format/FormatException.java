package io.mgnlbackup.format;

import java.io.IOException;
import java.io.Serial;

/** An object is not what it should be. The message names it. */
public final class FormatException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What is wrong with which object. */
    public FormatException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
