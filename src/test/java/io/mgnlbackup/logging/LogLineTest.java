package io.mgnlbackup.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.mgnlbackup.config.SecretMask;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLineTest {

    private static final SecretMask MASK = SecretMask.of(List.of("hunter2"));

    @Test
    void isTimeInUtcLevelShortNameAndMessage() {
        assertThat(line(false, "started with {}", null, "hunter2"))
                .isEqualTo("2026-01-02T03:04:05.678Z INFO  BackupJob: started with ****\n");
    }

    @Test
    void joinsTheMessagesOfAnException() {
        Throwable thrown = new IllegalStateException(
                "cannot store 'x'", new IOException("connection reset by hunter2", new NullPointerException()));

        assertThat(line(false, "backup failed", thrown))
                .endsWith(
                        " BackupJob: backup failed: cannot store 'x': connection reset by ****: NullPointerException\n");
    }

    @Test
    void doesNotRepeatWhatAWrapperRepeats() {
        assertThat(line(false, "failed", new IllegalStateException(new IOException("no space left"))))
                .endsWith("failed: java.io.IOException: no space left\n");
    }

    @Test
    void showsTheStackTraceWhenAsked() {
        assertThat(line(true, "failed", new IOException("no hunter2")))
                .contains("failed\n  java.io.IOException: no ****\n\tat io.mgnlbackup.logging.LogLineTest.");
    }

    @Test
    void staysOneLineWhateverTheMessage() {
        assertThat(line(false, "first\n  second\r\nthird\u001b[31m\t\u0007", new IOException("a\nb")))
                .endsWith("BackupJob: first | second | third?[31m\t?: a | b\n");
    }

    @Test
    void noLineOfAMessageLooksLikeALineOfTheLog() {
        String forged = "2026-01-02T03:04:05.678Z INFO  Audit: anna at 10.0.0.1";
        for (String end : new String[] {"\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\u000b"}) {
            for (boolean stackTraces : new boolean[] {true, false}) {
                assertThat(line(stackTraces, "no" + end + forged, new IOException("no" + end + forged))
                                .split("\\R"))
                        .filteredOn(text -> text.startsWith("2026"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void nothingTurnsTheOrderOfALineOrIsInvisibleInIt() {
        assertThat(line(false, "a\u202eb\u0000c\u200bd\u009be", null)).endsWith("BackupJob: a?b?c?d?e\n");
    }

    private static String line(
            boolean stackTraces,
            String message,
            @org.jspecify.annotations.Nullable Throwable thrown,
            Object... arguments) {
        LoggingEvent event = new LoggingEvent(
                "test",
                new LoggerContext().getLogger("io.mgnlbackup.dump.BackupJob"),
                Level.INFO,
                message,
                thrown,
                arguments);
        event.setInstant(Instant.parse("2026-01-02T03:04:05.678901Z"));
        return new LogLine(MASK, stackTraces).format(event);
    }
}
