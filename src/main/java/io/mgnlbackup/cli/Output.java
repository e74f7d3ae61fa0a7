package io.mgnlbackup.cli;

import java.util.Locale;

/** How a command prints its result. */
enum Output {
    /** For people. */
    TEXT,
    /** For programs. */
    JSON;

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
