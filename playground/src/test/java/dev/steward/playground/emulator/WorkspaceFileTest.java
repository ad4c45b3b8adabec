package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workspace that goes on in another process. */
class WorkspaceFileTest extends EmulatorTest {
    @TempDir
    Path folder;

    @Override
    EmulatorOptions options() {
        return everythingGranted().withAnswerWithin(PATIENCE);
    }

    private Path file() {
        return folder.resolve("slack.json");
    }

    private Optional<String> again() throws IOException {
        return againWith(path -> {});
    }

    /** What is done to the file between the two. */
    @FunctionalInterface
    private interface Meanwhile {
        void to(Path file) throws IOException;
    }

    private Optional<String> againWith(Meanwhile damage) throws IOException {
        slack.close();
        api.close();
        damage.to(file());
        slack = SlackEmulator.start(options());
        slack.deliverTo(bot.url());
        api = new ApiClient(slack);
        return slack.rememberIn(file());
    }

    @Test
    void everythingIsAsItWas() throws IOException {
        assertThat(slack.rememberIn(file())).isEmpty();
        String trigger = trigger();
        api.call("views.open", "trigger_id", trigger, "view", modal(textInput("name", "name")));
        slack.person("dana").enter(Map.of("name", "billing"));
        String card = api.call("chat.postMessage", "channel", Seed.GENERAL, "text", "Card", "blocks", buttons("ok"),
                "metadata", "{\"event_type\":\"e\",\"event_payload\":{\"k\":1}}").path("ts").asText();
        slack.person("omar").deeds().post(Seed.GENERAL, Optional.of(card), "a reply");
        slack.person("omar").deeds().react(Seed.GENERAL, card, "eyes");
        slack.person("omar").deeds().pin(Seed.GENERAL, card);
        api.call("chat.postEphemeral", "channel", Seed.GENERAL, "user", Seed.DANA, "text", "psst");
        slack.person("omar").deeds().mistyped(Seed.GENERAL, "/reqest");
        slack.person("omar").channelDeeds().topic(Seed.GENERAL, "All hands");
        slack.person("omar").channelDeeds().bookmark(Seed.GENERAL, "Runbook", "https://example.com/runbook");
        slack.people().join(slack.person("dana"), "platform");
        slack.people().add("nora", "Nora");
        slack.channel("payments").archive();
        slack.clock().advance(Duration.ofMinutes(5));
        slack.person("dana").click(slack.channel("general").message(card).orElseThrow(), "ok");
        String responseUrl = bot.lastDeed().payload().path("response_url").asText();
        String state = seen("dana") + seen("omar") + look("page/boot");

        assertThat(again()).isEmpty();

        assertThat(seen("dana") + seen("omar") + look("page/boot")).isEqualTo(state);
        assertThat(slack.channel("general").message(card).orElseThrow().metadata().at("/event_payload/k").asInt())
                .isEqualTo(1);
        assertThat(trigger()).as("no id is handed out twice").isNotEqualTo(trigger);
        String path = URI.create(responseUrl).getPath();
        assertThat(api.post(slack.pageUrl().resolve(path), "{\"text\":\"late\"}").statusCode()).isEqualTo(200);
        assertThat(slack.channel("general").post(slack.person("dana"), "newer").ts()).isGreaterThan(card);
    }

    private String seen(String who) {
        return look("page/people/" + who) + look("page/people/" + who + "/channels/C0GENERAL1");
    }

    private String look(String path) {
        return api.get(slack.pageUrl().resolve(path)).body();
    }

    @Test
    void aFileThatCannotBeUsedIsSetAsideWithWords() throws IOException {
        slack.rememberIn(file());
        slack.channel("general").post(slack.person("dana"), "lost");
        slack.close();
        ObjectNode whole = Json.parseObject(Files.readString(file()));
        whole.withArray("accounts").removeAll();
        List<String> unusable = List.of("", "{", "[]", "{\"version\":99}", "{\"version\":1}", whole.toString(),
                "\u0000\u0000\u0000\u0000");
        for (String content : unusable) {
            assertThat(againWith(file -> Files.writeString(file, content))).as(content)
                    .hasValueSatisfying(words -> assertThat(words).contains("slack.json cannot be used", "set-aside",
                            "begins anew"));
            assertThat(slack.channel("general").messages()).isEmpty();
        }
        assertThat(againWith(file -> Files.write(file, new byte[]{(byte) 0xff, (byte) 0xfe, 0}))).isPresent();
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all.filter(one -> one.toString().contains("set-aside"))).as("none over another")
                    .hasSize(unusable.size() + 1);
        }
    }

    @Test
    void isWrittenAMomentAfterAChangeAndNeverInPart() throws IOException {
        slack.rememberIn(file());
        slack.channel("general").post(slack.person("dana"), "kept without an orderly end");

        Until.isTrue("the file has it", Duration.ofSeconds(20),
                () -> Files.exists(file()) && read().contains("kept without an orderly end"));
        assertThat(Json.parseObject(read()).path("version").asInt()).isEqualTo(2);
    }

    private String read() {
        try {
            return Files.readString(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
