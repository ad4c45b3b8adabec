package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.page.BotSwitch;
import dev.steward.playground.emulator.workspace.Seed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a browser hears, over real server-sent events. */
class PageEventsTest extends EmulatorTest {
    private final List<Listener> listeners = new ArrayList<>();

    /** A browser that reads; {@code said} has the data of each event behind its name. */
    private static final class Listener implements AutoCloseable {
        private final HttpClient http = HttpClient.newHttpClient();
        private final Stream<String> lines;
        private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

        Listener(SlackEmulator slack, String who) throws IOException, InterruptedException {
            lines = http.send(HttpRequest.newBuilder(slack.pageUrl().resolve("page/people/" + who + "/events")).build(),
                    HttpResponse.BodyHandlers.ofLines()).body();
            Thread.ofVirtual().start(() -> {
                String[] name = {""};
                try {
                    lines.forEach(line -> {
                        if (line.startsWith("event: ")) {
                            name[0] = line.substring("event: ".length());
                        } else if (line.startsWith("data: ")) {
                            said.add(name[0] + " " + line.substring("data: ".length()));
                        }
                    });
                } catch (RuntimeException closed) {
                    said.add("closed {}");
                }
            });
        }

        /** The next event of that name. */
        ObjectNode hears(String name) throws InterruptedException {
            String event;
            do {
                event = said.poll(20, TimeUnit.SECONDS);
                assertThat(event).as("an event " + name).isNotNull();
            } while (!String.valueOf(event).startsWith(name + " "));
            return Json.parseObject(String.valueOf(event).substring(name.length() + 1));
        }

        /** All that is heard until this is. */
        List<String> hearsUntil(String text) throws InterruptedException {
            List<String> heard = new ArrayList<>();
            do {
                heard.add(String.valueOf(said.poll(20, TimeUnit.SECONDS)));
            } while (!heard.getLast().contains(text) && !heard.getLast().equals("null"));
            return heard;
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }

    @Override
    EmulatorOptions options() {
        return everythingGranted().withAnswerWithin(PATIENCE);
    }

    private Listener listener(String who) throws IOException, InterruptedException {
        Listener opened = new Listener(slack, who);
        listeners.add(opened);
        assertThat(opened.hears("bot").path("up").asBoolean()).isTrue();
        return opened;
    }

    private static byte[] request(String path, String host) {
        return String.join("\r\n", "GET " + path + " HTTP/1.1", "Host: " + host, "Connection: close", "", "")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @AfterEach
    void closeAll() {
        listeners.forEach(Listener::close);
    }

    @Test
    void saysOnlyWhatChangedAndOnlyToWhoCanSeeIt() throws IOException, InterruptedException {
        Listener dana = listener("dana");
        Listener omar = listener("omar");

        api.call("chat.postEphemeral", "channel", Seed.GENERAL, "user", Seed.DANA, "text", "for Dana");
        assertThat(dana.hears("change").toString()).isEqualTo("{\"channels\":[\"" + Seed.GENERAL + "\"]}");
        api.call("views.open", "trigger_id", trigger(), "view", modal(textInput("name", "name")));
        assertThat(dana.hears("change").toString()).isEqualTo("{\"channels\":[],\"views\":true}");
        bot.answers(500, "");
        slack.person("dana").command("general", "/request", "");
        assertThat(dana.hears("change").toString()).isEqualTo("{\"channels\":[],\"notices\":true}");
        slack.people().join(slack.person("dana"), "platform");

        assertThat(omar.hearsUntil("people")).as("nothing of Dana's own")
                .containsExactly("change {\"channels\":[],\"people\":true}");
    }

    @Test
    void twoBrowsersOfOnePersonHearTheSame() throws IOException, InterruptedException {
        Listener one = listener("dana");
        Listener other = listener(Seed.DANA);

        String ts = slack.channel("general").post(slack.person("omar"), "hello").ts();
        for (Listener each : List.of(one, other)) {
            assertThat(each.hears("change").toString()).contains(Seed.GENERAL);
        }
        api.post(slack.pageUrl().resolve("page/people/dana/read"),
                "{\"channel\":\"" + Seed.GENERAL + "\",\"ts\":\"" + ts + "\"}");
        for (Listener each : List.of(one, other)) {
            assertThat(each.hears("change").toString()).contains(Seed.GENERAL);
        }
    }

    @Test
    void whatHappensTogetherIsOneEvent() throws IOException, InterruptedException {
        Listener dana = listener("dana");

        slack.workspace().change(() -> {
            for (int i = 0; i < 500; i++) {
                slack.channel("general").post(slack.person("omar"), "message " + i);
                slack.channel("platform-requests").post(slack.person("omar"), "message " + i);
            }
        });
        slack.people().join(slack.person("dana"), "platform");

        List<String> heard = dana.hearsUntil("people");
        assertThat(heard).hasSizeLessThanOrEqualTo(2);
        assertThat(heard.getFirst()).contains(Seed.GENERAL, Seed.PLATFORM_REQUESTS);
    }

    @Test
    void aBrowserThatDoesNotReadHoldsNobodyUp() throws IOException, InterruptedException {
        try (Socket stuck = new Socket()) {
            stuck.setReceiveBufferSize(1_024);
            stuck.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), slack.pageUrl().getPort()));
            stuck.getOutputStream().write(request("/page/people/dana/events", "127.0.0.1"));
            Listener dana = listener("dana");

            long started = System.nanoTime();
            for (int i = 0; i < 3_000; i++) {
                slack.page().botChanged();
                slack.channel("general").post(slack.person("omar"), "message " + i);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(30));
            assertThat(dana.hears("change").toString()).contains(Seed.GENERAL);
        }
    }

    @Test
    void whoComesBackIsToldOfTheBotAndHearsOnFromThere() throws IOException, InterruptedException {
        listener("dana").close();
        slack.channel("general").post(slack.person("omar"), "meanwhile");
        Listener again = listener("dana");

        slack.reset();
        assertThat(again.hears("change").toString()).contains(Seed.GENERAL, "\"views\":true", "\"home\":true",
                "\"notices\":true", "\"people\":true");
        slack.page().attach(new Sleeping());
        assertThat(again.hears("bot").toString()).contains("\"up\":false", "\"state\":\"down\"",
                "\"last_words\":\"good night\"");
    }

    /** A bot that nobody can wake. */
    private static final class Sleeping implements BotSwitch {
        @Override
        public Power power() {
            return Power.DOWN;
        }

        @Override
        public String lastWords() {
            return "good night";
        }

        @Override
        public void kill() {}

        @Override
        public void stop() {}

        @Override
        public void start() {}

        @Override
        public void reset() {}
    }

    @Test
    void keepsOtherSitesOut() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> foreign = http.send(
                    HttpRequest.newBuilder(slack.controlUrl().resolve("people/dana/post"))
                            .header("Origin", "https://evil.example")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"channel\":\"general\",\"text\":\"hi\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(foreign.statusCode()).isEqualTo(403);
            assertThat(slack.channel("general").messages()).isEmpty();
            HttpResponse<String> own = http.send(
                    HttpRequest.newBuilder(slack.controlUrl().resolve("people/dana/post"))
                            .header("Origin", "http://127.0.0.1:" + slack.pageUrl().getPort())
                            .POST(HttpRequest.BodyPublishers.ofString("{\"channel\":\"general\",\"text\":\"hi\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(own.statusCode()).isEqualTo(200);
        }
        try (Socket rebound = new Socket(InetAddress.getLoopbackAddress(), slack.pageUrl().getPort())) {
            rebound.getOutputStream().write(request("/page/boot", "evil.example"));
            assertThat(new String(rebound.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403");
        }
    }
}
