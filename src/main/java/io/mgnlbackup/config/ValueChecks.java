package io.mgnlbackup.config;

import java.time.ZoneId;

/** Checks of values that belong to features, which this package does not know. Each throws a runtime exception that says what is wrong. */
public interface ValueChecks {

    /** Checks a schedule. */
    void cron(String spec, ZoneId zone);

    /** Checks that arguments can be split. What it throws must not quote them: they may hold a password. */
    void arguments(String text);
}
