package dev.steward.bot;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes log entries through another encoder and masks secrets in what comes out, stack traces included: those that are
 * known, as they are and as JSON escapes them, and whatever looks like a token of Slack's.
 */
final class MaskingEncoder extends EncoderBase<ILoggingEvent> {
    private static final Pattern SLACK_TOKEN = Pattern.compile("\\bx(?:ox[a-z]|app)-[A-Za-z0-9-]{6,}");

    /** A shorter secret would be found in every other word. */
    private static final int SHORTEST = 6;

    private final Encoder<ILoggingEvent> encoder;
    private final List<String> secrets;

    MaskingEncoder(Encoder<ILoggingEvent> encoder, List<Secret> secrets) {
        this.encoder = encoder;
        this.secrets = secrets.stream().map(Secret::reveal)
                .flatMap(s -> Stream.of(s, new String(JsonStringEncoder.getInstance().quoteAsString(s))))
                .filter(s -> s.length() >= SHORTEST).distinct().toList();
        started = true;
    }

    @Override
    public byte[] headerBytes() {
        return encoder.headerBytes();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String text = new String(encoder.encode(event), StandardCharsets.UTF_8);
        for (String secret : secrets) {
            text = text.replace(secret, "***");
        }
        return SLACK_TOKEN.matcher(text).replaceAll("***").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return encoder.footerBytes();
    }
}
