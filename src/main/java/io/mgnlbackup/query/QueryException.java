package io.mgnlbackup.query;

import io.mgnlbackup.problem.Problem;

/** A query that cannot be read. */
public final class QueryException extends Problem {

    private static final String HINT =
            "accepted: {name=\"value\",other!=\"value\",third=~\"expression\",fourth!~\"expression\"}, or {} for all";

    private final int position;

    QueryException(String why, int position) {
        super(Kind.INVALID, "the query cannot be read: " + why + " at character " + position, HINT);
        this.position = position;
    }

    /** Where it is wrong, in characters (not bytes) from 1; one past the end when something is missing there. */
    public int position() {
        return position;
    }
}
