package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.emulator.workspace.Notice;
import dev.steward.playground.emulator.workspace.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewTest extends EmulatorTest {
    private static final String TROUBLE = "We had some trouble connecting. Try again?";
    private static final String MANY = """
            {"type":"input","block_id":"tier","label":{"type":"plain_text","text":"Tier"},
             "element":{"type":"static_select","action_id":"tier","options":[
              {"text":{"type":"plain_text","text":"Tier one"},"value":"tier-1"},
              {"text":{"type":"plain_text","text":"Tier two"},"value":"tier-2"}],
              "initial_option":{"text":{"type":"plain_text","text":"Tier two"},"value":"tier-2"}}},
            {"type":"input","block_id":"owner","label":{"type":"plain_text","text":"Owner"},"optional":true,
             "element":{"type":"external_select","action_id":"owner","min_query_length":2}},
            {"type":"input","block_id":"lead","label":{"type":"plain_text","text":"Lead"},"optional":true,
             "element":{"type":"users_select","action_id":"lead"}},
            {"type":"input","block_id":"size","label":{"type":"plain_text","text":"Size"},"optional":true,
             "element":{"type":"number_input","action_id":"size","is_decimal_allowed":false,"max_value":"5"}},
            {"type":"input","block_id":"kind","dispatch_action":true,"label":{"type":"plain_text","text":"Kind"},
             "optional":true,"element":{"type":"radio_buttons","action_id":"kind","options":[
              {"text":{"type":"mrkdwn","text":"A"},"value":"a"},{"text":{"type":"mrkdwn","text":"B"},"value":"b"}]}}""";

    private JsonNode open(String view) {
        return api.call("views.open", "trigger_id", trigger(), "view", view);
    }

    @Test
    void opensAViewForThePersonOfTheTrigger() {
        JsonNode answer = open(modal(textInput("name", "name")));

        assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
        assertThat(slack.person("dana").view()).hasValueSatisfying(view -> {
            assertThat(view.title()).isEqualTo("Form");
            assertThat(view.id()).isEqualTo(answer.at("/view/id").asText());
            assertThat(view.actionIds()).containsExactly("name");
        });
        assertThat(slack.person("omar").view()).isEmpty();
        assertThat(answer.at("/view/root_view_id")).isEqualTo(answer.at("/view/id"));
        assertThat(answer.at("/view/state/values/name/name/type").asText()).isEqualTo("plain_text_input");
    }

    @Test
    void aTriggerIsGoodOnceAndForThreeSeconds() {
        String used = trigger();
        api.call("views.open", "trigger_id", used, "view", modal(textInput("a", "a")));
        String atTheLimit = trigger();
        slack.clock().advance(Duration.ofSeconds(3));
        JsonNode inTime = api.call("views.open", "trigger_id", atTheLimit, "view", modal(textInput("a", "a")));
        String late = trigger();
        slack.clock().advance(Duration.ofSeconds(3).plusNanos(1));

        assertThat(inTime.path("ok").asBoolean()).isTrue();
        assertThat(error(api.call("views.open", "trigger_id", late, "view", modal(textInput("a", "a")))))
                .isEqualTo("expired_trigger_id");
        assertThat(error(api.call("views.open", "trigger_id", used, "view", modal(textInput("a", "a")))))
                .isEqualTo("exchanged_trigger_id");
        assertThat(error(api.call("views.open", "trigger_id", "1.2.3", "view", modal(textInput("a", "a")))))
                .isEqualTo("invalid_trigger_id");
    }

    @Test
    void aRefusedViewLeavesItsTriggerUnused() {
        String trigger = trigger();

        JsonNode refused = api.call("views.open", "trigger_id", trigger, "view", "{\"type\":\"modal\"}");

        assertThat(error(refused)).isEqualTo("invalid_arguments");
        assertThat(refused.at("/response_metadata/messages/0").asText())
                .isEqualTo("[ERROR] failed to match all allowed schemas [json-pointer:/view]");
        assertThat(error(api.call("views.open", "trigger_id", trigger, "view", modal(textInput("a", "a"))))).isEmpty();
    }

    @Test
    void aStackHoldsThreeViews() {
        open(modal(textInput("a", "a")));
        assertThat(error(push())).isEmpty();
        JsonNode third = push();
        assertThat(error(third)).isEmpty();
        assertThat(third.at("/view/previous_view_id").asText()).isNotEqualTo(third.at("/view/root_view_id").asText());

        assertThat(error(push())).isEqualTo("push_limit_reached");
    }

    private JsonNode push() {
        return api.call("views.push", "trigger_id", trigger(), "view", modal(textInput("b", "b")));
    }

    @Test
    void pushingNeedsAnOpenView() {
        assertThat(error(push())).isEqualTo("not_found");
    }

    @Test
    void anUpdateWithAnOldHashConflicts() {
        JsonNode opened = open(modal(textInput("a", "a")));
        String id = opened.at("/view/id").asText();
        String hash = opened.at("/view/hash").asText();

        JsonNode first = api.call("views.update", "view_id", id, "hash", hash, "view", modal(textInput("b", "b")));
        JsonNode second = api.call("views.update", "view_id", id, "hash", hash, "view", modal(textInput("c", "c")));

        assertThat(error(first)).isEmpty();
        assertThat(first.at("/view/hash").asText()).isNotEqualTo(hash);
        assertThat(error(second)).isEqualTo("hash_conflict");
        assertThat(error(api.call("views.update", "view_id", "VNONE", "view", modal(textInput("c", "c")))))
                .isEqualTo("not_found");
    }

    @Test
    void anExternalIdIsTakenOnce() {
        String view = modal(textInput("a", "a")).replace("\"callback_id\"", "\"external_id\":\"ext\",\"callback_id\"");
        open(view);

        assertThat(error(open(view))).isEqualTo("duplicate_external_id");
        assertThat(error(api.call("views.update", "external_id", "ext", "view", view))).isEmpty();
    }

    @Test
    void publishesAHomeTab() {
        String home = "{\"type\":\"home\",\"blocks\":[{\"type\":\"header\",\"text\":{\"type\":\"plain_text\",\"text\":\"Waiting for you\"}}]}";

        assertThat(error(api.call("views.publish", "user_id", Seed.DANA, "view", home))).isEmpty();
        assertThat(slack.person("dana").home()).hasValueSatisfying(
                view -> assertThat(view.plainText()).isEqualTo("Waiting for you"));
        assertThat(error(api.call("views.publish", "user_id", Seed.DANA, "hash", "old", "view", home)))
                .isEqualTo("hash_conflict");
        assertThat(error(open(home))).isEqualTo("invalid_arguments");
    }

    @Test
    void submitsWhatThePersonEnteredAndClosesOnAnEmptyAnswer() {
        open(modal(textInput("name", "name") + "," + MANY));

        Delivery delivery = slack.person("dana")
                .submit(Map.of("name", "billing", "tier", "Tier one", "lead", "omar", "size", 5));

        JsonNode values = delivery.payload().at("/view/state/values");
        assertThat(delivery.kind()).isEqualTo("view_submission");
        assertThat(values.at("/name/name/value").asText()).isEqualTo("billing");
        assertThat(values.at("/tier/tier/selected_option/value").asText()).isEqualTo("tier-1");
        assertThat(values.at("/lead/lead/selected_user").asText()).isEqualTo(Seed.OMAR);
        assertThat(values.at("/size/size/value").asText()).isEqualTo("5");
        assertThat(values.at("/kind/kind/selected_option").isNull()).isTrue();
        assertThat(slack.person("dana").view()).isEmpty();
    }

    @Test
    void refusesWhatNoClientWouldLetAPersonEnter() {
        open(modal(textInput("name", "name") + "," + MANY));
        Person dana = slack.person("dana");

        assertThatThrownBy(() -> dana.submit(Map.of("name", "longer than ten"))).hasMessageContaining("at most 10");
        assertThatThrownBy(() -> dana.submit(Map.of("nothing", "x"))).hasMessageContaining("There is no element");
        assertThatThrownBy(() -> dana.submit(Map.of("tier", "tier-9"))).hasMessageContaining("offers no \"tier-9\"");
        assertThatThrownBy(() -> dana.submit(Map.of("size", "6"))).hasMessageContaining("out of bounds");
        assertThatThrownBy(() -> dana.submit(Map.of("size", "1.5"))).hasMessageContaining("takes a number");
        assertThatThrownBy(() -> dana.submit(Map.of())).hasMessageContaining("[name] is required");
        assertThat(slack.journal().deliveriesOf("view_submission")).isEmpty();
    }

    @Test
    void showsErrorsBesideInputsAndKeepsTheViewOpen() {
        open(modal(textInput("name", "name")));
        bot.answers(200, "{\"response_action\":\"errors\",\"errors\":{\"name\":\"Already taken\"}}");

        slack.person("dana").submit(Map.of("name", "billing"));

        View view = slack.person("dana").view().orElseThrow();
        assertThat(view.errorAt("name")).isEqualTo("Already taken");
        assertThat(view.values().at("/name/name/value").asText()).isEqualTo("billing");
        bot.answers(200, "");
        slack.person("dana").submit(Map.of());
        assertThat(slack.person("dana").view()).isEmpty();
    }

    @Test
    void troublesThePersonWithAnyOtherAnswer() {
        open(modal(textInput("name", "name") + ",{\"type\":\"divider\",\"block_id\":\"line\"}"));
        for (String answer : List.of("{\"ok\":true}", "{}", "thanks",
                "{\"response_action\":\"errors\",\"errors\":{\"line\":\"x\"}}",
                "{\"response_action\":\"errors\",\"errors\":{\"other\":\"x\"}}",
                "{\"response_action\":\"errors\",\"errors\":{}}",
                "{\"response_action\":\"update\",\"view\":{\"type\":\"modal\"}}", "{\"response_action\":\"dance\"}")) {
            bot.answers(200, answer);
            assertThat(slack.person("dana").submit(Map.of("name", "x")).shown()).as(answer).isPresent();
        }
        bot.answers(500, "");
        assertThat(slack.person("dana").submit(Map.of("name", "x")).shown()).contains(TROUBLE);

        assertThat(slack.person("dana").notices()).hasSize(9).extracting(Notice::text).containsOnly(TROUBLE);
        assertThat(slack.person("dana").view()).isPresent();
        assertThat(slack.journal().failedDeliveries()).hasSize(9);
    }

    @Test
    void updatesPushesAndClearsAsTheAnswerSays() {
        open(modal(textInput("name", "name")));
        bot.answers(200, "{\"response_action\":\"update\",\"view\":" + modal(textInput("name", "name")
                + ",{\"type\":\"divider\"}") + "}");
        slack.person("dana").submit(Map.of("name", "kept"));
        View updated = slack.person("dana").view().orElseThrow();
        assertThat(updated.blocks()).hasSize(2);
        assertThat(updated.values().at("/name/name/value").asText()).as("same block and action id").isEqualTo("kept");

        bot.answers(200, "{\"response_action\":\"push\",\"view\":" + modal(textInput("two", "two")) + "}");
        slack.person("dana").submit(Map.of());
        assertThat(slack.person("dana").view().orElseThrow().actionIds()).containsExactly("two");

        bot.answers(200, "{\"response_action\":\"clear\"}");
        slack.person("dana").submit(Map.of("two", "x"));
        assertThat(slack.person("dana").view()).isEmpty();
    }

    @Test
    void asksTheBotForOptionsOnceEnoughIsTyped() {
        open(modal(MANY));
        bot.answers(200,
                "{\"options\":[{\"text\":{\"type\":\"plain_text\",\"text\":\"Payments\"},\"value\":\"payments\"}]}");
        int before = bot.received().size();

        assertThat(slack.person("dana").suggest("owner", "p")).isEmpty();
        assertThat(bot.received()).hasSize(before);
        assertThat(slack.person("dana").suggest("owner", "pay")).containsExactly(new Option("Payments", "payments"));
        assertThat(bot.lastDeed().payload().path("value").asText()).isEqualTo("pay");
        assertThat(bot.lastDeed().payload().path("block_id").asText()).isEqualTo("owner");
        slack.person("dana").enter(Map.of("owner", "payments"));
        assertThat(slack.person("dana").view().orElseThrow().values().at("/owner/owner/selected_option/value").asText())
                .isEqualTo("payments");
        assertThatThrownBy(() -> slack.person("dana").enter(Map.of("owner", "platform")))
                .hasMessageContaining("offers no \"platform\"");
    }

    @Test
    void showsNoOptionsWhenTheAnswerBreaksALimit() {
        open(modal(MANY));
        bot.answers(200, "{\"options\":[{\"text\":{\"type\":\"plain_text\",\"text\":\"" + "x".repeat(76)
                + "\"},\"value\":\"v\"}]}");

        assertThat(slack.person("dana").suggest("owner", "pay")).isEmpty();
        assertThat(slack.person("dana").notices()).hasSize(1);
    }

    @Test
    void dispatchesOnlyWhatDispatches() {
        open(modal(textInput("name", "name") + "," + MANY + "," + buttons("check").substring(1).replaceAll("]$", "")));
        Person dana = slack.person("dana");

        Delivery chosen = dana.choose("kind", "b");
        Delivery clicked = dana.choose("check", null);

        assertThat(chosen.payload().at("/actions/0/selected_option/value").asText()).isEqualTo("b");
        assertThat(chosen.payload().at("/view/state/values/kind/kind/selected_option/value").asText()).isEqualTo("b");
        assertThat(chosen.payload().has("response_url")).isFalse();
        assertThat(clicked.payload().at("/actions/0/value").asText()).isEqualTo("v-check");
        assertThatThrownBy(() -> dana.choose("name", "x")).hasMessageContaining("does not dispatch");
    }

    @Test
    void tellsOfAClosedViewOnlyWhenAsked() {
        open(modal(textInput("a", "a")));
        assertThat(slack.person("dana").closeView()).isEmpty();
        open(modal(textInput("a", "a")).replace("\"callback_id\"", "\"notify_on_close\":true,\"callback_id\""));

        assertThat(slack.person("dana").closeView()).hasValueSatisfying(
                delivery -> assertThat(delivery.payload().path("type").asText()).isEqualTo("view_closed"));
        assertThat(slack.person("dana").view()).isEmpty();
    }
}
