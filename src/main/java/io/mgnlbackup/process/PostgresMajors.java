package io.mgnlbackup.process;

import java.util.NavigableSet;
import java.util.OptionalInt;

/**
 * Which of several PostgreSQL clients fits a server: an older one refuses to dump, and a newer one writes statements that the server may not
 * know, such as {@code SET transaction_timeout} of version 17.
 */
final class PostgresMajors {

    private PostgresMajors() {}

    /**
     * The smallest major that is not below that of the server; the newest when the server is newer than all or unknown.
     *
     * @param majors of the clients, at least one
     * @param server its major version, empty when it could not be asked
     */
    static int choose(NavigableSet<Integer> majors, OptionalInt server) {
        if (server.isEmpty()) {
            return majors.last();
        }
        Integer fitting = majors.ceiling(server.getAsInt());
        return fitting == null ? majors.last() : fitting;
    }

    /** The major version in a {@code server_version_num} such as 150004; empty when it is none. */
    static OptionalInt of(String versionNumber) {
        String number = versionNumber.strip();
        return number.matches("\\d{5,6}") ? OptionalInt.of(Integer.parseInt(number) / 10_000) : OptionalInt.empty();
    }
}
