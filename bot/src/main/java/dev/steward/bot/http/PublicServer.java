package dev.steward.bot.http;

import dev.steward.bot.slack.SlackCall;
import dev.steward.bot.slack.SlackEndpoint;
import dev.steward.bot.slack.SlackReply;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The server that Slack, other systems' alerts and the platform's probes reach: {@code POST /slack/events}, {@code
 * /webhooks/...}, {@code /healthz}, {@code /readyz} and {@code /metrics}. A proxy in front of it should let only {@code
 * /slack/} and {@code /webhooks/} in from outside.
 */
public final class PublicServer implements AutoCloseable {
    /** The largest body that is read from Slack; Slack's own payloads stay far below. */
    static final int LARGEST_BODY = 1 << 20;

    private final Javalin server;

    private PublicServer(Javalin server) {
        this.server = server;
    }

    /**
     * Begins to listen on every address.
     *
     * @param port
     *            0 for any that is free
     * @param slack
     *            what answers Slack; absent where Slack is reached by connections of our own
     * @throws PortTaken if another program has the port
     */
    public static PublicServer start(int port, Optional<SlackEndpoint> slack, Health health, Metrics metrics) {
        return start(port, slack, Optional.empty(), health, metrics);
    }

    /** The same, with the addresses where other systems post their alerts. */
    public static PublicServer start(int port, Optional<SlackEndpoint> slack, Optional<AlertWebhooks> alerts,
            Health health, Metrics metrics) {
        Boundary boundary = new Boundary(metrics);
        return new PublicServer(boundary.listen("0.0.0.0", port, config -> {
            slack.ifPresent(
                    endpoint -> boundary.route(config, "POST", "/slack/events", context -> slack(context, endpoint)));
            alerts.ifPresent(webhooks -> webhooks.route(boundary, config));
            boundary.route(config, "GET", "/healthz", context -> probe(context, health.healthz()));
            boundary.route(config, "GET", "/readyz", context -> probe(context, health.readyz()));
            boundary.route(config, "GET", "/metrics", context -> Boundary.text(context, 200, metrics.scrape()));
        }));
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void slack(Context context, SlackEndpoint slack) throws IOException {
        byte[] body = new LimitedBody(context.bodyInputStream(), LARGEST_BODY).readAllBytes();
        SlackReply reply = slack.answer(new SlackCall(headers(context), body));
        context.status(reply.status());
        reply.headers().forEach(context::header);
        context.result(reply.body());
    }

    private static Map<String, List<String>> headers(Context context) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(context.req().getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), Collections.list(context.req().getHeaders(name)));
        }
        return headers;
    }

    private static void probe(Context context, Health.Answer answer) {
        Boundary.text(context, answer.status(), answer.text() + "\n");
    }
}
