package dev.steward.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.steward.catalog.CatalogKit;
import dev.steward.database.Json;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import dev.steward.oncall.OnCall;
import dev.steward.oncall.OnCallParts;
import dev.steward.oncall.PageId;
import dev.steward.oncall.PageOrder;
import dev.steward.outbox.Outbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another service is told of a page, over real HTTP. */
class PageWebhookTest {
    private static final Secret SECRET = new Secret("hook-canary");

    @TempDir
    Path folder;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private CatalogKit catalog;
    private Outbox outbox;
    private OnCall onCall;
    private HttpServer server;
    private PageId page;

    /** A request that arrived. */
    private record Received(String body, String signature, String key) {}

    @BeforeEach
    void open() throws IOException {
        catalog = new CatalogKit(folder);
        catalog.slackTeam("payments", catalog.member("olga"));
        outbox = new Outbox(catalog);
        onCall = new OnCall(new OnCallParts(
                new OnCallParts.Store(catalog.database(), catalog.ledger(), new Jobs(catalog), outbox, catalog),
                new OnCallParts.Catalog(catalog.people(), catalog.teams()),
                new OnCallParts.Rules(Map.of(), "platform", true)));
        page = catalog.write(h -> onCall.page(h, new PageOrder("payments", "INC-7", "Checkout \"answers\" 500",
                Optional.empty(), Optional.empty())));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        catalog.close();
    }

    @Test
    void postsThePageOnceSigned() throws Exception {
        assertThat(send(job(0), hook())).isEqualTo(Job.Outcome.DONE);
        Received one = received.getFirst();
        assertThat(received).hasSize(1);
        assertThat(Json.tree(one.body())).isEqualTo(Json.tree("""
                {"page": "PAGE-1", "team": "payments", "subject": "INC-7", "title": "Checkout \\"answers\\" 500"}"""));
        assertThat(one.key()).isEqualTo("PAGE-1");
        assertThat(one.signature()).isEqualTo(
                PageWebhook.signature(SECRET, one.body().getBytes(StandardCharsets.UTF_8)));
        assertThat(PageWebhook.signature(new Secret("key"),
                "The quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
    }

    @Test
    void isADurableJobOfThePage() {
        assertThat(catalog.list(h -> h.createQuery("SELECT args FROM job WHERE kind = 'oncall.webhook'")
                .mapTo(String.class).list())).containsExactly("{\"page\":1}");
    }

    @Test
    void isTriedAgainAndAtLastTheTeamIsTold() throws Exception {
        status = 503;
        assertThatThrownBy(() -> send(job(0), hook())).isInstanceOf(IOException.class).hasMessageContaining("503")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> send(job(PageWebhook.TRIES - 2), hook())).isInstanceOf(IOException.class);
        assertThat(catalog.list(h -> outbox.keys(h, "page:1:webhook"))).isEmpty();
        assertThat(send(job(PageWebhook.TRIES - 1), hook())).isEqualTo(Job.Outcome.DONE);
        assertThat(catalog.list(h -> outbox.keys(h, "page:1:webhook"))).hasSize(1);
    }

    @Test
    void followsNoRedirectAndSendsNothingWithoutAnAddress() throws Exception {
        status = 302;
        assertThatThrownBy(() -> send(job(0), hook())).isInstanceOf(IOException.class);
        assertThat(received).hasSize(1);
        assertThat(send(job(0), Optional.empty())).isEqualTo(Job.Outcome.DONE);
        assertThat(received).hasSize(1);
    }

    @Test
    void tellsNothingOfItsAddressWhenItCannotBeReached() {
        Optional<Settings.Webhook> hook = hook();
        server.stop(0);
        assertThatThrownBy(() -> send(job(0), hook)).isInstanceOf(IOException.class).hasNoCause()
                .hasMessage("the webhook of PAGE-1 cannot be reached: ConnectException");
        assertThat(hook.toString()).doesNotContain("canary").doesNotContain("127.0.0.1");
    }

    private Job.Outcome send(Job job, Optional<Settings.Webhook> to) throws Exception {
        return new PageWebhook(catalog.database(), onCall, to).run(job);
    }

    private Job job(int attempts) {
        JsonNode args = Json.tree("{\"page\":" + page.value() + "}");
        return new Job(1, "oncall.webhook:1", OnCall.WEBHOOK_JOB, args, 1, attempts);
    }

    private Optional<Settings.Webhook> hook() {
        return Optional.of(new Settings.Webhook(
                new Secret("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=canary"), SECRET));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(new Received(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    String.valueOf(exchange.getRequestHeaders().getFirst(PageWebhook.SIGNATURE)),
                    String.valueOf(exchange.getRequestHeaders().getFirst(PageWebhook.KEY))));
            exchange.getResponseHeaders().add("Location", "/hook");
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
