package dev.steward.bot.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.terraform.StateProtocol;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateServerTest {
    private static final int LIMIT = 1000;

    private final List<StateProtocol.Call> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<Function<StateProtocol.Call, StateProtocol.Reply>> states = new AtomicReference<>(
            call -> new StateProtocol.Reply(200, "{}".getBytes(UTF_8)));
    private final Metrics metrics = new Metrics();
    private final HttpClient client = HttpClient.newHttpClient();
    private StateServer server;

    @BeforeEach
    void start() {
        server = StateServer.start(0, LIMIT, call -> {
            calls.add(call);
            sizes.add(read(call));
            return states.get().apply(call);
        }, metrics);
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
        metrics.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "LOCK", "UNLOCK"})
    void handsOnEveryVerbOfTerraform(String method) throws Exception {
        BodyPublisher body = method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{\"ID\":\"x\"}");

        HttpResponse<String> reply = client.send(HttpRequest.newBuilder(uri("/state/STACK-7?ID=abc"))
                .header("Authorization", "Basic dTpw").method(method, body).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{}");
        assertThat(calls).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo(method);
            assertThat(call.stack()).isEqualTo("STACK-7");
            assertThat(call.lockId()).contains("abc");
            assertThat(call.authorization()).contains("Basic dTpw");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 403, 404, 423, 503})
    void answersTheStatusAndBodyGiven(int status) throws Exception {
        String body = status == 204 ? "" : "{\"ID\":\"holder\"}";
        states.set(call -> new StateProtocol.Reply(status, body.getBytes(UTF_8)));

        HttpResponse<String> reply = send("LOCK", "/state/STACK-7", BodyPublishers.ofString("{}"));

        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(reply.body()).isEqualTo(body);
        assertThat(calls.getFirst().lockId()).isEmpty();
        assertThat(calls.getFirst().authorization()).isEmpty();
    }

    @Test
    void takesAStateOfExactlyTheLimit() throws Exception {
        assertThat(send("POST", "/state/STACK-7", BodyPublishers.ofByteArray(new byte[LIMIT])).statusCode())
                .isEqualTo(200);
        assertThat(sizes).containsExactly(LIMIT);
    }

    @Test
    void refusesALargerStateBeforeReadingIt() throws Exception {
        HttpResponse<String> reply = send("POST", "/state/STACK-7", BodyPublishers.ofByteArray(new byte[LIMIT + 1]));

        assertThat(reply.statusCode()).isEqualTo(413);
        assertThat(calls).isEmpty();
    }

    @Test
    void refusesALargerStateOfUnknownLengthWhileReadingIt() throws Exception {
        HttpResponse<String> reply = send("POST", "/state/STACK-7",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[LIMIT + 1])));

        assertThat(reply.statusCode()).isEqualTo(413);
        assertThat(sizes).isEmpty();
    }

    @Test
    void takesStatesOver1Megabyte() throws Exception {
        try (StateServer large = StateServer.start(0, StateProtocol.MAX_STATE_BYTES, call -> {
            sizes.add(read(call));
            return new StateProtocol.Reply(200, new byte[0]);
        }, metrics)) {
            HttpResponse<String> reply = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + large.port() + "/state/STACK-7"))
                            .POST(BodyPublishers.ofByteArray(new byte[12_000_000])).build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(sizes).containsExactly(12_000_000);
        }
    }

    @Test
    void answersAFailureWithStatus500SoThatTerraformTriesAgain() throws Exception {
        states.set(call -> {
            throw new IllegalStateException("canary");
        });

        HttpResponse<String> reply = send("GET", "/state/STACK-7", BodyPublishers.noBody());

        assertThat(reply.statusCode()).isEqualTo(500);
        assertThat(reply.body()).doesNotContain("canary");
    }

    @Test
    void hasNothingButStates() throws Exception {
        assertThat(send("GET", "/metrics", BodyPublishers.noBody()).statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/state/STACK-7", BodyPublishers.noBody()).statusCode()).isEqualTo(405);
        assertThat(calls).isEmpty();
    }

    @Test
    void listensOnLoopbackAlone() throws Exception {
        for (NetworkInterface face : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(face.getInetAddresses())) {
                if (!address.isLoopbackAddress() && address instanceof java.net.Inet4Address) {
                    assertThat(canConnect(address)).as(address.toString()).isFalse();
                }
            }
        }
    }

    private boolean canConnect(InetAddress address) {
        try (var socket = new java.net.Socket(address, server.port())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).method(method, body).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static int read(StateProtocol.Call call) {
        try {
            return call.body().readAllBytes().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
