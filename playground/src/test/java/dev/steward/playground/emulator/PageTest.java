package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Seed;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the page is shown, and what it is refused, over real HTTP. */
class PageTest extends EmulatorTest {
    @Override
    EmulatorOptions options() {
        return everythingGranted().withAnswerWithin(PATIENCE);
    }

    private ObjectNode look(String path) {
        HttpResponse<String> answer = api.get(slack.pageUrl().resolve(path));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parseObject(answer.body());
    }

    private HttpResponse<String> act(String who, String act, String body) {
        return api.post(slack.controlUrl().resolve("people/" + who + "/" + act), body);
    }

    private void does(String who, String act, String body) {
        assertThat(act(who, act, body).body()).contains("\"acknowledged\":true");
    }

    private String refusal(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("Exception", "\tat ");
        return Json.parseObject(answer.body()).path("error").asText();
    }

    private JsonNode channel(String who, String id) {
        return look("page/people/" + who).path("channels").valueStream()
                .filter(one -> one.path("id").asText().equals(id)).findFirst().orElse(Json.object());
    }

    private JsonNode messages(String who, String channel) {
        return look("page/people/" + who + "/channels/" + channel).path("messages");
    }

    private String privateRoom(String... members) {
        return slack.workspace().atomically(() -> slack.workspace().conversations().create("secret",
                Conversation.Kind.PRIVATE, List.of(members), members[0])).id();
    }

    @Test
    void tellsWhoIsHereAndWhatToTry() {
        ObjectNode boot = look("page/boot");

        assertThat(boot.at("/workspace/name").asText()).isEqualTo("Acme");
        assertThat(boot.at("/bot/user_id").asText()).isEqualTo(Seed.BOT_USER);
        assertThat(boot.at("/bot/up").asBoolean()).isTrue();
        assertThat(boot.path("mode").asText()).isEqualTo("http");
        assertThat(boot.path("now").asLong()).isEqualTo(START.getEpochSecond());
        JsonNode dana = boot.at("/people/0");
        assertThat(dana.path("title").asText()).contains("Developer");
        assertThat(dana.path("tz_offset").asInt()).isEqualTo(3600);
        assertThat(dana.path("groups").toString()).isEqualTo("[\"payments\"]");
        assertThat(boot.path("people").findValuesAsText("id")).contains(Seed.GUS, Seed.INES)
                .doesNotContain(Seed.BOT_USER);
        assertThat(boot.path("commands").findValuesAsText("command")).contains("/request", "/owner", "/steward");
        assertThat(boot.path("tour")).hasSizeBetween(5, 14).allSatisfy(step -> assertThat(
                boot.path("people").findValuesAsText("id")).contains(step.path("as").asText()));
    }

    @Test
    void showsEachPersonWhatTheirClientWouldShow() {
        String room = privateRoom(Seed.DANA, Seed.OMAR);
        does("dana", "post", "{\"channel\":\"" + room + "\",\"text\":\"between us\"}");
        api.call("chat.postEphemeral", "channel", Seed.GENERAL, "user", Seed.DANA, "text", "for Dana");
        String direct = api.call("conversations.open", "users", Seed.DANA).at("/channel/id").asText();
        api.call("chat.postMessage", "channel", direct, "text", "Your service is there");

        assertThat(messages("omar", room).findValuesAsText("text")).containsExactly("between us");
        assertThat(messages("dana", "C0GENERAL1").findValuesAsText("text")).containsExactly("for Dana");
        assertThat(messages("dana", direct).findValuesAsText("text")).containsExactly("Your service is there");

        assertThat(channel("pia", room)).isEmpty();
        assertThat(channel("pia", direct)).isEmpty();
        assertThat(messages("pia", Seed.GENERAL)).isEmpty();
        for (String hidden : List.of(room, direct)) {
            assertThat(refusal(api.get(slack.pageUrl().resolve("page/people/pia/channels/" + hidden)), 404))
                    .contains("pia sees no conversation " + hidden);
        }
        assertThat(refusal(act("pia", "post", "{\"channel\":\"" + room + "\",\"text\":\"hi\"}"), 400))
                .contains("cannot see");
        assertThat(channel("gus", Seed.PLATFORM)).as("a guest sees what they are in").isEmpty();
        assertThat(channel("gus", Seed.GENERAL)).isNotEmpty();
    }

    @Test
    void letsPeopleWriteToEachOtherWhereNoAppListens() {
        String direct = Json.parseObject(act("dana", "open-direct", "{\"user\":\"olga\"}").body()).path("channel")
                .asText();
        does("dana", "post", "{\"channel\":\"" + direct + "\",\"text\":\"between us\"}");

        assertThat(Json.parseObject(act("olga", "open-direct", "{\"user\":\"dana\"}").body()).path("channel").asText())
                .isEqualTo(direct);
        assertThat(channel("olga", direct).path("with").asText()).isEqualTo(Seed.DANA);
        assertThat(channel("olga", direct).path("mentions").asInt()).isEqualTo(1);
        assertThat(messages("olga", direct).findValuesAsText("text")).containsExactly("between us");
        assertThat(channel("pia", direct)).isEmpty();
        assertThat(api.call("conversations.info", "channel", direct).path("error").asText())
                .isEqualTo("channel_not_found");
        slack.settle();
        assertThat(bot.received()).isEmpty();
        assertThat(refusal(act("dana", "open-direct", "{\"user\":\"ines\"}"), 400)).contains("has left");
        assertThat(refusal(act("dana", "open-direct", "{\"user\":\"nobody\"}"), 400)).contains("nobody called nobody");
        does("gus", "open-direct", "{\"user\":\"dana\"}");
        slack.workspace().change(() -> List.of(Seed.GENERAL, Seed.PLATFORM_REQUESTS).forEach(
                id -> slack.workspace().conversations().put(
                        slack.workspace().conversations().find(id).orElseThrow().without(Seed.SAM))));
        assertThat(refusal(act("sam", "open-direct", "{\"user\":\"olga\"}"), 400)).contains("share no channel");
    }

    @Test
    void keepsUnreadMarksForEachPerson() {
        api.call("chat.postMessage", "channel", Seed.GENERAL, "text", "one");
        String second = api.call("chat.postMessage", "channel", Seed.GENERAL, "text", "<@" + Seed.DANA + "> two")
                .path("ts").asText();
        api.call("chat.postMessage", "channel", Seed.GENERAL, "thread_ts", second, "text", "in the thread");

        assertThat(channel("dana", Seed.GENERAL).path("unread").asInt()).isEqualTo(2);
        assertThat(channel("dana", Seed.GENERAL).path("mentions").asInt()).isEqualTo(1);
        assertThat(channel("omar", Seed.GENERAL).path("mentions").asInt()).isZero();
        assertThat(channel("dana", Seed.GENERAL).path("latest_ts").asText()).isEqualTo(second);

        api.post(slack.pageUrl().resolve("page/people/dana/read"),
                "{\"channel\":\"" + Seed.GENERAL + "\",\"ts\":\"" + second + "\"}");
        assertThat(channel("dana", Seed.GENERAL).path("unread").asInt()).isZero();
        assertThat(channel("omar", Seed.GENERAL).path("unread").asInt()).isEqualTo(2);

        does("omar", "post", "{\"channel\":\"general\",\"text\":\"three\"}");
        assertThat(channel("omar", Seed.GENERAL).path("unread").asInt()).as("who speaks has read").isZero();
        assertThat(channel("dana", Seed.GENERAL).path("unread").asInt()).isEqualTo(1);
    }

    @Test
    void pagesThroughAChannelAndOpensAThread() {
        String first = api.call("chat.postMessage", "channel", Seed.GENERAL, "text", "one").path("ts").asText();
        String second = api.call("chat.postMessage", "channel", Seed.GENERAL, "text", "two").path("ts").asText();
        does("dana", "post", "{\"channel\":\"general\",\"thread_ts\":\"" + first + "\",\"text\":\"a reply\"}");

        ObjectNode latest = look("page/people/omar/channels/C0GENERAL1?limit=1");
        assertThat(latest.path("messages").findValuesAsText("ts")).containsExactly(second);
        assertThat(latest.path("has_more").asBoolean()).isTrue();
        ObjectNode older = look("page/people/omar/channels/C0GENERAL1?before=" + second);
        assertThat(older.path("has_more").asBoolean()).isFalse();
        JsonNode parent = older.at("/messages/0");
        assertThat(parent.path("reply_count").asInt()).isEqualTo(1);
        assertThat(parent.path("reply_users").toString()).contains(Seed.DANA);
        assertThat(look("page/people/omar/channels/C0GENERAL1/threads/" + first).path("messages")
                .findValuesAsText("text")).containsExactly("one", "a reply");
        String reply = parent.path("latest_reply").asText();
        assertThat(refusal(act("dana", "post", "{\"channel\":\"general\",\"thread_ts\":\"" + reply
                + "\",\"text\":\"deeper\"}"), 400)).contains("reply itself");
    }

    @Test
    void marksMessagesAndTellsAppsThatHaveSubscribed() {
        slack.close();
        slack = SlackEmulator.start(options().withSubscriptions(Set.of("reaction_added", "pin_removed",
                "member_joined_channel")));
        slack.deliverTo(bot.url());
        String ts = slack.channel("general").post(slack.person("omar"), "look").ts();
        String it = "{\"channel\":\"general\",\"ts\":\"" + ts + "\",\"name\":\"eyes\"}";
        does("dana", "react", it);
        does("dana", "pin", it);
        JsonNode message = messages("omar", Seed.GENERAL).get(0);
        assertThat(message.path("reactions").toString()).isEqualTo("[{\"name\":\"eyes\",\"users\":[\"" + Seed.DANA
                + "\"]}]");
        assertThat(message.path("pinned").asBoolean()).isTrue();
        assertThat(look("page/people/omar/channels/C0GENERAL1").path("pinned").toString()).contains(ts);
        assertThat(refusal(act("dana", "react", it), 400)).contains("has reacted");
        does("dana", "unreact", it);
        does("dana", "unpin", it);
        does("dana", "join-channel", "{\"channel\":\"checkout\"}");
        slack.settle();

        assertThat(messages("omar", Seed.GENERAL).get(0).path("reactions")).isEmpty();
        assertThat(bot.received()).extracting(one -> one.payload().at("/event/type").asText())
                .containsExactlyInAnyOrder("reaction_added", "pin_removed", "member_joined_channel");
    }

    @Test
    void joinsAndLeavesChannels() {
        assertThat(refusal(act("dana", "post", "{\"channel\":\"checkout\",\"text\":\"hi\"}"), 400))
                .contains("join it first");
        assertThat(refusal(act("dana", "command", "{\"channel\":\"checkout\",\"command\":\"/owner\"}"), 400))
                .contains("join it first");
        does("dana", "join-channel", "{\"channel\":\"checkout\"}");
        does("dana", "post", "{\"channel\":\"checkout\",\"text\":\"hi\"}");
        does("dana", "leave-channel", "{\"channel\":\"checkout\"}");
        assertThat(channel("dana", Seed.CHECKOUT).path("member").asBoolean()).isFalse();
        assertThat(refusal(act("dana", "leave-channel", "{\"channel\":\"general\"}"), 400))
                .contains("Nobody can leave");
        assertThat(refusal(act("dana", "post", "{\"channel\":\"old-requests\",\"text\":\"hi\"}"), 400))
                .contains("archived");
        does("dana", "post", "{\"channel\":\"@steward\",\"text\":\"hi\"}");
        assertThat(slack.person("dana").directMessages()).extracting(Message::text).containsExactly("hi");
    }

    @Test
    void answersAMistypedCommandAsSlacksClientDoes() {
        assertThat(act("dana", "command", "{\"channel\":\"general\",\"command\":\"/reqest\"}").body())
                .isEqualTo("{\"acknowledged\":false}");

        JsonNode notice = look("page/people/dana").at("/notices/0");
        assertThat(notice.path("text").asText()).startsWith("/reqest is not a valid command.");
        assertThat(notice.path("channel").asText()).isEqualTo(Seed.GENERAL);
        assertThat(bot.received()).isEmpty();
        does("dana", "dismiss", "{\"id\":\"" + notice.path("id").asText() + "\"}");
        assertThat(look("page/people/dana").path("notices")).isEmpty();
    }

    @Test
    void showsWhatIsOpenBeforeAPerson() {
        api.call("views.open", "trigger_id", trigger(), "view", modal(textInput("name", "name")));
        act("dana", "enter", "{\"values\":{\"name\":\"billing\"}}");
        bot.answers(200, "{\"response_action\":\"errors\",\"errors\":{\"name\":\"is taken\"}}");
        act("dana", "submit", "{}");

        JsonNode view = look("page/people/dana").at("/views/0");
        assertThat(view.path("title").asText()).isEqualTo("Form");
        assertThat(view.path("submit").asText()).isEqualTo("Send");
        assertThat(view.at("/values/name/name/value").asText()).isEqualTo("billing");
        assertThat(view.at("/errors/name").asText()).isEqualTo("is taken");
        assertThat(look("page/people/omar").path("views")).isEmpty();
    }

    @Test
    void dismissesAnEphemeral() {
        String ts = api.call("chat.postEphemeral", "channel", Seed.GENERAL, "user", Seed.DANA, "text", "psst")
                .path("message_ts").asText();
        assertThat(refusal(act("omar", "dismiss", "{\"ts\":\"" + ts + "\"}"), 400)).contains("sees no private message");
        does("dana", "dismiss", "{\"ts\":\"" + ts + "\"}");
        assertThat(messages("dana", Seed.GENERAL)).isEmpty();
    }

    @Test
    void refusesBadInputInWords() {
        assertThat(refusal(api.get(slack.pageUrl().resolve("page/people/nobody")), 404)).contains("nobody");
        assertThat(refusal(api.get(slack.pageUrl().resolve("page/people/" + Seed.BOT_USER)), 404)).contains("nobody");
        assertThat(refusal(api.get(slack.pageUrl().resolve("page/people/ines")), 403)).contains("deactivated");
        assertThat(refusal(api.get(slack.pageUrl().resolve("page/people/nobody/events")), 404)).contains("nobody");
        assertThat(refusal(api.get(slack.pageUrl().resolve("page/people/dana/channels/C0NOSUCH01")), 404))
                .contains("C0NOSUCH01");
        assertThat(refusal(api.get(slack.pageUrl().resolve("page/people/dana/channels/C0GENERAL1?limit=-1")), 400))
                .contains("limit");
        assertThat(refusal(api.get(slack.pageUrl().resolve("page/people/dana/channels/C0GENERAL1?before=x")), 400))
                .contains("before");
        assertThat(refusal(api.get(slack.pageUrl().resolve("page/people/dana/channels/C0GENERAL1/threads/1.1")), 404))
                .contains("1.1");
        assertThat(refusal(api.get(slack.pageUrl().resolve("page/weather")), 404)).contains("/page/weather");
        assertThat(refusal(api.post(slack.pageUrl().resolve("page/people/dana/read"), "{"), 400)).contains("no JSON");
        assertThat(refusal(act("dana", "post", "[1]"), 400)).contains("no JSON object");
        assertThat(refusal(act("dana", "post", "{\"channel\":\"general\",\"text\":\"" + "x".repeat(40_001) + "\"}"),
                400)).contains("40,000");
        assertThat(api.post(slack.controlUrl().resolve("people/dana/post"), "x".repeat(4_000_001)).statusCode())
                .isEqualTo(413);
        assertThat(refusal(api.get(slack.controlUrl().resolve("journal?after=x")), 400)).contains("after");
        assertThat(refusal(api.post(slack.controlUrl().resolve("clock"), "{\"advance_ms\":\"soon\"}"), 400))
                .contains("advance_ms");
        for (String order : List.of("\"ms\":-1", "\"ms\":\"x\"", "\"times\":1.5", "\"ms\":99999999999999999999")) {
            assertThat(refusal(api.post(slack.controlUrl().resolve("faults"),
                    "{\"method\":\"*\",\"fault\":\"slow\"," + order + "}"), 400)).as(order).contains("whole number");
        }
        assertThat(look("_control/faults").path("orders")).isEmpty();
    }

    @Test
    void servesThePageAndNothingBesideIt() {
        HttpResponse<String> page = api.get(slack.pageUrl());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).hasValue("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("content-security-policy")).isPresent();
        for (String outside : List.of("story.json", "..%2femulator%2fslack-manifest.yaml", "Page.class", "nothing.js",
                "%2e%2e/emulator/page/story.json")) {
            assertThat(api.get(slack.pageUrl().resolve("/" + outside)).statusCode()).as(outside).isIn(400, 404);
        }
    }

    @Test
    void ordersAreListedAndTheJournalIsDownloaded() {
        api.post(slack.controlUrl().resolve("faults"),
                "{\"method\":\"chat.postMessage\",\"fault\":\"response_lost\",\"times\":2,\"channel\":\"general\"}");
        api.post(slack.controlUrl().resolve("faults"), "{\"delivery\":\"command\",\"fault\":\"late\",\"ms\":1}");
        assertThat(look("_control/faults").path("orders").toString())
                .isEqualTo("[{\"id\":1,\"fault\":\"response_lost\","
                        + "\"method\":\"chat.postMessage\",\"channel\":\"C0GENERAL1\",\"times\":2,\"probability\":1.0,"
                        + "\"struck\":0},{\"id\":2,\"fault\":\"late\",\"delivery\":\"command\",\"ms\":1,\"probability\":1.0,"
                        + "\"struck\":0}]");
        assertThat(look("_control/clock").path("now_s").asLong()).isEqualTo(START.getEpochSecond());

        api.call("team.info");
        does("dana", "command", "{\"channel\":\"general\",\"command\":\"/owner\"}");
        HttpResponse<String> journal = api.get(slack.controlUrl().resolve("journal/download"));
        assertThat(journal.headers().firstValue("content-disposition").orElse("")).contains("attachment");
        assertThat(journal.body().lines().map(Json::parseObject).map(line -> line.path("entry").asText()))
                .containsExactly("calls", "deliveries");
    }

    @Test
    void thereIsNoBotToEndWhereNoneIsAttached() {
        assertThat(look("_control/bot").path("attached").asBoolean()).isFalse();
        assertThat(refusal(api.post(slack.controlUrl().resolve("bot"), "{\"act\":\"kill\"}"), 400))
                .contains("No process of the bot");
        assertThat(refusal(api.post(slack.controlUrl().resolve("bot"), "{\"act\":\"dance\"}"), 400)).contains("dance");
    }
}
