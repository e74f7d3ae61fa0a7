package io.mgnlbackup.restore;

import java.io.IOException;
import java.io.Serial;

/** An entry of an archive that no data directory has. The message says which, and not of which archive. */
final class ForeignEntry extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Why it has no place, after "it holds". */
    ForeignEntry(String message) {
        super(message);
    }
}
