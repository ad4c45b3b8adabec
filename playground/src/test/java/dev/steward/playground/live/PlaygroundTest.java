package dev.steward.playground.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaygroundTest {
    private static final Path ROOT = Path.of(System.getProperty("steward.root", ".")).toAbsolutePath();

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Wishes.Ports ports = new Wishes.Ports(Stage.freePort(), Stage.freePort(), Stage.freePort());

    @TempDir
    Path folder;

    private Playground open(boolean fresh, boolean socket) throws IOException, Refused {
        return Playground.open(new Wishes(ports, home(), fresh, socket), ROOT,
                new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private Path home() {
        return folder.resolve("home");
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void goesOnWhereItWasAndBeginsAnewWhereItCannot() throws IOException, Refused {
        try (Playground playground = open(false, false)) {
            Browser browser = new Browser(playground.url());
            assertThat(playground.welcome()).contains(playground.url().toString(), "/request new-service");
            assertThat(browser.looks("page/boot").at("/bot/up").asBoolean()).isTrue();
            browser.asks("olga", "/owner", "checkout-web", "runbooks.example.com/checkout-web");

            String ts = browser.does("dana", "post", Json.object().put("channel", "general").put("text", "remember"))
                    .path("ts").asText();
            browser.does("omar", "react", Json.object().put("channel", "general").put("ts", ts).put("name", "eyes"));

            browser.switches("kill", "down");
            browser.does("dana", "command", Json.object().put("channel", "general").put("command", "/owner"));
            assertThat(browser.looks("page/people/dana").at("/notices/0/text").asText()).startsWith("/owner failed");
            browser.switches("start", "up");
            browser.asks("dana", "/owner", "basket", "basket");
        }
        try (Playground playground = open(false, false)) {
            Browser browser = new Browser(playground.url());
            assertThat(browser.said("omar")).anyMatch(one -> one.contains("remember") && one.contains("eyes"));
            assertThat(browser.looks("page/people/dana").path("notices")).hasSize(1);
            browser.asks("olga", "/owner", "checkout-web", "runbooks.example.com/checkout-web");
        }
        Files.writeString(home().resolve("slack.json"), "{\"version\":1,");
        try (Playground playground = open(false, false)) {
            Browser browser = new Browser(playground.url());
            assertThat(said()).contains("slack.json cannot be used", "begins anew");
            assertThat(setAside()).hasSize(1);
            assertThat(browser.said("omar")).isEmpty();
            browser.asks("olga", "/owner", "checkout-web", "runbooks.example.com/checkout-web");

            browser.posts("_control/reset", Json.object());
            Until.isTrue("the bot was put back", Until.LONG, () -> browser.said("olga").isEmpty()
                    && browser.looks("_control/bot").path("up").asBoolean());
            browser.asks("olga", "/owner", "checkout-web", "runbooks.example.com/checkout-web");
        }
    }

    private List<Path> setAside() throws IOException {
        try (Stream<Path> inside = Files.list(home())) {
            return inside.filter(one -> one.toString().contains("set-aside")).toList();
        }
    }

    @Test
    void speaksOverSocketModeAsWell() throws IOException, Refused {
        try (Playground playground = open(true, true)) {
            Browser browser = new Browser(playground.url());
            assertThat(browser.looks("page/boot").path("mode").asText()).isEqualTo("socket");
            browser.asks("olga", "/owner", "checkout-web", "runbooks.example.com/checkout-web");
            browser.switches("stop", "down");
            browser.does("dana", "command", Json.object().put("channel", "general").put("command", "/owner"));
            assertThat(browser.looks("page/people/dana").path("notices")).hasSize(1);
        }
    }

    @Test
    void saysWhatIsInTheWayAndTouchesNothing() throws IOException, Refused {
        try (ServerSocket taken = new ServerSocket(ports.page(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> open(false, false)).isInstanceOf(Refused.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " is taken").hasMessageContaining("--port");
        }
        try (Premises held = Premises.take(home())) {
            assertThat(held.ready()).isFalse();
            assertThatThrownBy(() -> open(true, false)).isInstanceOf(Refused.class)
                    .hasMessageContaining("runs in " + home() + " already");
        }
        Path letters = Files.createDirectories(folder.resolve("letters"));
        Files.writeString(letters.resolve("letter.txt"), "dear");
        assertThatThrownBy(() -> Playground.open(new Wishes(ports, letters, true, false), ROOT, System.out))
                .isInstanceOf(Refused.class).hasMessageContaining("no playground's home");
        assertThat(letters.resolve("letter.txt")).hasContent("dear");
    }

    @Test
    void saysInTheBotsWordsWhyTheBotDoesNotStart() throws IOException, Refused {
        try (Premises begun = Premises.take(home())) {
            begun.nowReady();
        }
        Files.writeString(home().resolve("steward.yaml"), "teams: 7\n");

        assertThatThrownBy(() -> open(false, false)).isInstanceOf(Refused.class)
                .hasMessageContaining("Steward does not start").hasMessageContaining("steward.yaml");
        assertThat(Playground.run(new Wishes(ports, home(), false, false), ROOT, System.out, System.err)).isEqualTo(1);
    }
}
