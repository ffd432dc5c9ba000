package org.evolvent.cli.internal.command;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Everything that is logged goes to a file as long as this is open; there is none before there is something to say. What goes to the
 * terminal besides is said by {@code logback.xml}.
 */
final class LogFile implements AutoCloseable {
    private final Logger root;
    private final WhenNeeded appender = new WhenNeeded();

    private final Optional<Appender<ILoggingEvent>> muted;

    /**
     * Begins to append to {@code evolvent.log} in a directory.
     *
     * @param only whether warnings stay off the terminal as long: they would tear a picture on it
     */
    LogFile(Path logs, boolean only) {
        this.root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        LoggerContext context = root.getLoggerContext();
        VisibleEncoder encoder = new VisibleEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} [%thread] %msg%n");
        encoder.start();
        appender.setContext(context);
        appender.file.setContext(context);
        appender.file.setFile(logs.resolve("evolvent.log").toString());
        appender.file.setEncoder(encoder);
        appender.start();
        root.addAppender(appender);
        muted = only ? Optional.ofNullable(root.getAppender("terminal")) : Optional.empty();
        muted.ifPresent(root::detachAppender);
    }

    @Override
    public void close() {
        muted.ifPresent(root::addAppender);
        root.detachAppender(appender);
        appender.stop();
    }

    /** Opens its file for the first event. */
    private static final class WhenNeeded extends AppenderBase<ILoggingEvent> {
        private final FileAppender<ILoggingEvent> file = new FileAppender<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (!file.isStarted()) {
                file.start();
            }
            file.doAppend(event);
        }

        @Override
        public void stop() {
            super.stop();
            file.stop();
        }
    }
}
