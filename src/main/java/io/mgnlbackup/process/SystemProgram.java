package io.mgnlbackup.process;

import java.util.Set;

/** A program of the system that does a small thing for us: it gets none of our variables, which hold secrets, but where programs are. */
final class SystemProgram {

    private static final Set<String> VARIABLES = Set.of("PATH");

    private SystemProgram() {}

    /** To be started by the caller; what it prints is thrown away. */
    static ProcessBuilder of(String... words) {
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(VARIABLES);
        return builder;
    }
}
