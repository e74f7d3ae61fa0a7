package io.mgnlbackup.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What Jazzer calls. {@code --target_args} names a target, or {@code all}: then the first byte of an input chooses one, and what stands behind
 * it is for that.
 */
public final class Fuzzer {

    private static final String ALL = "all";

    /** How much more time and memory instrumented code may take. */
    private static final int INSTRUMENTED = 16;

    private static List<String> names = List.of();
    private static FuzzTarget[] targets = {};
    private static long[] executions = {};

    private Fuzzer() {}

    /** Called once. */
    public static void fuzzerInitialize(String[] arguments) {
        Bounded.allow(INSTRUMENTED);
        names = arguments[0].equals(ALL) ? FuzzTargets.names() : List.of(arguments[0]);
        targets = names.stream().map(Fuzzer::named).toArray(FuzzTarget[]::new);
        executions = new long[targets.length];
        Runtime.getRuntime().addShutdownHook(new Thread(Fuzzer::report));
    }

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        boolean chosen = targets.length > 1;
        int index = chosen ? Fuzzed.choice(input, targets.length) : 0;
        executions[index]++;
        targets[index].run(chosen ? Fuzzed.after(input, 1) : input);
    }

    /** Without a look at all the others for the planted bug, since loading them takes time. */
    private static FuzzTarget named(String name) {
        return name.equals(FuzzTargets.PLANTED) ? PlantedBug::run : FuzzTargets.named(name);
    }

    private static void report() {
        for (int i = 0; i < targets.length; i++) {
            System.out.printf("executions %-22s %12d%n", names.get(i), executions[i]);
        }
        System.out.printf(
                "executions %-22s %12d%n", "in all", Arrays.stream(executions).sum());
    }

    /** Prints the names of the targets, a line each; or writes all seeds into a folder, as {@code all} takes them. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            FuzzTargets.names().forEach(System.out::println);
        } else {
            Seeds.writeAll(Path.of(arguments[0]));
        }
    }
}
