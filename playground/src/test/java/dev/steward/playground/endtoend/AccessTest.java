package dev.steward.playground.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.Ephemeral;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.View;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Until;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Access, from one line to its end: asked for, decided on, had, extended, taken away. */
class AccessTest extends EndToEndTest {
    private static final String REASON = "To read the logs of last night";

    @BeforeAll
    static void thereIsSomethingToHaveAccessTo() {
        Message card = asked(actor("dana"), "till-api", Map.of());
        actor("omar").clicksAndIsTold(card, "approve");
        awaitState("till-api", "done");
        Until.isTrue("olga is known", LIMIT,
                () -> actor("olga").asks(CHANNEL, "/access", "help").contains("Ask for it in one line"));
    }

    @Test
    void isAskedForInALineDecidedOnByTheOwnersExtendedByTheirWordAndTakenAwayByThem() {
        Actor olga = actor("olga");
        Actor omar = actor("omar");
        asks(olga, "till-api reader 1h");
        Message card = access(olga, "reader", has("[Approve]"));
        assertThat(card.plainText()).contains("For 1 hour, from the moment it is there", REASON);
        assertThat(olga.clicksAndIsTold(card, "approve")).contains("nobody decides on their own request");

        assertThat(omar.clicksAndIsTold(card, "approve")).contains("Your approval was the last one needed");
        Message active = access(olga, "reader", has("*Active* until"));
        String request = request(active);
        assertThat(active.plainText()).contains("[Extend]", "[End now]");
        assertThat(told(olga, "till-api", has("*Active* until")).plainText())
                .contains("You can extend it or end it now", "[Extend]");
        assertThat(olga.asks(CHANNEL, "/access", "mine")).contains(request, "access to `till-api` (Read)", "*Active*");
        assertThat(omar.asks(CHANNEL, "/access", "who till-api")).contains("<@" + olga.person().id() + ">", "Read",
                request);

        assertThat(stage.command("access", "report")).containsPattern(
                "olga +service:till-api +reader +" + request + " +\\S+ +still there");

        stage.slack().openHome(omar.person());
        String before = text("SELECT ends_at FROM lease WHERE request = " + row(request));
        assertThat(olga.asks(CHANNEL, "/access", "extend " + request + " 2h")).contains("Asked for.");
        Message wish = extension(request, has("[Approve]"));
        assertThat(wish.plainText()).contains("<@" + olga.person().id() + "> asks to keep access to `till-api` (Read)",
                "Please decide: ", "<@" + omar.person().id() + ">");
        Until.isTrue("the wish waits at home", LIMIT, () -> wishes(omar, request));
        assertThat(omar.clicksAndIsTold(wish, "approve")).contains("The message says what came of it");
        assertThat(extension(request, has("*Approved* by")).plainText()).doesNotContain("[Approve]");
        Until.isTrue("it waits there no longer", LIMIT, () -> !wishes(omar, request));
        assertThat(text("SELECT ends_at FROM lease WHERE request = " + row(request))).isGreaterThan(before);
        assertThat(told(olga, "till-api", has("You asked to keep")).plainText()).contains("*Approved* by Omar",
                "*Now:*",
                "[Extend]");

        assertThat(omar.clicksAndIsTold(now(active), "end-lease:" + row(request))).contains("is being ended");
        Message ended = access(olga, "reader", has("*Ended*"));
        assertThat(ended.plainText()).contains("revoked by Omar", "It is gone")
                .doesNotContain("[Extend]");
        Message last = told(olga, "till-api", has("has ended"));
        assertThat(last.plainText()).contains("revoked by Omar", "[Ask again]");
        assertThat(olga.asks(CHANNEL, "/access", "mine")).doesNotContain(request + ":");
        assertThat(omar.asks(CHANNEL, "/access", "revoke " + request)).contains("has ended already");

        View again = olga.opens(() -> olga.person().click(last, "ask-again:" + row(request)), "What you are going");
        assertThat(again.blocks().toString()).contains(REASON);
        olga.person().closeView();
    }

    @Test
    void isThereAtOnceByAStandingRuleExtendedByItAndGivenBack() {
        Actor dana = actor("dana");
        asks(dana, "till-api operator 1h");
        Message active = access(dana, "operator", has("*Active* until"));
        String request = request(active);
        assertThat(active.plainText())
                .contains("Approved by the rule \"Own team, not production, up to 8 hours\"");

        View form = dana.opens(() -> dana.person().click(active, "extend:" + row(request)), "How much longer?");
        assertThat(form.plainText()).contains("Your access to `till-api` (Operate) ends");
        dana.submits(Map.of("more", "1h"));
        assertThat(dana.sees("lasts longer now").plainText()).contains(request);
        dana.person().closeView();
        assertThat(number("SELECT ends_at - starts_at FROM lease WHERE request = " + row(request)))
                .isEqualTo(7_200_000);

        outsidersChangeNothing(active, request);
        String mine = dana.asks(CHANNEL, "/access", "mine");
        assertThat(mine).contains(request, "Operate");
        Ephemeral listed = dana.person().ephemerals().getLast();
        int answers = dana.person().ephemerals().size();
        dana.person().click(listed, "end-lease:" + row(request));
        Until.isTrue("dana is told", LIMIT, () -> ephemeral(dana, answers).filter(s -> s.contains("is being ended"))
                .isPresent());
        assertThat(access(dana, "operator", has("*Ended*")).plainText()).contains("returned early by Dana");
    }

    private static boolean wishes(Actor who, String request) {
        return who.person().home().filter(home -> home.plainText().contains(request + ": ")
                && home.plainText().contains("asks to keep access to")).isPresent();
    }

    private static void outsidersChangeNothing(Message active, String request) {
        Actor olga = actor("olga");
        assertThat(olga.clicksAndIsTold(active, "end-lease:" + row(request)))
                .contains("Only the person who has", "its owner team and the platform team can end it");
        View refusal = olga.opens(() -> olga.person().click(active, "extend:" + row(request)), "Only the person who");
        assertThat(refusal.plainText()).contains("Nothing was changed");
        olga.person().closeView();
        assertThat(olga.asks(CHANNEL, "/access", "extend " + request + " 1h")).contains("You have no access");
        assertThat(actor("gus").forgesAndIsTold(active, "end-lease", row(request))).contains("that you could end");
        assertThat(olga.forgesAndIsTold(active, "end-lease:1", "1; DROP TABLE lease")).contains("changed nothing");
        assertThat(text("SELECT state || coalesce(cause, '') FROM lease WHERE request = " + row(request)))
                .isEqualTo("active");
    }

    @Test
    void theHomeHasTheButtonsThatEndItAndAnswersAreModals() {
        Actor dana = actor("dana");
        stage.slack().openHome(dana.person());
        asks(dana, "till-api reader 1h");
        String request = request(access(dana, "reader", has("*Active* until").and(m -> m.plainText().contains(
                "<@" + dana.person().id() + ">"))));
        Until.isTrue("it is at home", LIMIT, () -> dana.person().home()
                .filter(home -> home.plainText().contains("Your access")
                        && home.actionIds().contains("end-lease:" + row(request)))
                .isPresent());

        dana.opens(() -> dana.person().chooseAtHome("end-lease:" + row(request), null), "is being ended");
        dana.person().closeView();
        Until.isTrue("it ended", LIMIT, () -> text("SELECT state FROM lease WHERE request = " + row(request))
                .equals("ended"));
        Until.isTrue("it is gone from home", LIMIT,
                () -> !dana.person().home().orElseThrow().actionIds().contains("end-lease:" + row(request)));
    }

    @Test
    void aSandboxIsThereAtOnceAndIsPromotedToTheRealThing() {
        Actor dana = actor("dana");
        dana.opens(() -> dana.types(CHANNEL, "/request", "sandbox idea-box"), "What do you want to try?");
        dana.finishes(Map.of("purpose", "Tries an idea out before anybody builds it", "duration", "4h"));
        Message active = posted("idea-box-sandbox", has("*Active* until"));
        assertThat(active.plainText()).contains("[Extend]", "[Promote]", "[End now]");

        View form = dana.opens(() -> dana.person().click(active, "promote:" + row(request(active))), "Service name");
        assertThat(form.title()).isEqualTo("New service");
        assertThat(form.blocks().toString()).contains("\"idea-box\"", "Tries an idea out");
        dana.person().closeView();

        dana.person().click(active, "end-lease:" + row(request(active)));
        posted("idea-box-sandbox", has("*Ended*"));
    }

    @Test
    void whatMakesNoSenseIsAnsweredInWords() {
        Actor dana = actor("dana");
        assertThat(dana.asks(CHANNEL, "/access", "")).contains("/access checkout reader 8h", "[Open the form]");
        assertThat(dana.asks(CHANNEL, "/access", "till-ap")).contains("Did you mean `till-api`?");
        assertThat(dana.asks(CHANNEL, "/access", "payments")).contains("is a team");
        assertThat(dana.asks(CHANNEL, "/access", "who")).contains("To what?");
        assertThat(dana.asks(CHANNEL, "/access", "revoke")).contains("Which one?");
        assertThat(dana.asks(CHANNEL, "/access", "revoke REQ-999999")).contains("no access and no sandbox REQ-999999");
        for (String nonsense : List.of("0h", "-8h", "8", "soon", "99999d")) {
            assertThat(dana.asks(CHANNEL, "/access", "extend REQ-1 " + nonsense))
                    .contains("does not say how much longer");
        }
        assertThat(dana.asks(CHANNEL, "/access", "extend REQ-1 1h"))
                .contains("You have no access and no sandbox REQ-1");
        assertThat(dana.asks(CHANNEL, "/steward", "access mine")).isNotBlank();
    }

    @Test
    void theCardOfAServiceOffersAccessToIt() {
        Actor dana = actor("dana");
        assertThat(dana.asks(CHANNEL, "/owner", "till-api")).contains("[Request access]");
        Ephemeral card = dana.person().ephemerals().getLast();
        View form = dana.opens(() -> dana.person().click(card, "ask-access"), "What you are going");
        assertThat(form.blocks().toString()).contains("till-api");
        dana.person().closeView();
    }

    private static void asks(Actor who, String text) {
        who.opens(() -> who.types(CHANNEL, "/access", text), "What you are going");
        who.finishes(Map.of("reason", REASON));
    }

    /** The card of somebody's access in that role once it is as expected; the latest, where there were several. */
    private static Message access(Actor who, String role, Predicate<Message> expected) {
        return Until.present(who.person().name() + "'s access as " + role, LIMIT,
                () -> cards("till-api as " + role).reversed().stream()
                        .filter(card -> card.plainText().contains("<@" + who.person().id() + ">"))
                        .findFirst().filter(expected));
    }

    private static Message extension(String request, Predicate<Message> expected) {
        return Until.present("a wish to extend " + request, LIMIT,
                () -> stage.slack().channel(CHANNEL).messages().stream()
                        .filter(message -> message.plainText().contains("asks to keep access"))
                        .filter(message -> message.plainText().contains(request)).findFirst().filter(expected));
    }

    private static Predicate<Message> has(String text) {
        return message -> message.plainText().contains(text);
    }

    private static String request(Message card) {
        return card.plainText().replaceAll("(?s).*?(REQ-\\d+).*", "$1");
    }

    private static String row(String request) {
        return request.substring("REQ-".length());
    }
}
