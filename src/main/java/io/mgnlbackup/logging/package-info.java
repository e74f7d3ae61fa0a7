/**
 * What the log looks like: one line an event on standard error, in UTC, without secrets.
 *
 * <p>Logback is set up in code, which is quicker than reading a file at each start. Levels follow the setting LOGLEVEL; libraries speak
 * one level quieter than we do. Stack traces appear from level debug on, before that a chain of messages says why.
 */
@NullMarked
package io.mgnlbackup.logging;

import org.jspecify.annotations.NullMarked;
