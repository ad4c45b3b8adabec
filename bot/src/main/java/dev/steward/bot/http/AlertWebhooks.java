package dev.steward.bot.http;

import dev.steward.database.CannotStore;
import dev.steward.incidents.alerts.AlertBody;
import dev.steward.incidents.alerts.AlertIntake;
import dev.steward.incidents.alerts.AlertSource;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where other systems post their alerts: {@code POST /webhooks/alertmanager}, {@code /grafana}, {@code /pagerduty} and
 * {@code /generic}, each with a secret of its own. An answer of 200 means that what it says was taken is on the disk. Of a
 * body nothing but counts is ever logged. Thread-safe.
 */
public final class AlertWebhooks {
    private static final Logger LOG = LoggerFactory.getLogger(AlertWebhooks.class);
    /** The largest body that is read. */
    static final int LARGEST_BODY = 1 << 20;
    private static final String BUSY_SECONDS = "10";
    private static final String FULL_SECONDS = "60";

    private final Map<AlertSource, WebhookAuth> secrets = new EnumMap<>(AlertSource.class);
    private final AlertIntake intake;
    private final InstantSource clock;
    private final Seldom knocks = new Seldom(
            n -> LOG.warn("{} bod(ies) of alerts came with a wrong secret or signature, and were refused", n));
    private final Seldom leftOut = new Seldom(n -> LOG.warn("{} alert(s) could not be read, and were left out", n));

    /**
     * Webhooks before an intake.
     *
     * @param secrets
     *            what who posts must know; a source that is absent is not listened to
     */
    public AlertWebhooks(Map<AlertSource, String> secrets, AlertIntake intake, InstantSource clock) {
        secrets.forEach((source, secret) -> this.secrets.put(source, new WebhookAuth(secret)));
        this.intake = intake;
        this.clock = clock;
    }

    void route(Boundary boundary, JavalinConfig config) {
        for (AlertSource source : AlertSource.values()) {
            boundary.route(config, "POST", "/webhooks/" + source.text(), context -> answer(context, source));
        }
    }

    private void answer(Context context, AlertSource source) throws IOException {
        WebhookAuth auth = secrets.get(source);
        if (auth == null) {
            Boundary.text(context, 404, "This Steward takes no alerts from " + source.title()
                    + ": there is no webhooks." + source.text() + ".secret in its settings.\n");
        } else if (context.req().getContentLengthLong() > LARGEST_BODY) {
            Boundary.tooLarge(context);
        } else if (!mayCome(context, source, auth)) {
            refuse(context);
        } else {
            byte[] body = new LimitedBody(context.bodyInputStream(), LARGEST_BODY).readAllBytes();
            Instant now = clock.instant();
            said(context, source, auth, body, now).ifPresentOrElse(said -> take(context, source,
                    AlertBody.read(source, body, now, said)), () -> refuse(context));
        }
    }

    /** A wrong word in a header is refused before the body is read. */
    private static boolean mayCome(Context context, AlertSource source, WebhookAuth auth) {
        return switch (source) {
            case ALERTMANAGER, GRAFANA -> auth.bearer(header(context, "Authorization"));
            case PAGERDUTY -> header(context, "X-PagerDuty-Signature").isPresent();
            case GENERIC -> header(context, "X-Steward-Signature").isPresent()
                    || auth.bearer(header(context, "Authorization"));
        };
    }

    /** When the body was sent, by a word that can be trusted; empty if it is not from who it should be from. */
    private static Optional<Instant> said(Context context, AlertSource source, WebhookAuth auth, byte[] body,
            Instant now) {
        return switch (source) {
            case ALERTMANAGER, GRAFANA -> Optional.of(now);
            case PAGERDUTY -> auth.pagerDuty(header(context, "X-PagerDuty-Signature"), body)
                    ? Optional.of(now)
                    : Optional.empty();
            case GENERIC -> header(context, "X-Steward-Signature").isPresent()
                    ? auth.signed(header(context, "X-Steward-Signature"), header(context, "X-Steward-Timestamp"), body,
                            now)
                    : Optional.of(now);
        };
    }

    private static Optional<String> header(Context context, String name) {
        return Optional.ofNullable(context.header(name));
    }

    private void refuse(Context context) {
        knocks.add(1);
        // What is left of the body is not read.
        context.header("Connection", "close");
        Boundary.text(context, 401, "Not authorised.\n");
    }

    private void take(Context context, AlertSource source, AlertBody body) {
        switch (body) {
            case AlertBody.Unreadable(String why) -> Boundary.text(context, 400, why + " Nothing was taken.\n");
            case AlertBody.Read readable -> {
                leftOut(readable);
                if (readable.alerts().isEmpty() && readable.bad() > 0) {
                    Boundary.text(context, 400, readable.words() + "\n");
                } else {
                    store(context, source, readable);
                }
            }
        }
    }

    private void leftOut(AlertBody.Read body) {
        if (body.bad() > 0) {
            leftOut.add(body.bad());
        }
    }

    private void store(Context context, AlertSource source, AlertBody.Read body) {
        try {
            switch (intake.take(source, body)) {
                case STORED -> Boundary.text(context, 200, body.words() + "\n");
                case BUSY -> later(context, BUSY_SECONDS, "Too much waits to be stored. Send it again later.");
            }
        } catch (CannotStore e) {
            later(context, FULL_SECONDS, "Nothing can be stored now. Send it again later.");
        }
    }

    private static void later(Context context, String seconds, String why) {
        context.header("Retry-After", seconds);
        Boundary.text(context, 503, why + "\n");
    }
}
