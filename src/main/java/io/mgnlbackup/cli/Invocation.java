package io.mgnlbackup.cli;

import io.mgnlbackup.config.SettingSources.FileReader;
import java.util.Map;

/**
 * What surrounds one run of the program.
 *
 * @param sidecar does what needs routes
 * @param environment of the process
 * @param files reads what file variables name
 * @param terminal whether a person watches standard error
 */
public record Invocation(Sidecar sidecar, Map<String, String> environment, FileReader files, boolean terminal) {

    /** Copies the environment. */
    public Invocation {
        environment = Map.copyOf(environment);
    }

    /** Never the environment, which holds secrets. */
    @Override
    public String toString() {
        return "Invocation[terminal=" + terminal + "]";
    }
}
