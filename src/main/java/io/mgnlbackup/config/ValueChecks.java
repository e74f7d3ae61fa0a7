package io.mgnlbackup.config;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Checks of values that belong to features, which this package does not know. Each throws a runtime exception that says what is wrong. */
public interface ValueChecks {

    /** Checks a schedule. */
    void cron(String spec, ZoneId zone);

    /** The arguments, split and expanded from the environment; empty if they cannot be split. */
    List<String> expanded(String text, Map<String, String> environment);

    /** Checks that arguments can be split. What it throws must not quote them: they may hold a password. */
    void arguments(String text);
}
