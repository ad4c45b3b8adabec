package dev.steward.bot;

import dev.steward.database.Database;
import dev.steward.database.Json;
import dev.steward.jobs.Job;
import dev.steward.oncall.OnCall;
import dev.steward.oncall.Page;
import dev.steward.oncall.PageId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells another service of each page: one POST of JSON, signed with HMAC-SHA256 over the body. It is tried again, each time
 * after a longer while, up to {@link #TRIES} times; then the team is told that the other service was not.
 */
final class PageWebhook implements Job.Handler {
    static final String SIGNATURE = "X-Steward-Signature";
    static final String KEY = "Idempotency-Key";
    /** About twenty minutes, as the back-off of jobs goes. */
    static final int TRIES = 12;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Database database;
    private final OnCall onCall;
    private final Optional<Settings.Webhook> webhook;

    /**
     * A webhook of an installation.
     *
     * @param webhook
     *            where to; without one, what an earlier start meant to send is dropped
     */
    PageWebhook(Database database, OnCall onCall, Optional<Settings.Webhook> webhook) {
        this.database = database;
        this.onCall = onCall;
        this.webhook = webhook;
    }

    @Override
    public Job.Outcome run(Job job) throws IOException, InterruptedException {
        PageId id = new PageId(job.args().path("page").asLong());
        Optional<Page> page = database.read(h -> onCall.find(h, id));
        if (webhook.isEmpty() || page.isEmpty()) {
            return Job.Outcome.DONE;
        }
        try {
            send(webhook.get(), page.get());
        } catch (IOException e) {
            if (job.attempts() + 1 < TRIES) {
                throw e;
            }
            database.writing(h -> onCall.notPassedOn(h, id));
        }
        return Job.Outcome.DONE;
    }

    private void send(Settings.Webhook to, Page page) throws IOException, InterruptedException {
        byte[] body = Json.text(Map.of("page", page.id().text(), "team", page.team().name(), "subject",
                page.subject(), "title", page.title())).getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(to.url().reveal())).timeout(LIMIT)
                .header("Content-Type", "application/json").header(SIGNATURE, signature(to.secret(), body))
                .header(KEY, page.id().text()).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        // Pages are few, so that a client of its own for each costs less than one that is always there.
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT)
                .followRedirects(HttpClient.Redirect.NEVER).build()) {
            int status = status(client, request, page.id());
            if (status / 100 != 2) {
                throw new IOException("the webhook of " + page.id().text() + " was answered with " + status);
            }
        }
    }

    /** The address may hold a token: nothing of it is in what is thrown. */
    private static int status(HttpClient client, HttpRequest request, PageId page)
            throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new IOException("the webhook of " + page.text() + " cannot be reached: "
                    + e.getClass().getSimpleName());
        }
    }

    static String signature(Secret secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }
}
