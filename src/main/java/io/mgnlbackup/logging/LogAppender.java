package io.mgnlbackup.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.mgnlbackup.config.SecretMask;

/** Writes log lines to standard error, whatever that is at the moment. */
final class LogAppender extends AppenderBase<ILoggingEvent> {

    private volatile LogLine line = new LogLine(SecretMask.PATTERNS_ONLY, false);

    /** From now on lines look like this. */
    void show(LogLine newLine) {
        this.line = newLine;
    }

    @Override
    protected void append(ILoggingEvent event) {
        System.err.print(line.format(event));
        System.err.flush();
    }
}
