package dev.steward.playground.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.Button;
import dev.steward.playground.emulator.Channel;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.Option;
import dev.steward.playground.emulator.Person;
import dev.steward.playground.emulator.View;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What people meet in Slack besides the straight way: the real bot against the strict emulator. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlackJourneyTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String CHANNEL = "platform-requests";

    private Stage stage;
    private Actor dana;
    private Actor gus;

    @BeforeAll
    void start(@TempDir Path folder) {
        stage = set(new Stage(Path.of(System.getProperty("steward.root", "..")), folder).initialised());
        // Of offersAButtonWhenSlackDidNotWaitForTheForm, which has the call arrive too late.
        stage.expecting(refusal -> refusal.matches("\\d+ views\\.open: .*expired_trigger_id.*"));
        stage.startHere();
        dana = new Actor(stage.slack().person("dana"));
        gus = new Actor(stage.slack().person("gus"));
    }

    /** The way between Slack and the bot: HTTP, if nothing else is said. */
    Stage set(Stage fresh) {
        return fresh;
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @AfterEach
    void closeForms() {
        stage.slack().faults().clear();
        while (dana.person().view().isPresent()) {
            dana.person().closeView();
        }
    }

    @Test
    void listsWhatOneMayAskForWithAButtonThatOpensTheForm() {
        assertThat(dana.asks(CHANNEL, "/request", "")).contains("New service").contains("new-service");
        dana.person().click(dana.person().ephemerals().getLast(), "open-form:new-service");
        assertThat(dana.sees("Service name").title()).isEqualTo("New service");
    }

    @Test
    void suggestsTheWorkflowThatWasMeant() {
        assertThat(dana.asks(CHANNEL, "/request", "new-servise")).contains("no workflow").contains("new-service");
        assertThat(dana.asks(CHANNEL, "/steward", "request new-servise")).contains("no workflow");
        assertThat(dana.asks(CHANNEL, "/steward", "")).contains("/request").contains("/owner");
        assertThat(dana.asks(CHANNEL, "/steward", "frobnicate <!channel>")).contains("There is no")
                .doesNotContain("<!channel>");
        assertThat(dana.asks(CHANNEL, "/owner", "nothing-like-it")).contains("Nothing in the catalog");
    }

    @Test
    void tellsAGuestThatGuestsAskForNothing() {
        gus.types(CHANNEL, "/request", "new-service");
        assertThat(gus.sees("guest").plainText()).contains("Only members");
        assertThat(gus.asks(CHANNEL, "/request", "new-service")).contains("guest");
        assertThat(gus.asks(CHANNEL, "/request", "")).contains("guest");
    }

    @Test
    void fillsTheFormFromTheWordsAndKeepsItOnTheWayBack() {
        dana.types(CHANNEL, "/request", "new-service billing-api tier-2");
        View first = dana.sees("Service name");
        assertThat(first.values().toString()).contains("billing-api").contains("payments");
        dana.submits(Map.of("purpose", "Sends bills to customers"));
        View second = dana.sees("Tier");
        assertThat(second.values().toString()).contains("tier-2");
        dana.person().enter(Map.of(Actor.actionId(second, "tier"), "tier-4"));
        dana.person().choose("form-back", null);
        View back = Until.present("page 1 again", LIMIT,
                () -> dana.person().view().filter(v -> v.plainText().contains("Page 1 of 2")));
        assertThat(back.values().toString()).contains("billing-api").contains("Sends bills");
        dana.submits(Map.of());
        assertThat(dana.sees("Page 2 of 2").values().toString()).contains("tier-4");
    }

    @Test
    void showsAFieldWhenItsConditionComesToHold() {
        dana.types(CHANNEL, "/request", "new-service");
        View form = dana.sees("Service name");
        assertThat(form.plainText()).doesNotContain("Which partners");
        dana.person().enter(Map.of(Actor.actionId(form, "service"), "partner-api"));
        dana.chooses("audience", "partner");
        View changed = dana.sees("Which partners");
        assertThat(changed.values().toString()).contains("partner-api");
    }

    @Test
    void searchesTeamsWhileOneTypes() {
        dana.types(CHANNEL, "/request", "new-service");
        View form = dana.sees("Service name");
        List<Option> found = dana.person().suggest(Actor.actionId(form, "owner"), "plat");
        assertThat(found).extracting(Option::value).containsExactly("platform");
        assertThat(dana.person().suggest(Actor.actionId(form, "owner"), "zzz")).isEmpty();
    }

    @Test
    void cancelsFromTheDirectMessageAndTakesTheButtonsOffTheCard() {
        submit("cancel-me");
        Message card = card("cancel-me", true);
        assertThat(card.buttons()).hasSize(2);
        Message note = direct("cancel-me", "Waiting for approval");
        assertThat(dana.clicksAndIsTold(note, "cancel")).isNotBlank();
        Message ended = Until.present("the card without buttons", LIMIT,
                () -> channel().message(card.ts()).filter(m -> m.plainText().contains("Cancelled")));
        assertThat(ended.buttons()).isEmpty();
        Message over = Until.present("the note without its button", LIMIT, () -> dana.person().directMessages().stream()
                .filter(m -> m.ts().equals(note.ts()) && m.plainText().contains("Cancelled")).findFirst());
        assertThat(over.plainText()).contains("[Ask again]").doesNotContain("[Cancel]");
        assertThat(channel().thread(card)).isNotEmpty();
    }

    @Test
    void leadsBackToThePageOfANameThatWasTakenMeanwhile() {
        dana.types(CHANNEL, "/request", "new-service twice-asked");
        dana.sees("Service name");
        dana.submits(Map.of("purpose", "Asked for twice at a time"));
        dana.sees("Page 2 of 2");
        Actor omar = new Actor(stage.slack().person("omar"));
        omar.types(CHANNEL, "/request", "new-service twice-asked");
        omar.sees("Service name");
        omar.submits(Map.of("purpose", "Asked for twice at a time"));
        omar.sees("Page 2 of 2");
        omar.submits(Map.of());
        dana.submits(Map.of());
        View back = dana.sees("Page 1 of 2");
        assertThat(back.plainText()).contains("Please correct Service name").contains("already")
                .contains("nothing was submitted");
        assertThat(back.values().toString()).contains("twice-asked");
    }

    @Test
    void offersAButtonWhenSlackDidNotWaitForTheForm() {
        stage.slack().faults().on("views.open").slow(Duration.ofMillis(3500)).times(1);
        assertThat(dana.asks(CHANNEL, "/request", "new-service late-api")).contains("Slack did not open");
        dana.person().click(dana.person().ephemerals().getLast(), "open-form:new-service");
        assertThat(dana.sees("Service name").values().toString()).contains("late-api");
    }

    @Test
    void answersForgedAndOldClicksInPrivate() {
        submit("forge-me");
        Message card = card("forge-me", true);
        Actor omar = new Actor(stage.slack().person("omar"));
        String proposal = card.buttons().getFirst().value();
        String id = proposal.substring(0, proposal.indexOf(':'));
        assertThat(omar.forgesAndIsTold(card, "approve", id + ":" + "0".repeat(64))).contains("plan has changed");
        assertThat(omar.forgesAndIsTold(card, "approve", "999999:" + "0".repeat(64))).contains("no such proposal");
        assertThat(omar.forgesAndIsTold(card, "approve", "1; DROP TABLE proposal")).contains("changed nothing");
        assertThat(new Actor(stage.slack().person("olga")).clicksAndIsTold(card, "approve"))
                .contains("is for others to decide").contains("Omar");
        assertThat(gus.clicksAndIsTold(card, "approve")).contains("guest");
    }

    @Test
    void postsOnceWhenSlackLosesItsAnswers() {
        stage.slack().faults().on("chat.postMessage").responseLost().times(3);
        submit("lost-answer");
        card("lost-answer", true);
        direct("lost-answer", "Waiting for approval");
        assertThat(channel().messages().stream().filter(m -> m.plainText().contains("lost-answer"))).hasSize(1);
    }

    @Test
    void bringsAnInputThatTerraformRejectsBackToItsField() {
        submit("test-api");
        Message note = direct("test-api", "The plan failed");
        assertThat(note.buttons()).extracting(Button::label).containsExactly("Fix and resubmit", "Cancel");
        Message failed = Until.present("a card that says so", LIMIT, () -> channel().messages().stream()
                .filter(m -> m.plainText().contains("test-api") && m.plainText().contains("The plan failed"))
                .findFirst());
        assertThat(failed.buttons()).extracting(Button::label).containsExactly("Cancel");
        assertThat(new Actor(stage.slack().person("omar")).clicksAndIsTold(failed, "cancel"))
                .contains("Only the person who asked");
        dana.person().click(note, "fix");
        View form = dana.sees("Please correct Service name");
        assertThat(form.values().toString()).contains("test-api").contains("Something that is needed");
        dana.submits(Map.of("service", "sturdy-api"));
        dana.sees("Page 2 of 2");
        dana.submits(Map.of());
        assertThat(card("sturdy-api", true).plainText()).contains("Waiting for approval");
        Until.present("the same message, now waiting", LIMIT, () -> dana.person().directMessages().stream()
                .filter(m -> m.ts().equals(note.ts()) && m.plainText().contains("Waiting for approval")).findFirst());
    }

    @Test
    void onlyTheRequesterMendsARequest() {
        submit("test-taker");
        Message note = direct("test-taker", "The plan failed");
        Actor omar = new Actor(stage.slack().person("omar"));
        submitAs(omar, "test-omar");
        Message own = Until.present("Omar's note", LIMIT, () -> omar.person().directMessages().stream()
                .filter(m -> m.plainText().contains("test-omar") && m.buttons().size() == 2).findFirst());
        omar.person().clickRaw(own, "fix", note.buttons().getFirst().value());
        assertThat(omar.sees("Only the person who asked").plainText()).doesNotContain("test-taker");
    }

    private void submit(String name) {
        submitAs(dana, name);
    }

    private static void submitAs(Actor actor, String name) {
        actor.opens(() -> actor.types(CHANNEL, "/request", "new-service " + name), "Service name");
        actor.submits(Map.of("purpose", "Something that is needed"));
        actor.sees("Page 2 of 2");
        actor.submits(Map.of());
    }

    private Message card(String name, boolean buttons) {
        return Until.present("a card for " + name, LIMIT, () -> channel().messages().stream()
                .filter(m -> m.plainText().contains(name) && m.buttons().isEmpty() != buttons).findFirst());
    }

    private Message direct(String name, String status) {
        Person person = dana.person();
        return Until.present("a direct message about " + name, LIMIT, () -> person.directMessages().stream()
                .filter(m -> m.plainText().contains(name) && m.plainText().contains(status)).findFirst());
    }

    private Channel channel() {
        return stage.slack().channel(CHANNEL);
    }
}
