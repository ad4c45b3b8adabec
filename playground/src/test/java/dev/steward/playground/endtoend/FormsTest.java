package dev.steward.playground.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.Ephemeral;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.Option;
import dev.steward.playground.emulator.View;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Forms as people fill them, and as nobody's client would let them be filled. */
class FormsTest extends EndToEndTest {
    private final Actor dana = actor("dana");

    @AfterEach
    void closeForms() {
        while (dana.person().view().isPresent()) {
            dana.person().closeView();
        }
    }

    @Test
    void refusesATextOverTheLimitOnItsField() {
        View form = opened("");

        JsonNode answer = forged(form, view -> {
            Forged.enters(view, "service", "over-the-limit");
            Forged.enters(view, "purpose", "x".repeat(10_000));
        });

        assertThat(answer.path("response_action").asText()).isEqualTo("errors");
        assertThat(answer.at("/errors/purpose").asText()).contains("500");
        assertThat(standing("over-the-limit")).isEqualTo("nothing");
    }

    @Test
    void refusesAFormWithoutARequiredFieldOnItsField() {
        View form = opened("");

        JsonNode answer = forged(form, view -> Forged.enters(view, "service", "no-purpose"));

        assertThat(answer.path("response_action").asText()).isEqualTo("errors");
        assertThat(answer.at("/errors/purpose").asText()).isNotBlank();
    }

    @Test
    void leadsBackToThePageThatWasSkipped() {
        View form = opened("");

        JsonNode answer = forged(form, view -> {
            view.put("private_metadata", form.privateMetadata().replace("\"page\":0", "\"page\":1"));
            ObjectNode values = (ObjectNode) view.at("/state/values");
            Map.of("tier", "tier-3", "lifecycle", "shared", "operated_by", "payments").forEach((field, value) -> values
                    .putObject(field).putObject("chosen").putObject("selected_option").put("value", value));
        });

        assertThat(answer.path("response_action").asText()).isEqualTo("update");
        assertThat(answer.toString()).contains("Page 1 of 2", "Please correct Service name");
    }

    @Test
    void refusesAnotherPersonsDraft() {
        View form = opened("");
        long requests = number("SELECT count(*) FROM request");
        ObjectNode stolen = Forged.view(form);
        Forged.enters(stolen, "service", "stolen-draft");

        JsonNode answer = body(actor("omar"), stolen);

        assertThat(answer.toString()).contains("This form has ended", "belongs to somebody else");
        assertThat(number("SELECT count(*) FROM request")).isEqualTo(requests);
    }

    @Test
    void refusesMetadataThatIsNoneOfItsOwn() {
        View form = opened("");

        for (String garbage : List.of("", "garbage", "{", "[]", "{\"draft\":7,\"page\":\"x\"}",
                "{\"draft\":\"' OR 1=1\",\"page\":99999999999}")) {
            assertThat(forged(form, view -> view.put("private_metadata", garbage)).toString())
                    .contains("This form has ended");
        }
    }

    @Test
    void refusesANameThatIsTakenByAPendingRequestOrByTheCatalog() {
        asked(dana, "taken-name", Map.of());
        assertThat(refusedName("taken-name")).contains("REQ-", "asks for `taken-name` already",
                "choose another name");
        closeForms();

        actor("omar").clicksAndIsTold(card("taken-name"), "approve");
        awaitState("taken-name", "done");

        opened("");
        dana.submits(basics("taken-name"));
        assertThat(dana.errorAt("service")).contains("taken-name", "choose another name");
        assertThat(number("SELECT count(*) FROM request WHERE subject = 'taken-name'")).isEqualTo(1);
    }

    @Test
    void bringsBackWhatTerraformRejectsWithTheErrorOnItsField() {
        fills(dana, "test-something", Map.of());
        Message mine = told(dana, "test-something", message -> labels(message).contains("Fix and resubmit"));
        assertThat(mine.plainText()).contains("may not start with \"test-\"");
        assertThat(labels(cards("test-something").getFirst())).doesNotContain("Approve");

        dana.person().click(mine, "fix");

        View form = dana.sees("Please correct Service name");
        assertThat(form.plainText()).contains("may not start with \"test-\"");
        assertThat(form.values().path("service").toString()).contains("test-something");
        assertThat(form.values().path("purpose").toString()).contains("Shows what happens to test-something");

        dana.submits(Map.of("service", "mended-name"));
        dana.sees("Tier");
        dana.finishes(Map.of());
        Message card = card("mended-name");
        assertThat(number("SELECT count(*) FROM request WHERE subject IN ('mended-name', 'test-something')")).isOne();
        actor("omar").clicksAndIsTold(card, "approve");
        awaitState("mended-name", "done");
    }

    @Test
    void takesAFormThatIsSentInAgainForTheOneThatItHasAlready() {
        opened("");
        dana.submits(basics("test-sent-twice"));
        ObjectNode first = Forged.view(dana.sees("Tier"));
        dana.finishes(Map.of());

        assertThat(body(dana, first).toString()).contains("Submitted already", "It was taken the first time");

        Message mine = told(dana, "test-sent-twice", message -> labels(message).contains("Fix and resubmit"));
        dana.person().click(mine, "fix");
        dana.sees("Please correct Service name");
        dana.submits(Map.of("service", "sent-twice"));
        ObjectNode mended = Forged.view(dana.sees("Tier"));
        dana.finishes(Map.of());

        assertThat(body(dana, mended).toString()).contains("Submitted already");
        assertThat(number("SELECT count(*) FROM request WHERE subject LIKE '%sent-twice'")).isOne();
    }

    @Test
    void onlyTheRequesterMayMendAForm() {
        fills(dana, "test-of-dana", Map.of());
        Message mine = told(dana, "test-of-dana", message -> labels(message).contains("Fix and resubmit"));
        Actor olga = actor("olga");

        olga.person().clickRaw(mine, "fix", text("SELECT id FROM request WHERE subject = 'test-of-dana'"));

        assertThat(olga.sees("Not possible").plainText()).contains("Only the person who asked");
        olga.person().closeView();
    }

    @Test
    void answersWhatIsAskedInWordsToWhoeverAsks() {
        assertThat(whispered(dana, "general", "<@" + Seed.BOT_USER + "> who owns the payments team?").plainText())
                .contains("Team *Payments*");
        Message open = stage.slack().channel("general").post(dana.person(), "Whom to ask?");
        int before = dana.person().ephemerals().size();
        dana.person().deeds().post(open.channel(), Optional.of(open.ts()),
                "<@" + Seed.BOT_USER + "> who is on call for payments");
        assertThat(whispered(dana, before)).satisfies(answer -> {
            assertThat(answer.plainText()).contains("On call for team");
            assertThat(answer.stored().threadTs()).contains(open.ts());
        });
        assertThat(whispered(actor("gus"), "general", "<@" + Seed.BOT_USER + "> what can I ask for?").plainText())
                .contains("guest", "Only members");
        assertThat(whispered(dana, "general", "<@" + Seed.BOT_USER + "> sing &lt;!channel&gt;").plainText())
                .contains("did not understand that", "who owns payments-api");

        Ephemeral list = whispered(dana, "general", "<@" + Seed.BOT_USER + "> I need a new service");
        dana.opens(() -> dana.person().click(list, "open-form:new-service"), "Service name");
    }

    @Test
    void answersADirectMessageByAnother() {
        Actor paul = actor("paul");
        paul.person().writes("@steward", "what can I ask for?");
        Message list = answered(paul, "What do you need?");
        paul.opens(() -> paul.person().click(list, "open-form:new-service"), "Service name");
        paul.person().closeView();

        paul.person().writes("@steward", "payments");
        answered(paul, "Team *Payments*");
        paul.person().writes("@steward", "thanks!");
        paul.person().writes("@steward", "my access");
        answered(paul, "You have");
        assertThat(paul.person().ephemerals()).isEmpty();
        assertThat(paul.person().directMessages().stream().filter(message -> !message.user().equals(Seed.BOT_USER)))
                .hasSize(4);
    }

    private static Ephemeral whispered(Actor who, String channel, String text) {
        int before = who.person().ephemerals().size();
        who.person().writes(channel, text);
        return whispered(who, before);
    }

    private static Ephemeral whispered(Actor who, int before) {
        return Until.present(who.person().name() + " is answered in private", LIMIT, () -> {
            List<Ephemeral> all = who.person().ephemerals();
            return all.size() > before ? Optional.of(all.getLast()) : Optional.empty();
        });
    }

    private static Message answered(Actor who, String words) {
        return Until.present(who.person().name() + " is answered directly: " + words, LIMIT,
                () -> who.person().directMessages().stream()
                        .filter(message -> message.user().equals(Seed.BOT_USER)
                                && message.plainText().contains(words))
                        .findFirst());
    }

    @Test
    void asksWhichPartnersOnlyWhenThereAreAny() {
        assertThat(opened("").plainText()).doesNotContain("Which partners");

        dana.person().enter(Map.of(Actor.actionId(dana.sees("Who uses it?"), "purpose"), "Is kept while one chooses"));
        dana.chooses("audience", "partner");

        View asks = dana.sees("Which partners");
        assertThat(asks.values().path("purpose").toString()).contains("Is kept while one chooses");
        dana.chooses("audience", "internal");
        Until.isTrue("nobody is asked which partners", LIMIT,
                () -> !dana.sees("Who uses it?").plainText().contains("Which partners"));
    }

    @Test
    void suggestsTeamsAsOneTypes() {
        String owner = Actor.actionId(opened(""), "owner");

        assertThat(dana.person().suggest(owner, "che")).extracting(Option::value).containsExactly("checkout");
        assertThat(dana.person().suggest(owner, "PAY")).extracting(Option::value).containsExactly("payments");
        assertThat(dana.person().suggest(owner, "zzz")).isEmpty();
        assertThat(dana.person().suggest(owner, "%")).isEmpty();
    }

    @Test
    void prefillsWhatIsTypedBehindTheCommand() {
        View form = opened(" prefilled-name tier-2");

        assertThat(form.values().path("service").toString()).contains("prefilled-name");
        dana.submits(Map.of("purpose", "Shows what is prefilled"));
        assertThat(dana.sees("Tier").values().path("tier").toString()).contains("tier-2");
    }

    @Test
    void prefillsNothingThatSlackWouldRefuse() {
        opened(" " + "x".repeat(5000));
        closeForms();
        opened(" a\u0000b <!channel> {{}} '\"");
    }

    @Test
    void answersCommandsInWords() {
        assertThat(dana.asks(CHANNEL, "/request", "")).contains("New service", "new-service");
        assertThat(dana.asks(CHANNEL, "/request", "nonsense")).contains("There is no workflow", "nonsense");
        assertThat(dana.asks(CHANNEL, "/request", "new-servcie")).contains("Did you mean", "new-service");
        assertThat(dana.asks("general", "/owner", "paymets")).contains("Nothing in the catalog is called",
                "Did you mean", "payments");
        assertThat(dana.asks("general", "/owner", "payments")).contains("Team", "payments");
        assertThat(dana.asks("general", "/owner", "")).contains("Whose?");
    }

    @Test
    void refusesAGuestWhoAsksForAForm() {
        Actor gus = actor("gus");

        assertThat(gus.asks(CHANNEL, "/request", "")).contains("guest", "Only members");
        assertThat(gus.asks(CHANNEL, "/request", "new-service")).contains("guest", "Only members");
        assertThat(gus.person().view()).isEmpty();
    }

    @Test
    void refusesAStrangerWhomItHasNeverMet() {
        Actor sam = actor("sam");

        sam.types(CHANNEL, "/request", "new-service");

        assertThat(sam.sees("Only members").plainText()).contains("another workspace");
        sam.person().closeView();
    }

    @Test
    void cancelsForTheRequester() {
        Message card = asked(dana, "cancelled-service", Map.of());
        Message mine = told(dana, "cancelled-service", message -> labels(message).contains("Cancel"));

        assertThat(dana.clicksAndIsTold(mine, "cancel")).contains("is cancelled", "Nothing was applied");

        awaitState("cancelled-service", "cancelled");
        posted("cancelled-service", message -> message.ts().equals(card.ts()) && message.buttons().isEmpty());
        assertThat(actor("omar").forgesAndIsTold(card, "approve", value(card))).contains("it was cancelled",
                "Dana Diaz");
        assertThat(dana.forgesAndIsTold(mine, "cancel", "1".repeat(3))).contains("Only the person who asked");
    }

    @Test
    void countsOneOfTwoClicksAtTheSameMoment() throws Exception {
        Message card = asked(dana, "two-clicks", Map.of("owner", "platform"));
        List<Callable<String>> clicks = Stream.of("pia", "paul").map(EndToEndTest::actor)
                .<Callable<String>>map(who -> () -> who.clicksAndIsTold(card, "approve")).toList();
        List<String> told = new ArrayList<>();
        try (ExecutorService together = Executors.newFixedThreadPool(2)) {
            for (Future<String> click : together.invokeAll(clicks)) {
                told.add(click.get());
            }
        }

        assertThat(told).filteredOn(text -> text.contains("Your approval was the last one needed")).hasSize(1);
        assertThat(told).filteredOn(text -> text.contains("it was approved by Pi")
                || text.contains("it was approved by Pa")).hasSize(1);
        awaitState("two-clicks", "done");
        assertThat(number("""
                SELECT count(*) FROM attempt JOIN run ON run.id = attempt.run JOIN request ON request.id = run.request
                WHERE attempt.kind = 'apply' AND request.subject = 'two-clicks'""")).isOne();
    }

    @Test
    void tellsEachPersonOnceAndTakesTheButtonsAwayWithTheDecision() {
        List<Actor> approvers = List.of(actor("pia"), actor("paul"), actor("lena"));
        Message card = asked(dana, "told-once", Map.of("owner", "platform"));
        approvers.forEach(who -> told(who, "told-once", message -> message.plainText().contains("asked to decide")));

        actor("lena").clicksAndIsTold(card, "approve");
        awaitState("told-once", "done");
        posted("told-once", message -> message.plainText().contains("in the catalog") && message.buttons().isEmpty());
        approvers.forEach(who -> told(who, "told-once", message -> !message.plainText().contains("asked to decide")));
        told(dana, "told-once", message -> message.plainText().contains("in the catalog"));

        assertThat(cards("told-once")).hasSize(1);
        assertThat(directMessages(dana, "told-once")).hasSize(1).allMatch(message -> message.buttons().isEmpty());
        assertThat(approvers).allSatisfy(who -> assertThat(directMessages(who, "told-once")).hasSize(1)
                .allMatch(message -> message.buttons().isEmpty()));
        assertThat(List.of(actor("olga"), actor("omar"), actor("gus")))
                .allSatisfy(who -> assertThat(directMessages(who, "told-once")).isEmpty());
        assertThat(stage.slack().channel(CHANNEL).thread(card)).isNotEmpty()
                .allMatch(message -> message.buttons().isEmpty());
    }

    private View opened(String words) {
        dana.types(CHANNEL, "/request", "new-service" + words);
        return dana.sees("Service name");
    }

    /** What the form says about a name that a request has taken, which shows when both pages are filled. */
    private String refusedName(String service) {
        opened("");
        dana.submits(basics(service));
        dana.sees("Tier");
        dana.submits(Map.of());
        return dana.sees("Please correct Service name").plainText();
    }

    private JsonNode forged(View form, Consumer<ObjectNode> change) {
        ObjectNode view = Forged.view(form);
        change.accept(view);
        return body(dana, view);
    }

    private static JsonNode body(Actor who, ObjectNode view) {
        var reply = who.person().sendRaw(Forged.submission(who, view)).reply();
        assertThat(reply.status()).isEqualTo(200);
        return Json.parseObject(reply.body());
    }
}
