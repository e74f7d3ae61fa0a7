package io.mgnlbackup.config;

import java.util.ArrayList;
import java.util.List;

/** What is wrong or odd in the settings, collected while they are read, so that all of it is told at once. */
final class Findings {

    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Adds something that stops the start, in one line without secrets. */
    void problem(String line) {
        problems.add(ValueText.oneLine(line));
    }

    /** Adds something to log, in one line without secrets. */
    void warning(String line) {
        warnings.add(ValueText.oneLine(line));
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
