package io.mgnlbackup.page;

import io.mgnlbackup.problem.Problem;

/** Problems in a sentence. */
final class Problems {

    private Problems() {}

    /** What is wrong and, behind a dash, what to do. */
    static String text(Problem problem) {
        return problem.getMessage() + problem.hint().map(hint -> " — " + hint).orElse("");
    }
}
