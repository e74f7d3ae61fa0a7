package io.mgnlbackup.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A command that writes a dump to its standard output.
 *
 * @param executable a path, or a name that is looked up in the PATH of the environment
 * @param arguments passed as they are, never through a shell; they may hold a password
 * @param environment all of it, nothing is inherited
 * @param timeout after which the process and its descendants are killed
 */
public record DumpCommand(
        String executable, List<String> arguments, Map<String, String> environment, Duration timeout) {

    /** Copies the collections. */
    public DumpCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    @Override
    public String toString() {
        return executable;
    }
}
