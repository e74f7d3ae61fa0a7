package io.mgnlbackup.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.config.Settings.LogLevel;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Sets up the log: a service that Logback finds at its first use, and the switch that the settings turn once they are read.
 *
 * <p>As a service it spares Logback the search for configuration files: measured, 0.1 s of each start.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

    private static final String OURS = "io.mgnlbackup";

    /** Libraries that tell every byte or every tick at debug. */
    private static final List<String> TALKATIVE =
            List.of("io.netty", "io.vertx", "org.quartz", "software.amazon.awssdk.auth", "org.apache.camel.main");

    /** Say with hardly a word that a client has left a download, and that a WAL file stays in the folder; why, we say ourselves. */
    private static final List<String> UPSET =
            List.of("io.vertx.core.net.impl.ConnectionBase", "org.apache.camel.component.file.GenericFileOnCompletion");

    /** Level info, and a mask that knows patterns only, until {@link #apply} says more. */
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        LogAppender appender = new LogAppender();
        appender.setContext(context);
        appender.setName("stderr");
        appender.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
        setLevels(context, LogLevel.INFO);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** From here on, lines of this level and above are written, without the secrets that the mask knows. */
    public static void apply(LogLevel level, SecretMask mask) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            root.iteratorForAppenders().forEachRemaining(appender -> {
                if (appender instanceof LogAppender ours) {
                    ours.show(new LogLine(mask, level.compareTo(LogLevel.DEBUG) >= 0));
                }
            });
            setLevels(context, level);
        }
    }

    private static void setLevels(LoggerContext context, LogLevel level) {
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(quieter(level));
        context.getLogger(OURS).setLevel(Level.valueOf(level.name()));
        for (String name : UPSET) {
            context.getLogger(name).setLevel(level.compareTo(LogLevel.DEBUG) < 0 ? Level.OFF : null);
        }
        for (String name : TALKATIVE) {
            context.getLogger(name).setLevel(level == LogLevel.TRACE ? Level.INFO : null);
        }
    }

    private static Level quieter(LogLevel level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARN, INFO -> Level.WARN;
            case DEBUG -> Level.INFO;
            case TRACE -> Level.DEBUG;
        };
    }
}
