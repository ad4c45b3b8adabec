package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.emulator.journal.Delivery.Outcome;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.sockets.SocketMode.Reason;
import dev.steward.playground.stage.Until;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jspecify.annotations.Nullable;

class SocketModeTest extends EmulatorTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Client> clients = new ArrayList<>();
    private ApiClient app;

    @Override
    EmulatorOptions options() {
        return EmulatorOptions.defaults().withFrozenClock(START).withAnswerWithin(Duration.ofMinutes(1));
    }

    @BeforeEach
    void switchOn() {
        slack.sockets().set(true);
        app = ApiClient.withToken(slack, slack.appToken());
    }

    @AfterEach
    void leave() {
        clients.forEach(client -> client.socket.abort());
        app.close();
        http.close();
    }

    @Test
    void givesAnAddressForTheAppLevelTokenAlone() {
        assertThat(app.call("apps.connections.open").path("url").asText()).startsWith("ws://127.0.0.1:")
                .contains("/link/?ticket=");
        assertThat(error(api.call("apps.connections.open"))).isEqualTo("not_allowed_token_type");
        assertThat(error(app.call("chat.postMessage", "channel", "general", "text", "x")))
                .isEqualTo("not_allowed_token_type");
        slack.sockets().set(false);
        assertThat(error(app.call("apps.connections.open"))).isNotEmpty();
    }

    @Test
    void greetsWithTheNumberOfConnections() {
        connected();
        JsonNode hello = connected().hello;

        assertThat(hello.path("type").asText()).isEqualTo("hello");
        assertThat(hello.path("num_connections").asInt()).isEqualTo(2);
        assertThat(hello.at("/connection_info/app_id").asText()).isNotEmpty();
        assertThat(hello.at("/debug_info/approximate_connection_time").asInt()).isPositive();
    }

    @Test
    void letsATicketInOnceAndNothingElse() {
        URI address = address();
        Client first = new Client(address);
        clients.add(first);
        first.next();

        assertThatThrownBy(() -> new Client(address)).isInstanceOf(CompletionException.class);
        assertThatThrownBy(() -> new Client(URI.create(address.toString().replaceAll("ticket=.*", "ticket=made-up"))))
                .isInstanceOf(CompletionException.class);
    }

    @Test
    void turnsTheEleventhConnectionAway() {
        for (int i = 0; i < 10; i++) {
            connected();
        }
        Client eleventh = new Client(address());
        clients.add(eleventh);

        assertThat(eleventh.next().path("reason").asText()).isEqualTo("too_many_websockets");
        Until.isTrue("it is closed", SOON, () -> eleventh.closed);
        assertThat(slack.sockets().open()).isEqualTo(10);
    }

    @Test
    void sendsCommandsInteractionsAndEventsInTheirEnvelopes() {
        Client client = connected();

        CompletableFuture<Delivery> command = command();
        JsonNode first = client.next();
        assertThat(first.path("type").asText()).isEqualTo("slash_commands");
        assertThat(first.path("accepts_response_payload").asBoolean()).isTrue();
        assertThat(first.at("/payload/command").asText()).isEqualTo("/request");
        client.acknowledge(first, Json.object().put("text", "Done"));
        assertThat(command.join().acknowledged()).isTrue();
        assertThat(slack.person("dana").ephemerals()).extracting(Ephemeral::text).containsExactly("Done");

        CompletableFuture<Delivery> shortcut = CompletableFuture
                .supplyAsync(() -> slack.person("dana").shortcut("any"));
        JsonNode second = client.next();
        assertThat(second.path("type").asText()).isEqualTo("interactive");
        assertThat(second.path("accepts_response_payload").asBoolean()).isFalse();
        client.acknowledge(second, Json.object());
        assertThat(shortcut.join().reply().outcome()).as("no payload is taken here").isEqualTo(Outcome.REFUSED);

        CompletableFuture<Void> event = CompletableFuture.runAsync(() -> slack.event("team_join", Json.object()));
        JsonNode third = client.next();
        assertThat(third.path("type").asText()).isEqualTo("events_api");
        assertThat(third.has("retry_attempt")).isFalse();
        client.acknowledge(third, null);
        event.join();
        assertThat(slack.journal().deliveriesOf("event_callback")).singleElement().matches(Delivery::acknowledged);
        assertThat(bot.received()).as("nothing goes over HTTP").isEmpty();
    }

    @Test
    void takesTurnsAndTakesAnAcknowledgementOverTheSameConnectionOnly() {
        List<Client> both = List.of(connected(), connected());
        CompletableFuture<Delivery> first = command();
        JsonNode envelope = both.get(0).next();
        both.get(1).acknowledge(envelope, null);
        Until.isTrue("the wrong connection is noticed", SOON, () -> slack.journal().sockets().stream()
                .anyMatch(note -> note.what().endsWith("which came over S1") && note.socket().equals("S2")));
        assertThat(slack.sockets().waiting()).isEqualTo(1);
        both.get(0).acknowledge(envelope, null);
        assertThat(first.join().acknowledged()).isTrue();

        CompletableFuture<Delivery> second = command();
        both.get(1).acknowledge(both.get(1).next(), null);
        assertThat(second.join().acknowledged()).isTrue();
    }

    @Test
    void tellsThePersonWhenNobodyIsThereOrTheConnectionBreaks() {
        assertThat(slack.person("dana").command("general", "/request", "").reply().outcome())
                .isEqualTo(Outcome.UNREACHABLE);
        Client client = connected();
        CompletableFuture<Delivery> command = command();
        client.next();
        slack.sockets().drop(1);

        assertThat(command.join().reply().outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(slack.person("dana").notices()).hasSize(2);
        Until.isTrue("the bot hears of it", SOON, () -> client.closed);
    }

    @Test
    void sendsAnEventAgainOverAnotherConnectionAndAfterAMinute() {
        Client first = connected();
        Client second = connected();
        CompletableFuture<Void> event = CompletableFuture.runAsync(() -> slack.event("team_join", Json.object()));
        JsonNode sent = first.next();
        slack.sockets().drop(1);
        JsonNode again = second.next();
        assertThat(again.path("payload")).isEqualTo(sent.path("payload"));
        assertThat(again.path("retry_attempt").asInt()).isEqualTo(1);
        slack.sockets().drop(1);
        event.join();

        Client third = connected();
        slack.clock().advance(Duration.ofSeconds(61));
        JsonNode later = third.next();
        assertThat(later.at("/payload/event_id")).isEqualTo(sent.at("/payload/event_id"));
        third.acknowledge(later, null);
        slack.settle();
        assertThat(slack.journal().deliveriesOf("event_callback").getLast().acknowledged()).isTrue();
    }

    @Test
    void announcesTheEndOfAConnectionAndThenEndsIt() {
        Client warned = connected();
        slack.sockets().disconnect(1, Reason.WARNING, Duration.ofMillis(500));
        JsonNode warning = warned.next();
        assertThat(warning.path("type").asText()).isEqualTo("disconnect");
        assertThat(warning.path("reason").asText()).isEqualTo("warning");
        Until.isTrue("it is closed", SOON, () -> warned.closed);

        Client client = connected();
        slack.sockets().set(false);
        assertThat(client.next().path("reason").asText()).isEqualTo("link_disabled");
        Until.isTrue("it is closed", SOON, () -> client.closed);
    }

    @ParameterizedTest
    @CsvSource({"duplicated, 2", "late, 1", "reordered, 1"})
    void faultsOfDeliveriesStrikeOverSocketsAsTheyDoOverHttp(String fault, int copies) throws Exception {
        Client client = connected();
        assertThat(control("faults", "{\"fault\":\"" + fault + "\",\"delivery\":\"command\",\"ms\":20,\"times\":1}"))
                .contains("\"id\":1");
        CompletableFuture<Delivery> command = command();
        for (int copy = 0; copy < copies; copy++) {
            client.acknowledge(client.next(), null);
        }

        assertThat(command.join().fault()).hasValue(fault);
        Until.isTrue("all copies are answered", SOON, () -> slack.journal().deliveriesOf("command").size() == copies);
        assertThat(slack.journal().deliveries()).allMatch(Delivery::acknowledged);
        assertThat(slack.faults().struck()).containsOnlyKeys(fault);
    }

    @Test
    void aDroppedSocketLosesACommandAndNotAnEvent() throws Exception {
        Client client = connected();
        assertThat(control("faults", "{\"fault\":\"socket_dropped\",\"delivery\":\"command\",\"times\":1}"))
                .contains("\"id\":1");
        assertThat(command().join().reply().outcome()).isEqualTo(Outcome.UNREACHABLE);
        Until.isTrue("the bot hears of it, at the latest when it writes", SOON, () -> client.closed || client.fails());
        assertThat(slack.person("dana").notices()).hasSize(1);

        Client other = connected();
        connected();
        slack.faults().onDelivery("event_callback").socketDropped().times(1);
        CompletableFuture<Void> event = CompletableFuture.runAsync(() -> slack.event("team_join", Json.object()));
        JsonNode again = other.next();
        assertThat(again.path("retry_attempt").asInt()).isEqualTo(1);
        other.acknowledge(again, null);
        event.join();
        assertThat(slack.journal().deliveriesOf("event_callback")).singleElement()
                .satisfies(one -> assertThat(one.fault()).hasValue("socket_dropped"));
        assertThat(slack.faults().struck()).containsEntry("socket_dropped", 2);
    }

    @Test
    void theTicketOfAConnectionIsNotInTheJournal() throws Exception {
        String ticket = address().getQuery().replaceAll(".*ticket=([^&]+).*", "$1");
        String saved = http.send(java.net.http.HttpRequest.newBuilder(slack.controlUrl().resolve("journal/download"))
                .build(), java.net.http.HttpResponse.BodyHandlers.ofString()).body();

        assertThat(saved).contains("ticket=(masked)").doesNotContain(ticket);
    }

    @Test
    void canBeDrivenFromOutside() throws Exception {
        connected();
        assertThat(control("sockets/disconnect", "{\"reason\":\"refresh_requested\",\"close_after_ms\":60000}"))
                .isEqualTo("{\"told\":1}");
        assertThat(control("sockets/disconnect", "{\"reason\":\"nonsense\"}")).contains("no such reason", "warning");
        connected();
        assertThat(control("sockets/drop", "{\"count\":5}")).isEqualTo("{\"dropped\":1}");
        assertThat(control("sockets/mode", "{\"on\":false}")).contains("\"on\":false");
    }

    private String control(String what, String body) throws Exception {
        return http.send(
                java.net.http.HttpRequest.newBuilder(slack.controlUrl().resolve(what))
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)).build(),
                java.net.http.HttpResponse.BodyHandlers.ofString()).body();
    }

    private CompletableFuture<Delivery> command() {
        return CompletableFuture.supplyAsync(() -> slack.person("dana").command("general", "/request", ""));
    }

    private URI address() {
        return URI.create(app.call("apps.connections.open").path("url").asText());
    }

    private Client connected() {
        Client client = new Client(address());
        client.hello = client.next();
        clients.add(client);
        return client;
    }

    /** A bot's end of a connection. */
    private final class Client implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final WebSocket socket;
        private JsonNode hello = Json.object();
        private volatile boolean closed;

        Client(URI address) {
            socket = http.newWebSocketBuilder().buildAsync(address, this).join();
        }

        JsonNode next() {
            return Until.present("a message", SOON, () -> java.util.Optional.ofNullable(messages.poll()));
        }

        /** Whether nothing can be sent any more. Java's client overlooks an end that comes together with a message. */
        boolean fails() {
            try {
                socket.sendText("{}", true).get(1, TimeUnit.SECONDS);
                return false;
            } catch (ExecutionException failed) {
                return true;
            } catch (InterruptedException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
        }

        void acknowledge(JsonNode envelope, @Nullable JsonNode payload) {
            ObjectNode answer = Json.object().put("envelope_id", envelope.path("envelope_id").asText());
            if (payload != null) {
                answer.set("payload", payload);
            }
            socket.sendText(answer.toString(), true).join();
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(Json.parseObject(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed = true;
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed = true;
        }
    }
}
