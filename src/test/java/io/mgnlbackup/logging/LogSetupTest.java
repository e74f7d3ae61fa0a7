package io.mgnlbackup.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.config.Settings.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogSetupTest {

    private static final Logger OURS = LoggerFactory.getLogger("io.mgnlbackup.dump.BackupJob");
    private static final Logger LIBRARY = LoggerFactory.getLogger("org.apache.camel.impl.Engine");

    @AfterEach
    void backToNormal() {
        LogSetup.apply(LogLevel.INFO, SecretMask.PATTERNS_ONLY);
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR, ERROR, ERROR",
        "WARN, WARN, WARN",
        "INFO, INFO, WARN", // what Camel says at its start stays hidden
        "DEBUG, DEBUG, INFO",
        "TRACE, TRACE, DEBUG",
    })
    void letsLibrariesSpeakOneLevelQuieter(LogLevel level, org.slf4j.event.Level ours, org.slf4j.event.Level library) {
        LogSetup.apply(level, SecretMask.PATTERNS_ONLY);

        assertThat(lowest(OURS)).isEqualTo(ours);
        assertThat(lowest(LIBRARY)).isEqualTo(library);
    }

    @Test
    void keepsTalkativeLibrariesBackAtTrace() {
        LogSetup.apply(LogLevel.TRACE, SecretMask.PATTERNS_ONLY);

        assertThat(lowest(LoggerFactory.getLogger("io.netty.channel.Something")))
                .isEqualTo(org.slf4j.event.Level.INFO);
    }

    @Test
    void aFileThatStaysIsNotToldTwice() {
        Logger camel = LoggerFactory.getLogger("org.apache.camel.component.file.GenericFileOnCompletion");

        LogSetup.apply(LogLevel.INFO, SecretMask.PATTERNS_ONLY);
        assertThat(camel.isErrorEnabled()).isFalse();

        LogSetup.apply(LogLevel.DEBUG, SecretMask.PATTERNS_ONLY);
        assertThat(camel.isWarnEnabled()).isTrue();
    }

    @Test
    void writesMaskedLinesToStandardError() {
        LogSetup.apply(LogLevel.INFO, SecretMask.of(List.of("hunter2")));

        assertThat(standardError(() -> OURS.info("the password is hunter2", new IllegalStateException("hunter2"))))
                .endsWith(" INFO  BackupJob: the password is ****: ****" + System.lineSeparator());
    }

    private static org.slf4j.event.Level lowest(Logger logger) {
        for (org.slf4j.event.Level level : List.of(
                org.slf4j.event.Level.TRACE,
                org.slf4j.event.Level.DEBUG,
                org.slf4j.event.Level.INFO,
                org.slf4j.event.Level.WARN)) {
            if (logger.isEnabledForLevel(level)) {
                return level;
            }
        }
        return org.slf4j.event.Level.ERROR;
    }

    private static String standardError(Runnable action) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
