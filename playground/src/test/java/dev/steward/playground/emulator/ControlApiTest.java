package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ControlApiTest extends EmulatorTest {
    @Override
    EmulatorOptions options() {
        return everythingGranted().withAnswerWithin(PATIENCE);
    }

    private ObjectNode control(String path, String body) {
        return Json.parseObject(api.post(slack.controlUrl().resolve(path), body).body());
    }

    private ObjectNode look(String path) {
        return Json.parseObject(api.get(slack.controlUrl().resolve(path)).body());
    }

    @Test
    void playsAWholeStoryFromAnotherProcess() {
        control("deliver-to", "{\"url\":\"" + bot.url() + "\"}");
        ObjectNode command = control("people/dana/command",
                "{\"channel\":\"general\",\"command\":\"/request\",\"text\":\"x\"}");
        assertThat(command.path("outcome").asText()).isEqualTo("ACKNOWLEDGED");
        api.call("views.open", "trigger_id", command.at("/payload/trigger_id").asText(), "view",
                modal(textInput("name", "name")));
        assertThat(look("people/dana").at("/view/plain_text").asText()).contains("Name");

        control("people/dana/enter", "{\"values\":{\"name\":\"first\"}}");
        ObjectNode submitted = control("people/dana/submit", "{\"values\":{\"name\":\"billing\"}}");
        assertThat(submitted.at("/payload/view/state/values/name/name/value").asText()).isEqualTo("billing");
        assertThat(look("people/dana").has("view")).isFalse();

        String ts = api.call("chat.postMessage", "channel", Seed.GENERAL, "text", "Card", "blocks", buttons("ok"))
                .path("ts").asText();
        ObjectNode clicked = control("people/omar/click",
                "{\"channel\":\"general\",\"ts\":\"" + ts + "\",\"action_id\":\"ok\"}");
        assertThat(clicked.path("kind").asText()).isEqualTo("block_actions");
        control("people/omar/click-raw",
                "{\"channel\":\"general\",\"ts\":\"" + ts + "\",\"action_id\":\"forged\",\"value\":\"v\"}");
        assertThat(bot.lastDeed().payload().at("/actions/0/action_id").asText()).isEqualTo("forged");
        assertThat(control("people/omar/post", "{\"channel\":\"general\",\"text\":\"hi\"}").path("text").asText())
                .isEqualTo("hi");
        assertThat(look("channels/general").at("/messages/0/plain_text").asText()).isEqualTo("[ok]");
        assertThat(look("journal").path("deliveries")).hasSizeGreaterThanOrEqualTo(4);
        assertThat(look("journal?after=1000").path("calls")).isEmpty();
    }

    @Test
    void changesPeopleTimeAndFaults() {
        control("people/dana/join", "{\"group\":\"platform\"}");
        control("people/omar/leave", "{\"group\":\"payments\"}");
        control("people/paul/deactivate", "{}");
        assertThat(control("people", "{\"name\":\"nora\",\"real_name\":\"Nora\"}").path("id").asText())
                .isEqualTo("U0NORA0001");
        control("channels/payments/archive", "{}");
        control("faults", "{\"method\":\"users.info\",\"fault\":\"rate_limited\",\"ms\":3000,\"times\":1}");
        assertThat(error(api.call("users.info", "user", Seed.DANA))).isEqualTo("ratelimited");
        assertThat(control("clock", "{\"advance_ms\":60000}").path("now").asText())
                .isEqualTo(START.plus(Duration.ofMinutes(1)).toString());

        ObjectNode state = look("state");
        assertThat(state.path("people").findValuesAsText("name")).contains("nora", "ines");
        assertThat(state.path("groups").toString()).contains(Seed.DANA);
        assertThat(look("people/paul").path("deleted").asBoolean()).isTrue();
        control("reset", "{}");
        assertThat(look("people/paul").path("deleted").asBoolean()).isFalse();
    }

    @Test
    void saysWhyItCannot() {
        assertThat(control("people/nobody/command", "{}").path("error").asText()).contains("nobody");
        assertThat(control("people/dana/dance", "{}").path("error").asText()).contains("no act called \"dance\"");
        assertThat(control("people/dana/submit", "{}").path("error").asText()).contains("no view open");
        assertThat(control("people/dana/command", "{\"channel\":\"general\"}").path("error").asText())
                .contains("\"command\" is missing");
        assertThat(control("faults", "{\"method\":\"*\",\"fault\":\"earthquake\"}").path("error").asText())
                .contains("earthquake");
    }

    @Test
    void standsManyAtOnce() throws InterruptedException, ExecutionException {
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                String text = "message " + i;
                all.add(threads.submit(() -> api.call("chat.postMessage", "channel", Seed.GENERAL, "text", text)));
                all.add(threads.submit(() -> slack.person("dana").command("general", "/request", text)));
                all.add(threads.submit(() -> look("state")));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }

        assertThat(slack.channel("general").messages()).hasSize(40).extracting(Message::ts).doesNotHaveDuplicates();
        assertThat(bot.received()).hasSize(40);
        assertThat(slack.journal().genuineErrors()).isEmpty();
    }
}
