package dev.steward.playground.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.Person;
import dev.steward.playground.emulator.View;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Until;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The home that each person has in Slack, as they see it. */
class AppHomeTest extends EndToEndTest {
    private static final String START = "open-form:new-service";

    @AfterEach
    void withdrawFaults() {
        stage.slack().faults().clear();
    }

    @Test
    void tellsSomebodyWithNothingWhereToBegin() {
        Actor olga = actor("olga");
        assertThat(opened(olga, has("Welcome to Steward")).plainText())
                .contains("Nothing waits for you", "[New service]");

        View form = olga.opens(() -> olga.person().chooseAtHome(START, null), "Service name");

        assertThat(form.title()).isEqualTo("New service");
        olga.person().closeView();
    }

    @Test
    void updatesItselfWhileARequestIsDecidedOnByOthers() {
        for (String who : List.of("dana", "omar", "pia", "paul")) {
            opened(actor(who), has("Ask for something"));
        }
        Message card = asks(actor("dana"), "home-api tier-1", Map.of());

        View dana = home(actor("dana"), shows("home-api").and(has("Waiting for approval")));
        assertThat(waiting(dana)).as("nobody decides on their own request").isFalse();
        View omar = home(actor("omar"), shows("home-api"));
        assertThat(waiting(omar)).isTrue();
        assertThat(omar.plainText()).contains("<@" + actor("dana").person().id() + ">",
                "archives/" + card.channel() + "/p" + card.ts().replace(".", ""), "Decide by");
        assertThat(actor("pia").person().home().orElseThrow().plainText()).doesNotContain("home-api");

        actor("omar").clicksAndIsTold(card, "approve");
        home(actor("omar"), shows("home-api").negate());
        home(actor("paul"), shows("home-api"));
        home(actor("dana"), has("*Platform* still needs"));

        actor("pia").clicksAndIsTold(now(card), "approve");
        home(actor("paul"), shows("home-api").negate());
        View done = home(actor("dana"), has("Applied").and(has("you-build-it-you-run-it")));
        assertThat(done.plainText()).contains("You have no open requests.", "• `home-api` (Service, tier-1)");
        home(actor("omar"), has("• `home-api` (Service, tier-1)"));
    }

    @Test
    void showsWhatPeopleWroteAndMentionsNobody() {
        opened(actor("dana"), has("Ask for something"));
        Message card = asks(actor("dana"), "home-rejected", Map.of());
        actor("omar").person().click(card, "reject");
        actor("omar").sees("Reject");
        actor("omar").submits(Map.of("reason", "<!channel> *no* <https://evil.example|click me>"));

        View home = home(actor("dana"), has("Rejected"));

        assertThat(home.blocks().toString()).contains("&lt;!channel&gt;").doesNotContain("<!channel>")
                .doesNotContain("<https://evil");
    }

    @ParameterizedTest
    @CsvSource({"gus, a guest in this workspace", "sam, a member of another workspace"})
    void tellsOthersInWordsWhoIsServedHere(String who, String words) {
        View home = opened(actor(who), has(words));

        assertThat(home.plainText()).contains("only members of this workspace");
        assertThat(home.actionIds()).isEmpty();
    }

    @Test
    void answersAClickOfSomebodyWhoMayNoLongerAskInPrivate() {
        Actor nina = newcomer("nina");
        opened(nina, has("[New service]"));
        stage.slack().people().restrict(nina.person());
        Until.isTrue("Steward knows that Nina is a guest", LIMIT,
                () -> text("SELECT standing FROM person WHERE slack_user = '" + nina.person().id() + "'")
                        .equals("guest"));

        nina.person().chooseAtHome(START, null);

        assertThat(nina.sees("You are a guest").plainText()).contains("Only members");
        nina.person().closeView();
        assertThat(opened(nina, has("You are a guest")).actionIds()).isEmpty();
    }

    @Test
    void publishesNothingForSomebodyWhoLeft() {
        Actor milo = newcomer("milo");
        opened(milo, has("[New service]"));
        asks(milo, "home-left", Map.of("owner", "payments"));
        home(milo, has("Waiting for approval"));
        settled();
        String before = milo.person().home().orElseThrow().hash();

        stage.slack().people().deactivate(milo.person());
        awaitState("home-left", "cancelled");
        settled();

        assertThat(milo.person().home().orElseThrow().hash()).isEqualTo(before);
    }

    @Test
    void triesAgainUntilSlackTakesIt() {
        opened(actor("lena"), has("Ask for something"));
        String before = actor("lena").person().home().orElseThrow().hash();
        stage.slack().faults().on("views.publish").serverError(500).times(1);
        stage.slack().faults().on("views.publish").responseLost().times(1);

        stage.slack().openHome(actor("lena").person());

        Until.isTrue("both faults struck", LIMIT, () -> stage.slack().faults().struck().size() == 2);
        settled();
        assertThat(actor("lena").person().home().orElseThrow().hash()).isNotEqualTo(before);
    }

    private static void settled() {
        Until.isTrue("no home waits to be published", LIMIT,
                () -> number("SELECT count(*) FROM outbox WHERE destination LIKE 'home:%'") == 0);
    }

    /** Asks for a service of that name, and waits for its card. */
    private static Message asks(Actor who, String words, Map<String, String> others) {
        who.types(CHANNEL, "/request", "new-service " + words);
        who.sees("Service name");
        Map<String, String> answers = new HashMap<>(others);
        answers.put("purpose", "Shows what a home tells of it");
        who.submits(answers);
        who.sees("Tier");
        who.finishes(others.containsKey("owner") ? Map.of("operated_by", others.get("owner")) : Map.of());
        return card(words.replaceAll(" .*", ""));
    }

    private static Actor newcomer(String name) {
        return new Actor(stage.slack().person(stage.slack().people().add(name, "Somebody New")));
    }

    private static View opened(Actor who, Predicate<View> expected) {
        stage.slack().openHome(who.person());
        return home(who, expected);
    }

    private static View home(Actor who, Predicate<View> expected) {
        Person person = who.person();
        try {
            return Until.present("the home of " + person.name() + " as expected", LIMIT,
                    () -> person.home().filter(expected));
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    person.home().map(View::plainText).orElse("(" + person.name() + " has no home)"), e);
        }
    }

    private static Predicate<View> has(String text) {
        return view -> view.plainText().contains(text);
    }

    private static Predicate<View> shows(String service) {
        return has("`" + service + "`");
    }

    private static boolean waiting(View home) {
        Optional<String> section = home.plainText().lines().dropWhile(line -> !line.equals("Waiting for you")).skip(1)
                .findFirst();
        return section.filter(line -> line.startsWith("*REQ-")).isPresent();
    }
}
