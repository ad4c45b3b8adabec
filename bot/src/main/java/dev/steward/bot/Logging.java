package dev.steward.bot;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets the log up: to standard error, as text or as JSON, with every known secret masked. */
public final class Logging {
    /** What somebody sent may stand in a message, and must not begin a line of its own there. */
    static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0}: "
            + "%replace(%msg){'[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]+', ' '}%n%ex";

    private Logging() {}

    /** Logs what a serving Steward does. */
    public static void start(Settings settings) {
        start(settings.listening().log(), Level.INFO, secrets(settings));
    }

    /** Logs, for a command of an operator, only what goes wrong. */
    public static void quiet() {
        start(Settings.LogFormat.PLAIN, Level.ERROR, List.of());
    }

    private static void start(Settings.LogFormat format, Level level, List<Secret> secrets) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(new MaskingEncoder(encoder(format, context), secrets));
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(appender);
        for (String chatty : List.of("org.eclipse.jetty", "io.javalin", "com.zaxxer", "org.flywaydb", "com.slack")) {
            context.getLogger(chatty).setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
        }
        // It writes down the whole of a payload that it does not know, with whatever somebody typed.
        context.getLogger("com.slack.api.bolt.util.SlackRequestParser").setLevel(Level.OFF);
    }

    private static Encoder<ILoggingEvent> encoder(Settings.LogFormat format, LoggerContext context) {
        Encoder<ILoggingEvent> encoder = switch (format) {
            case JSON -> {
                var json = new JsonEncoder();
                json.setWithFormattedMessage(true);
                json.setWithMessage(false);
                json.setWithArguments(false);
                json.setWithContext(false);
                json.setWithSequenceNumber(false);
                json.setWithNanoseconds(false);
                yield json;
            }
            case PLAIN -> {
                var plain = new PatternLayoutEncoder();
                plain.setPattern(PATTERN);
                yield plain;
            }
        };
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static List<Secret> secrets(Settings settings) {
        List<Secret> secrets = new ArrayList<>();
        settings.slack().ifPresent(slack -> secrets.addAll(slack.secrets()));
        secrets.addAll(settings.webhooks().secrets().values());
        settings.places().key().ifPresent(secrets::add);
        settings.credentials().values().forEach(profile -> secrets.addAll(profile.values()));
        settings.onDuty().webhook().ifPresent(webhook -> secrets.addAll(List.of(webhook.url(), webhook.secret())));
        return secrets;
    }
}
