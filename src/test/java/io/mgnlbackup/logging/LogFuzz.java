package io.mgnlbackup.logging;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Messages with somebody else's words in them. */
public final class LogFuzz {

    private static final LogLine LINE = new LogLine(SecretMask.of(List.of("hunter2")), false);
    private static final LoggerContext CONTEXT = new LoggerContext();

    private LogFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of("log-line", LogFuzz::line);
    }

    /** One line, without control characters and without the secret. */
    static void line(byte[] input) {
        List<String> lines = List.of(Fuzzed.text(input).split("[|]", 2));
        Throwable thrown = lines.size() < 2 ? null : new IOException(lines.get(1));
        LoggingEvent event =
                new LoggingEvent("x", CONTEXT.getLogger("a.B"), Level.INFO, "{}", thrown, new Object[] {lines.get(0)});
        String line = LINE.format(event);
        require(line.endsWith(System.lineSeparator()), "a line", line);
        require(!Fuzzed.hasControls(line.stripTrailing().replace('\t', ' ')), "one line", line);
        require(!line.contains("hunter2"), "a secret is left", line);
    }
}
