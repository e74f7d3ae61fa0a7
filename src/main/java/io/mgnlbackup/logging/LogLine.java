package io.mgnlbackup.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.mgnlbackup.config.SecretMask;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an event looks like: time in UTC, level, the last part of the logger's name, message.
 *
 * @param mask takes the secrets out of every line
 * @param stackTraces whether an exception is shown with its stack trace; else its messages are joined to the line
 */
record LogLine(SecretMask mask, boolean stackTraces) {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private static final Pattern BLANKS = Pattern.compile("[\\s\\u0085\\u2028\\u2029]+"); // linear, unlike \\s*\\R\\s*
    private static final Pattern LINE_END = Pattern.compile("\\R");

    /** What a terminal would obey, and what would turn the order of what stands in the line. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\r\\n\\t]]");

    private static final int MOST_CAUSES = 10;

    /** The line with its line end; with a stack trace, several. */
    String format(ILoggingEvent event) {
        String name = event.getLoggerName();
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(String.format(Locale.ROOT, " %-5s ", event.getLevel()))
                .append(name.substring(name.lastIndexOf('.') + 1))
                .append(": ")
                .append(oneLine(mask.mask(String.valueOf(event.getFormattedMessage()))));
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.append(stackTraces ? stackTrace(thrown) : ": " + chain(thrown));
        }
        return line.append(System.lineSeparator()).toString();
    }

    private String chain(IThrowableProxy thrown) {
        StringBuilder chain = new StringBuilder();
        String last = "";
        IThrowableProxy at = thrown;
        for (int count = 0; at != null && count < MOST_CAUSES; count++, at = at.getCause()) {
            String text = at.getMessage() == null ? simpleName(at.getClassName()) : at.getMessage();
            // A wrapper often repeats what it wraps.
            if (!last.contains(text)) {
                chain.append(chain.isEmpty() ? "" : ": ").append(text);
            }
            last = text;
        }
        return oneLine(mask.mask(chain.toString()));
    }

    private String stackTrace(IThrowableProxy thrown) {
        String text = mask.mask(ThrowableProxyUtil.asString(thrown)).stripTrailing();
        // Indented, since a message in it may have lines that look like ours.
        return System.lineSeparator() + withoutControls(text).replaceAll("(?m)^(?!\\t)|\\r", "  ");
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** Line breaks become visible, so that nobody can forge a line. */
    private static String oneLine(String text) {
        return withoutControls(BLANKS.matcher(text.strip())
                .replaceAll(blanks ->
                        LINE_END.matcher(blanks.group()).find() ? " | " : Matcher.quoteReplacement(blanks.group())));
    }

    private static String withoutControls(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }
}
