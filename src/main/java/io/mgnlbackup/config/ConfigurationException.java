package io.mgnlbackup.config;

import io.mgnlbackup.problem.Problem;
import java.util.List;

/** The settings cannot be used. It carries everything that is wrong with them, a line each. */
public class ConfigurationException extends Problem {

    private final transient List<String> problems;

    /** All problems, at least one. */
    public ConfigurationException(List<String> problems) {
        super(Kind.INVALID, String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line a problem: the variable, its value unless that is a secret, and what is accepted. */
    public List<String> problems() {
        return problems;
    }
}
