/**
 * Fuzzing of everything that reads bytes from outside: inputs that a coverage-guided fuzzer makes up (Jazzer), against properties that hold
 * for every input. The targets stand beside what they try, in classes whose names end in {@code Fuzz}; CONTRIBUTING.md says how to run and add one.
 */
@NullMarked
package io.mgnlbackup.fuzz;

import org.jspecify.annotations.NullMarked;
