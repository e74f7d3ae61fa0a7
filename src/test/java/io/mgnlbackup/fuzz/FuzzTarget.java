package io.mgnlbackup.fuzz;

/** Reads any bytes with some code of ours, and throws when a property does not hold. What the code rejects as documented is no failure. */
@FunctionalInterface
public interface FuzzTarget {

    /** Tries one input. */
    void run(byte[] input) throws Exception;
}
