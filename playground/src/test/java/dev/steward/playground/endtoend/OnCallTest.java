package dev.steward.playground.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.View;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.AlertPost;
import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What has its time: pages that go from one to the next, people who stand in for each other, and updates on an incident
 * that come due. The clock is turned.
 */
class OnCallTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration MORE_THAN_THE_WAIT = Duration.ofMinutes(6);
    private static final String CHANNEL = "payments";
    private static final String ANNOUNCED = "general";
    private static final String WHAT = "Checkout answers 500";

    @TempDir
    Path folder;
    private Stage stage;
    private BotProcess bot;

    @BeforeEach
    void start() throws IOException {
        stage = new Stage(Path.of(System.getProperty("steward.root", ".")), folder).turningClock().initialised();
        Files.writeString(folder.resolve("steward.yaml"), "incidents: { announce: " + ANNOUNCED + " }\n",
                StandardOpenOption.APPEND);
        bot = stage.start();
        Until.isTrue("the groups are read from Slack, and who is on call is known", LIMIT,
                () -> number("SELECT count(*) FROM team WHERE seen_at IS NULL") == 0
                        && number("SELECT count(*) FROM oncall_duty WHERE person IS NOT NULL") == 5);
    }

    @AfterEach
    void slackRefusedNothingThatTheBotSent() {
        stage.close();
    }

    @Test
    void aPageGoesToTheNextLayerWhenNobodyAnswersAndEndsWithAClick() {
        Pair pair = paged();
        Message card = card(WHAT, ":rotating_light:", mention(pair.first()), "[Acknowledge]");
        direct(pair.first(), WHAT, "[Acknowledge]");
        assertThat(pair.second().person().directMessages()).isEmpty();

        stage.slack().clock().advance(MORE_THAN_THE_WAIT);
        Message second = direct(pair.second(), WHAT, "[Acknowledge]");
        Until.isTrue("the next is called below the card", LIMIT, () -> stage.slack().channel(CHANNEL).thread(card)
                .stream().anyMatch(m -> m.plainText().contains(mention(pair.second()) + ", you are on call")));

        assertThat(actor("olga").forgesAndIsTold(card, "ack-page", "1")).contains("Only who is on call");
        assertThat(pair.second().clicksAndIsTold(second, "ack-page")).contains("PAGE-1 is yours", WHAT);
        assertThat(card(WHAT, ":white_check_mark:", "is on it").plainText()).doesNotContain("[Acknowledge]");
        assertThat(direct(pair.first(), "Nothing for you to do").plainText()).doesNotContain("[Acknowledge]");
        assertThat(pair.first().forgesAndIsTold(card, "ack-page", "1")).contains("acknowledged PAGE-1 already");

        stage.slack().clock().advance(MORE_THAN_THE_WAIT);
        stage.slack().settle();
        assertThat(number("SELECT count(*) FROM page_step")).isEqualTo(2);
    }

    @Test
    void aPageGoesOnAfterAKill() {
        Pair pair = paged();
        direct(pair.first(), WHAT);
        bot.kill();
        stage.slack().clock().advance(MORE_THAN_THE_WAIT);
        bot = stage.start();
        direct(pair.second(), WHAT, "[Acknowledge]");
        assertThat(number("SELECT count(*) FROM page_step")).isEqualTo(2);
        assertThat(pair.first().person().directMessages()).hasSize(1);
        assertThat(pair.second().person().directMessages()).hasSize(1);
        acknowledgesAtHome(pair.second());
        card(WHAT, ":white_check_mark:", "is on it");
    }

    private void acknowledgesAtHome(Actor who) {
        stage.slack().openHome(who.person());
        home(who, view -> view.contains(WHAT) && view.contains("[Acknowledge]") && view.contains("You are on call"));
        who.person().chooseAtHome("ack-page", null);
        home(who, view -> !view.contains("[Acknowledge]") && view.contains("You are on call"));
    }

    private static void home(Actor who, Predicate<String> expected) {
        Until.isTrue(who.person().name() + "'s home shows it", LIMIT,
                () -> who.person().home().map(View::plainText).filter(expected).isPresent());
    }

    @Test
    void anAlertThatItsSourceDoesNotRepeatForADayGoesQuietAndCallsNobodyAnyMore() {
        try (AlertPost alertmanager = new AlertPost(stage.port())) {
            assertThat(alertmanager.post(List.of(AlertPost.firing("f-torn-down", stage.slack().clock().instant(),
                    "alertname", "ClusterGone", "severity", "critical")))).contains(200);
        }
        in("platform", "No service: 1 alert firing", "[Ack]");
        in("platform", "*ClusterGone*", ":rotating_light:", "[Acknowledge]");

        stage.slack().clock().advance(Duration.ofHours(25));

        assertThat(in("platform", "No service: went quiet", "Not heard of since").plainText())
                .contains("Nobody said that it is over").doesNotContain("[Ack]", "[Declare]");
        in("platform", "No answer is needed any more", "*ClusterGone*");
    }

    @Test
    void aShiftIsTakenByTheOtherOnTheirWord() {
        Actor dana = actor("dana");
        Actor omar = actor("omar");
        assertThat(dana.asks(CHANNEL, "/oncall", "override payments secondary @omar 2h")).contains(
                mention(omar) + " is asked");
        Message question = direct(omar, "asks you to be on call for team payments (secondary)", "[Accept]");
        assertThat(dana.forgesAndIsTold(question, "accept-shift", "1")).contains("There is no shift OVR-1");
        assertThat(omar.clicksAndIsTold(question, "accept-shift")).contains("Done: " + mention(omar), "cancel OVR-1");
        card("is on call for team payments (secondary)", mention(omar), "OVR-1");
        direct(dana, mention(omar) + " takes the shift");
        assertThat(omar.asks(CHANNEL, "/oncall", "payments")).contains("(OVR-1)", "Hand-overs follow Europe/Berlin");
        assertThat(dana.asks(CHANNEL, "/oncall", "cancel OVR-1")).contains("OVR-1 is cancelled");
        assertThat(dana.asks(CHANNEL, "/oncall", "cancel 1")).contains("cancelled already");
        card("OVR-1 was cancelled");
    }

    @Test
    void aShiftIsTakenWithTheForm() {
        Actor dana = actor("dana");
        View form = dana.opens(() -> dana.types(CHANNEL, "/oncall", "override payments"), "Who is on call instead?");
        assertThat(form.plainText()).contains("Team Payments", "Times are in Europe/Berlin");
        dana.submits(Map.of("when", "soon"));
        assertThat(dana.errorAt("when")).contains("Write how long");
        dana.submits(Map.of("when", "40d"));
        assertThat(dana.errorAt("when")).contains("at most 31 days");
        dana.submits(Map.of("when", "1h"));
        assertThat(dana.sees("cancel OVR-1").plainText()).contains("Done: " + mention(dana) + " is on call");
    }

    @Test
    void twoShiftsAreChangedWithTheForm() {
        Actor dana = actor("dana");
        Actor omar = actor("omar");
        View form = dana.opens(() -> dana.types(CHANNEL, "/oncall", "swap"), "Their shift that you take for it");
        List<String> own = form.blocks().findValues("options").getFirst().findValuesAsText("value");
        List<String> others = form.blocks().findValues("options").getLast().findValuesAsText("value");
        String layer = own.getFirst().replaceAll(".*@", "@");
        dana.submits(Map.of("takes", others.stream().filter(shift -> shift.endsWith(layer)).findFirst().orElseThrow()));
        assertThat(dana.sees("is asked").plainText()).contains(mention(omar));
        Message question = direct(omar, "[Accept]", "team payments");
        assertThat(omar.clicksAndIsTold(question, "accept-shift")).contains("Done");
        assertThat(number("SELECT count(*) FROM rotation_override WHERE state = 'active'")).isEqualTo(2);
        dana.person().closeView();
        dana.opens(() -> dana.types(CHANNEL, "/oncall", "override"), "Who is on call instead?");
        dana.person().closeView();
        Actor olga = actor("olga");
        olga.opens(() -> olga.types(CHANNEL, "/oncall", "swap"), "Nobody else has a shift beside yours");
    }

    @Test
    void whatMakesNoSenseIsAnsweredInWords() {
        Actor dana = actor("dana");
        for (Map.Entry<String, String> each : List.of(Map.entry("help", "pages who is on call"),
                Map.entry("", "Team Payments"), Map.entry("paymens", "Did you mean `payments`?"),
                Map.entry("gaps", "Somebody is on call all the time"), Map.entry("gaps nowhere", "no team or service"),
                Map.entry("override nowhere @me 4h", "no team or service"),
                Map.entry("override payments @ghost 4h", "nobody called `@ghost`"),
                Map.entry("override payments @me", "is not a time"),
                Map.entry("override payments @me -4h", "is not a time"),
                Map.entry("override payments @me 2020-01-01..2020-01-02", "begins in the past"),
                Map.entry("override payments @me 2027-01-02..2027-01-01", "has to end after it begins"),
                Map.entry("override checkout @me 4h", "Only members of team checkout"),
                Map.entry("override payments <@" + actor("olga").person().id() + "|olga> 4h", "is neither in team"),
                Map.entry("swap payments @omar 4h", "Which shifts?"),
                Map.entry("swap payments @omar 4h for 4h", "is not a time"), Map.entry("cancel", "Which one?"),
                Map.entry("cancel OVR-99", "There is no override OVR-99"),
                Map.entry("page", "For which team?"), Map.entry("page payments", "What happened?"),
                Map.entry("page nowhere it burns", "no team or service"))) {
            assertThat(dana.asks(CHANNEL, "/oncall", each.getKey())).as(each.getKey()).contains(each.getValue());
        }
        assertThat(dana.asks(CHANNEL, "/steward", "oncall checkout")).contains("On call for team Checkout",
                mention(actor("olga")));
        assertThat(actor("gus").asks("general", "/oncall", "page payments it burns")).contains("You are a guest");
        assertThat(number("SELECT count(*) FROM page") + number("SELECT count(*) FROM rotation_override")).isZero();
    }

    @Test
    void anIncidentIsAnnouncedItsLeadIsAskedForUpdatesAndBothAreEditedUntilItIsResolved() {
        Actor dana = actor("dana");
        Actor omar = actor("omar");
        dana.opens(() -> dana.types(CHANNEL, "/incident", "SEV-1 Checkout is down"), "It is fine if");
        dana.submits(Map.of());
        dana.sees("is declared");
        dana.person().closeView();
        Message announced = announced("INC-1 Checkout is down", "*SEV-1*, *investigating*", "Lead: nobody yet");
        String channel = "inc-1-checkout-is-down";
        Until.isTrue("its channel is ready", LIMIT,
                () -> number("SELECT count(*) FROM incident WHERE channel_state = 'ready'") == 1);
        dana.asks(channel, "/incident", "lead @omar");
        announced("Lead: " + mention(omar));

        Duration halfAnHour = Duration.ofMinutes(31);
        stage.slack().clock().advance(halfAnHour);
        Message due = direct(omar, "INC-1 Checkout is down: an update is due", "There was none yet", "[Update]");
        assertThat(omar.clicksAndIsTold(due, "incident-snooze:15m")).contains("due in 15 minutes");
        direct(omar, "INC-1 Checkout is down: no update is due now. Next");
        stage.slack().clock().advance(Duration.ofMinutes(16));
        Message again = direct(omar, "an update is due", "[Snooze 30 min]");
        assertThat(again.ts()).isNotEqualTo(due.ts());
        omar.opens(() -> omar.person().click(again, "incident-update"), "INC-1 Update");
        omar.finishes(Map.of("conditions", "Half of all payments fail"));
        Until.isTrue("nothing is due any more", LIMIT, () -> omar.person().directMessages().stream()
                .filter(message -> has(message, "no update is due now")).count() == 2);
        announced("Half of all payments fail");

        dana.asks(channel, "/incident", "status monitoring");
        announced("*SEV-1*, *monitoring*");
        dana.asks(channel, "/incident", "resolve failed over");
        Message over = announced("*resolved*", "after 4");
        assertThat(over.ts()).isEqualTo(announced.ts());
        assertThat(over.plainText()).doesNotContain("monitoring", "<!here>");
        stage.slack().clock().advance(halfAnHour);
        stage.slack().settle();
        assertThat(omar.person().directMessages().stream().filter(message -> has(message, "update is due"))).hasSize(2);
        assertThat(stage.slack().channel(ANNOUNCED).messages()).hasSize(1);
    }

    private Message announced(String... texts) {
        return Until.present("announced: " + List.of(texts), LIMIT, () -> stage.slack().channel(ANNOUNCED).messages()
                .stream().filter(m -> has(m, texts)).findFirst());
    }

    /** Who is paged first, and who then: that changes from week to week. */
    private record Pair(Actor first, Actor second) {}

    private Pair paged() {
        String said = actor("olga").asks("general", "/oncall", "page payments " + WHAT);
        assertThat(said).contains("PAGE-1", "is paged for team Payments");
        return said.contains("Omar") ? new Pair(actor("omar"), actor("dana")) : new Pair(actor("dana"), actor("omar"));
    }

    private Message card(String... texts) {
        return in(CHANNEL, texts);
    }

    private Message in(String channel, String... texts) {
        return Until.present("in #" + channel + ": " + List.of(texts), LIMIT,
                () -> stage.slack().channel(channel).messages().stream().filter(m -> has(m, texts)).findFirst());
    }

    private static Message direct(Actor who, String... texts) {
        return Until.present(who.person().name() + " is told: " + List.of(texts), LIMIT,
                () -> who.person().directMessages().stream().filter(m -> has(m, texts)).findFirst());
    }

    private static boolean has(Message message, String... texts) {
        return List.of(texts).stream().allMatch(message.plainText()::contains);
    }

    private static String mention(Actor who) {
        return "<@" + who.person().id() + ">";
    }

    private Actor actor(String name) {
        return new Actor(stage.slack().person(name));
    }

    private long number(String sql) {
        return stage.inspect(h -> h.createQuery(sql).mapTo(Long.class).one());
    }
}
