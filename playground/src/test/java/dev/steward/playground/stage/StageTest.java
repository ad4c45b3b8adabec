package dev.steward.playground.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTest {
    private Stage stage;

    @BeforeEach
    void set(@TempDir Path folder) {
        stage = new Stage(Path.of(System.getProperty("steward.root", "..")), folder, BotProgram.built());
    }

    @Test
    void isNotLeftInPeaceWhileSlackRefusedSomething() throws Exception {
        callWithoutToken();

        assertThatThrownBy(stage::close).hasMessageContaining("auth.test: {\"ok\":false,\"error\":\"not_authed\"}");
    }

    @Test
    void isNotLeftInPeaceWhileSlackCouldDoNothingWithAnAnswer() throws Exception {
        HttpServer bot = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bot.createContext("/", exchange -> {
            byte[] answer = "{\"blocks\":[{\"type\":\"nonsense\"}]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        bot.start();
        stage.slack().deliverTo(URI.create("http://127.0.0.1:" + bot.getAddress().getPort() + "/"));

        stage.slack().person("dana").command("general", "/request", "");
        bot.stop(0);

        assertThatThrownBy(stage::close).hasMessageContaining("answer to command")
                .hasMessageContaining("unsupported type: nonsense");
    }

    @Test
    void isLeftInPeaceWhereTheRefusalWasExpected() throws Exception {
        stage.expecting(refusal -> refusal.contains("not_authed"));
        callWithoutToken();

        stage.close();

        assertThat(stage.slack().journal().refusals()).hasSize(1);
    }

    private void callWithoutToken() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(HttpRequest.newBuilder(stage.slack().apiUrl().resolve("auth.test")).build(),
                    HttpResponse.BodyHandlers.discarding());
        }
    }
}
