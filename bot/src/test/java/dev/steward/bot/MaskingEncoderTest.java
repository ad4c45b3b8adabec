package dev.steward.bot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MaskingEncoderTest {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    @Test
    void masksKnownSecretsInMessagesAndStackTraces() {
        var plain = new PatternLayoutEncoder();
        plain.setPattern("%msg%n%ex");

        assertThat(encoded(plain, "token is s3cret\"value", new IllegalStateException("sent s3cret\"value")))
                .contains("token is ***", "sent ***").doesNotContain("s3cret");
    }

    @Test
    void masksASecretAsJsonEscapesIt() {
        assertThat(encoded(new JsonEncoder(), "token is s3cret\"value", new IllegalStateException("s3cret\"value")))
                .startsWith("{").contains("token is ***").doesNotContain("s3cret");
    }

    @Test
    void masksWhateverLooksLikeASlackToken() {
        var plain = new PatternLayoutEncoder();
        plain.setPattern("%msg%nopex");

        assertThat(encoded(plain, "Bearer xoxb-99999999-abc and xapp-1-A0-99", new IllegalStateException()))
                .isEqualTo("Bearer *** and ***");
    }

    @Test
    void keepsAMessageOnOneLine() {
        var plain = new PatternLayoutEncoder();
        plain.setPattern(Logging.PATTERN);

        assertThat(encoded(plain, "refused: x\r\n2026-11-20T10:00:00Z INFO  Ledger: approved", null))
                .contains("refused: x 2026-11-20").hasLineCount(1);
        assertThat(encoded(plain, "user group \u2028\u2029\u0085 cannot be read", null))
                .contains("user group   cannot be read").hasLineCount(1);
    }

    private String encoded(Encoder<ILoggingEvent> encoder, String message, @Nullable Throwable failure) {
        encoder.setContext(context);
        encoder.start();
        var masking = new MaskingEncoder(encoder, List.of(new Secret("s3cret\"value"), new Secret("short")));
        var event = new LoggingEvent("fqcn", context.getLogger("test"), Level.ERROR, message, failure, null);
        return new String(masking.encode(event), UTF_8);
    }
}
