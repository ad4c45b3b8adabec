package dev.steward.playground.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.Channel;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.View;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Until;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Incidents in Slack: declared in a line, seen to in their channel, resolved and learned from. */
class IncidentTest extends EndToEndTest {

    @BeforeAll
    static void peopleAreKnown() {
        // Met below: a name that is taken, people who are in a channel before they are invited, and what was on its way to a
        // channel when Steward was removed from it.
        stage.expecting(refusal -> refusal.matches("\\d+ conversations\\.create: .*name_taken.*")
                || refusal.matches("\\d+ conversations\\.invite: .*already_in_channel.*")
                || refusal.matches("\\d+ chat\\.(postMessage|update): .*not_in_channel.*"));
        Stream.of("dana", "omar", "olga").forEach(name -> Until.isTrue(name + " is known", LIMIT,
                () -> actor(name).asks(CHANNEL, "/incident", "help").contains("declares one")));
    }

    @Test
    void isDeclaredInALineSeenToInItsChannelAndResolvedWithAPostmortem() {
        Actor dana = actor("dana");
        View form = dana.opens(() -> dana.types(CHANNEL, "/incident", "SEV-2 Checkout shows errors"),
                "It is fine if this is incomplete");
        assertThat(form.blocks().toString()).contains("Checkout shows errors", "Unsure? Take the higher one.");
        dana.submits(Map.of());
        String number = incidentIn(dana.sees("is declared").plainText());
        dana.person().closeView();

        Channel channel = channel("inc-" + number + "-checkout-shows-errors");
        Message headline = headline(channel, has("*SEV-2*, *investigating*"));
        assertThat(headline.plainText()).contains("nobody yet", "[I lead]", "[Update]", "[Resolve]");
        Until.isTrue("the channel is furnished", LIMIT, () -> channel.topic().startsWith("SEV-2 | investigating")
                && channel.members().contains(dana.person().id())
                && channel.pinned().stream().anyMatch(pin -> pin.ts().equals(headline.ts())));

        Actor omar = actor("omar");
        omar.person().channelDeeds().join(channel.id());
        assertThat(omar.asks(channel.name(), "/incident",
                "update half of all payments fail | taking it back | somebody from the bank | next 30m"))
                .contains("is told");
        Message update = said(channel, has("Update* by Omar"));
        assertThat(update.plainText()).contains("half of all payments fail", "Next update due");
        assertThat(headline(channel, has("taking it back")).ts()).isEqualTo(headline.ts());

        dana.person().choose(headline, "incident-severity", number + ":SEV-1");
        headline(channel, has("*SEV-1*"));
        dana.person().choose(headline, "incident-status", number + ":identified");
        headline(channel, has("*identified*"));
        Until.isTrue("the topic follows", LIMIT, () -> channel.topic().startsWith("SEV-1 | identified"));

        assertThat(dana.asks(channel.name(), "/incident", "link https://grafana.example/d/1 The dashboard"))
                .doesNotContain("Like this");
        Until.isTrue("the bookmark is there", LIMIT, () -> channel.bookmarks().stream()
                .anyMatch(bookmark -> bookmark.link().equals("https://grafana.example/d/1")));
        assertThat(channel.bookmarks()).hasSize(1);

        pinsAndEdits(channel, omar, dana);
        itemsAndForms(channel, omar, dana, headline);
        resolves(channel, omar, dana, number);
    }

    private static void pinsAndEdits(Channel channel, Actor omar, Actor dana) {
        Message said = channel.post(omar.person(), "The pool is *full*, see <#" + channel.id() + ">");
        omar.person().deeds().pin(channel.id(), said.ts());
        Message marked = channel.post(dana.person(), "Restarted it");
        omar.person().deeds().react(channel.id(), marked.ts(), "pushpin");
        Message other = channel.post(dana.person(), "Lunch?");
        omar.person().deeds().react(channel.id(), other.ts(), "eyes");
        timeline(dana, channel, text -> text.contains("The pool is") && text.contains("Restarted it"));
        dana.person().deeds().edit(channel.id(), marked.ts(), "Restarted it twice");
        String timeline = timeline(dana, channel, text -> text.contains("Restarted it twice"));
        assertThat(timeline).doesNotContain("Lunch?");
        omar.person().deeds().delete(channel.id(), said.ts());
        timeline(dana, channel, text -> !text.contains("The pool is"));
    }

    private static void itemsAndForms(Channel channel, Actor omar, Actor dana, Message headline) {
        assertThat(dana.asks(channel.name(), "/incident", "action restart the pool")).doesNotContain("Like this");
        String items = headline(channel, has("restart the pool")).plainText();
        String action = items.replaceAll("(?s).*`?#(\\d+)`? restart the pool.*", "$1");
        assertThat(omar.asks(channel.name(), "/incident", "done " + action)).doesNotContain("Like this");
        headline(channel, has("restart the pool").negate());

        omar.opens(() -> omar.types(channel.name(), "/incident", "followup"), "What is to be done?");
        omar.finishes(Map.of("words", "Add an alert", "owner", "omar", "due", inDays(20)));
        headline(channel, has("Follow-up: Add an alert"));
        assertThat(dana.asks(channel.name(), "/incident", "followup @omar by " + inDays(30) + " write it up"))
                .doesNotContain("Like this");
        headline(channel, has("write it up"));

        omar.opens(() -> omar.person().click(headline, "incident-note"), "What happened?");
        omar.finishes(Map.of("words", "5m ago failed over to the other zone"));
        timeline(omar, channel, text -> text.contains("failed over to the other zone"));
        assertThat(dana.asks(channel.name(), "/incident", "resolv it"))
                .contains("Did you mean `/incident resolve`?");
        assertThat(dana.asks(channel.name(), "/incident", "summary")).contains("Declared", "by Dana");
        assertThat(dana.asks(channel.name(), "/incident", "")).contains("[Declare another]");
        assertThat(dana.asks(CHANNEL, "/steward", "incident INC-999999 status")).contains("There is no INC-999999");
        assertThat(dana.asks(CHANNEL, "/incident", "status page is down")).contains("Which incident?");
    }

    private static void resolves(Channel channel, Actor omar, Actor dana, String number) {
        omar.opens(() -> omar.types(channel.name(), "/incident", "resolve"), "What ended it?");
        omar.finishes(Map.of("words", "The change was taken back"));
        Message resolved = said(channel, has("is resolved* after"));
        assertThat(resolved.plainText()).contains("[Postmortem]", "[Close]", "[Add follow-up]");
        headline(channel, message -> !message.plainText().contains("[Update]"));

        aFollowUpBecomesARequest(dana, resolved);
        View postmortem = dana.opens(() -> dana.person().click(resolved, "incident-postmortem"), "Postmortem");
        assertThat(postmortem.blocks().toString()).contains("Checkout shows errors");
        dana.submits(Map.of("part:0", "# What we learned\n\nNever on a Friday."));
        View again = dana.opens(() -> dana.types(channel.name(), "/incident", "postmortem"), "Postmortem");
        assertThat(again.blocks().toString()).contains("Never on a Friday.");
        dana.person().closeView();
        assertThat(dana.clicksAndIsTold(resolved, "incident-close")).contains("is closed");
        assertThat(omar.forgesAndIsTold(resolved, "incident-close", number))
                .contains("closed");
    }

    private static void aFollowUpBecomesARequest(Actor dana, Message resolved) {
        View choice = dana.opens(() -> dana.person().click(resolved, "incident-request"), "What is needed?");
        assertThat(choice.blocks().toString()).contains("Add an alert", "write it up", "new-service");
        String item = text("SELECT id FROM action_item WHERE text = 'Add an alert'");
        dana.submits(Map.of("item", item, "workflow", "new-service"));
        assertThat(dana.sees("Service name").blocks().toString()).contains(": Add an alert");
        dana.submits(Map.of("service", "alert-sink"));
        dana.sees("Tier");
        dana.finishes(Map.of());
        Until.isTrue("the follow-up has its request", LIMIT, () -> number(
                "SELECT count(*) FROM action_item a JOIN request q ON q.id = a.request WHERE q.subject = 'alert-sink'"
                        + " AND a.id = " + item) == 1);
        dana.opens(() -> dana.person().click(resolved, "incident-request"), "What is needed?");
        assertThat(dana.person().view().orElseThrow().blocks().toString()).contains("write it up")
                .doesNotContain("Add an alert");
        dana.person().closeView();
    }

    @Test
    void aMessageBecomesTheFirstEntryOfTheTimeline() {
        Actor omar = actor("omar");
        Actor dana = actor("dana");
        Message message = stage.slack().channel(CHANNEL).post(dana.person(),
                "Logins fail for everybody\nsince ten minutes");
        View form = omar.opens(() -> omar.person().messageAction(message, "declare_incident_message"),
                "This becomes the first entry");
        assertThat(form.blocks().toString()).contains("Logins fail for everybody");
        omar.submits(Map.of("severity", "SEV-3"));
        String number = incidentIn(omar.sees("is declared").plainText());
        omar.person().closeView();
        Channel channel = channel("inc-" + number + "-logins-fail-for-everybody");
        member(channel, omar);
        assertThat(timeline(omar, channel, hasText("since ten minutes"), "all")).contains("Dana");
    }

    private static Predicate<String> hasText(String text) {
        return said -> said.contains(text);
    }

    @Test
    void theShortcutOpensTheFormAndWhatIsMissingIsSaidAtTheField() {
        Actor dana = actor("dana");
        dana.opens(() -> dana.person().shortcut("declare_incident"), "It is fine if this is incomplete");
        dana.submits(Map.of("severity", "SEV-4", "title", "   "));
        assertThat(dana.errorAt("title")).isNotBlank();
        dana.person().closeView();
    }

    @Test
    void ofTwoWhoTakeTheLeadAtOnceOneHasItAndTheOtherIsTold() {
        Channel channel = declared(actor("dana"), "Two want to lead", "SEV-4");
        Actor omar = actor("omar");
        Actor olga = actor("olga");
        Stream.of(omar, olga).forEach(who -> who.person().channelDeeds().join(channel.id()));
        Message headline = headline(channel, has("[I lead]"));
        List<String> told = Stream.of(omar, olga)
                .map(who -> CompletableFuture.supplyAsync(() -> who.clicksAndIsTold(headline, "incident-claim:lead")))
                .toList().stream().map(CompletableFuture::join).toList();
        assertThat(told).anyMatch(text -> text.contains("already")).anyMatch(text -> !text.contains("already"));
        Message after = headline(channel, has("[I lead]").negate());
        assertThat(after.plainText()).containsAnyOf("<@" + omar.person().id() + ">", "<@" + olga.person().id() + ">");
    }

    @Test
    void aNameThatIsTakenGetsANumber() {
        Actor dana = actor("dana");
        long next = number("SELECT coalesce(max(id), 0) + 1 FROM incident");
        for (long i = next; i < next + 5; i++) {
            dana.person().channelDeeds().create("inc-" + i + "-name-is-taken", false);
        }
        Channel channel = declared(dana, "Name is taken", "SEV-4", "-2");
        assertThat(channel.name()).endsWith("-name-is-taken-2");
        member(channel, dana);
    }

    @Test
    void aChannelWhoseAnswerWasLostIsFoundAndNotMadeTwice() {
        stage.slack().faults().on("conversations.create").responseLost().times(1);
        Actor dana = actor("dana");
        Channel channel = declared(dana, "The answer was lost", "SEV-4");
        member(channel, dana);
        assertThat(channel.name()).endsWith("-the-answer-was-lost");
    }

    @Test
    void itIsThereWhileSlackIsDownAndGetsItsChannelWhenSlackIsBack() {
        stage.slack().faults().on("conversations.create").connectionReset().times(2);
        stage.slack().faults().on("conversations.invite").serverError(503).times(2);
        Actor dana = actor("dana");
        Channel channel = declared(dana, "Slack is down", "SEV-4");
        member(channel, dana);
        headline(channel, has("*SEV-4*"));
        assertThat(number("SELECT count(*) FROM incident WHERE title = 'Slack is down'")).isEqualTo(1);
    }

    @Test
    void whoeverIsInChargeIsToldWhenStewardIsRemovedAndItGoesOnWhenItIsBack() {
        Actor dana = actor("dana");
        Channel channel = declared(dana, "The bot is removed", "SEV-4");
        Message headline = headline(channel, has("*SEV-4*"));
        Until.isTrue("it is ready", LIMIT, () -> channel.pinned().size() == 1);
        channel.removeBot();
        Until.isTrue("dana is told", LIMIT, () -> dana.person().directMessages().stream()
                .anyMatch(message -> message.plainText().contains("Steward is not in its channel any more")));
        dana.person().channelDeeds().invite(channel.id(), "steward");
        dana.asks(channel.name(), "/incident", "severity 3");
        assertThat(headline(channel, has("*SEV-3*")).ts()).isEqualTo(headline.ts());
        Until.isTrue("the topic follows", LIMIT, () -> channel.topic().startsWith("SEV-3"));
    }

    @Test
    void itGoesOnAfterItsChannelWasArchivedAndRenamed() {
        Actor dana = actor("dana");
        Channel channel = declared(dana, "Put away by hand", "SEV-4");
        Message headline = headline(channel, has("*SEV-4*"));
        Until.isTrue("it is ready", LIMIT, () -> channel.pinned().size() == 1);
        dana.person().channelDeeds().rename(channel.id(), "inc-by-another-name");
        Until.isTrue("its name is known", LIMIT,
                () -> number("SELECT count(*) FROM incident WHERE channel_name = 'inc-by-another-name'") == 1);
        channel.archive();
        Until.isTrue("dana is told", LIMIT, () -> dana.person().directMessages().stream()
                .anyMatch(message -> message.plainText().contains("Its channel was archived")));
        dana.person().channelDeeds().unarchive(channel.id());
        String number = text("SELECT id FROM incident WHERE channel_name = 'inc-by-another-name'");
        dana.asks(CHANNEL, "/incident", "INC-" + number + " severity 3");
        assertThat(headline(channel, has("*SEV-3*")).ts()).isEqualTo(headline.ts());
    }

    @Test
    void whatChangedIsOnTheTableAndAProposalToRevertItIsAnswered() {
        Actor dana = actor("dana");
        Message card = asked(dana, "cart-api", Map.of());
        actor("omar").clicksAndIsTold(card, "approve");
        awaitState("cart-api", "done");
        assertThat(dana.asks(CHANNEL, "/owner", "cart-api")).contains("[Declare incident]");
        var owner = dana.person().ephemerals().getLast();
        View form = dana.opens(() -> dana.person().click(owner, "incident-declare"), "It is fine if");
        assertThat(form.blocks().toString()).contains("cart-api");
        dana.submits(Map.of("title", "Carts are empty", "severity", "SEV-1"));
        String number = incidentIn(dana.sees("is declared").plainText());
        dana.person().closeView();
        Channel channel = channel("inc-" + number + "-carts-are-empty");
        member(channel, actor("omar"));
        headline(channel, has("*Frozen*"));
        Message changes = said(channel, has("What changed* on `cart-api`"));
        assertThat(changes.plainText()).contains("asked by Dana", "approved by", "[Last 3 days]");
        dana.person().click(changes, "incident-back:72");
        assertThat(said(channel, has("in the 3 days before")).ts()).isEqualTo(changes.ts());
        assertThat(dana.asks(channel.name(), "/incident", "changes 7d")).contains("in the 7 days before");
        assertThat(actor("olga").asks(CHANNEL, "/owner", "cart-api")).contains("Open incidents", "Carts are empty");
        assertThat(dana.asks(channel.name(), "/incident", "lead @omar")).contains("is Omar");
        assertThat(dana.asks(channel.name(), "/incident", "resolve found it")).contains("is resolved");
    }

    @Test
    void whatWasChangedGoesBackFromTheIncidentThatItCausedAlthoughThatFreezesIt() {
        Actor dana = actor("dana");
        Actor omar = actor("omar");
        Actor olga = actor("olga");
        omar.clicksAndIsTold(asked(dana, "basket-api", Map.of()), "approve");
        awaitState("basket-api", "done");
        assertThat(dana.asks(CHANNEL, "/owner", "basket-api")).contains("[Change]", "[Remove]");
        dana.opens(() -> dana.types(CHANNEL, "/request", "change basket-api"), "as it is now");
        dana.submits(Map.of("owner", "checkout"));
        dana.sees("Tier");
        dana.submits(Map.of("tier", "tier-2"));
        assertThat(dana.sees("Please correct").blocks().toString()).contains("The owner stays `payments`");
        dana.submits(Map.of("owner", "payments"));
        dana.sees("Tier");
        dana.finishes(Map.of());
        Message change = posted("basket-api", has("Change of basket-api (REQ-").and(has("[Approve]")));
        assertThat(change.plainText()).contains("Tier 3 → Tier 2", "Everything else stays as it is.");
        String changed = change.plainText().replaceAll("(?s).*?(REQ-\\d+): Change of.*", "$1");
        omar.clicksAndIsTold(change, "approve");
        posted("basket-api", has("Change of basket-api (REQ-").and(has("Applied")));
        assertThat(olga.asks(CHANNEL, "/owner", "basket-api")).contains("tier-2");

        Channel channel = declaredOn("basket-api", dana, "Baskets are empty");
        Message changes = said(channel, has("What changed* on `basket-api`"));
        assertThat(changes.plainText()).contains("Change of basket-api", "[Propose revert]");
        headline(channel, has("*Frozen*"));
        olga.person().channelDeeds().join(channel.id());
        dana.opens(() -> dana.types(CHANNEL, "/request", "change basket-api tier-4"), "as it is now");
        dana.submits(Map.of());
        dana.sees("Tier");
        dana.finishes(Map.of());
        Message waiting = posted("basket-api", has("Tier 2 → Tier 4").and(has("[Approve]")));
        String waits = waiting.plainText().replaceAll("(?s).*?(REQ-\\d+).*", "$1");
        assertThat(olga.clicksAndIsTold(changes, "incident-revert:" + changed.substring("REQ-".length())))
                .contains("Not proposed yet", waits, "[Withdraw it and propose]");
        olga.person().click(olga.person().ephemerals().getLast(), "incident-revert:instead");
        Until.isTrue("olga is told", LIMIT, () -> olga.person().ephemerals().getLast().plainText()
                .contains("asks to go back from " + changed));
        assertThat(olga.person().ephemerals().getLast().plainText()).contains(waits + " is withdrawn");
        Until.isTrue("dana and omar are told", LIMIT, () -> List.of(dana, omar).stream().allMatch(one -> one.person()
                .directMessages().stream().anyMatch(has("was withdrawn"))));
        Message back = posted("basket-api", has("Revert of " + changed + ", basket-api").and(has("[Approve]")));
        assertThat(back.plainText()).contains("goes back to what REQ-", "Tier 2 → Tier 3", "for INC-");
        assertThat(olga.clicksAndIsTold(back, "approve")).contains("nobody decides on their own request");
        omar.clicksAndIsTold(back, "approve");
        posted("basket-api", has("Revert of " + changed).and(has("Applied")));
        assertThat(dana.asks(CHANNEL, "/owner", "basket-api")).contains("tier-3");
        timeline(dana, channel, text -> text.contains("proposed to revert " + changed)
                && text.contains("revert of " + changed + ", basket-api asked for by Olga"));
        assertThat(dana.asks(channel.name(), "/incident", "resolve the change was it")).contains("is resolved");
        dana.asks(CHANNEL, "/owner", "basket-api");
        dana.person().click(dana.person().ephemerals().getLast(), "remove");
        posted("basket-api", has("Removal of New service basket-api").and(has("[Approve]")));
        assertThat(dana.asks(CHANNEL, "/request", "change basket-api")).contains("asks to remove `basket-api`");
    }

    private static Channel declaredOn(String service, Actor who, String title) {
        who.asks(CHANNEL, "/owner", service);
        var owner = who.person().ephemerals().getLast();
        who.opens(() -> who.person().click(owner, "incident-declare"), "It is fine if");
        who.submits(Map.of("title", title, "severity", "SEV-1"));
        String number = incidentIn(who.sees("is declared").plainText());
        who.person().closeView();
        return channel("inc-" + number + "-" + title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'));
    }

    @Test
    void anOutsiderOfAPrivateIncidentSeesNothingOfIt() {
        Actor dana = actor("dana");
        Actor olga = actor("olga");
        dana.opens(() -> dana.types(CHANNEL, "/incident", "SEV-4 A leak of data"), "It is fine if");
        dana.submits(Map.of("private", "yes"));
        String number = incidentIn(dana.sees("is declared").plainText());
        dana.person().closeView();
        Channel channel = channel("inc-" + number + "-a-leak-of-data");
        member(channel, dana);
        assertThat(channel.isPrivate()).isTrue();
        String refused = olga.asks(CHANNEL, "/incident", "INC-" + number + " summary");
        assertThat(refused).contains("There is no INC-" + number).doesNotContain("leak");
        assertThat(olga.asks(CHANNEL, "/incident", "INC-" + number + " severity SEV-1")).contains("There is no INC");
        assertThat(olga.asks(CHANNEL, "/incident", "INC-" + number + " timeline")).doesNotContain("leak");
        stage.slack().openHome(olga.person());
        stage.slack().openHome(dana.person());
        Until.isTrue("dana's home has it", LIMIT, () -> dana.person().home()
                .filter(home -> home.plainText().contains("A leak of data")).isPresent());
        assertThat(olga.person().home().map(View::plainText).orElse("")).doesNotContain("leak");
        Message card = stage.slack().channel(CHANNEL).post(olga.person(), "A message to forge a click on");
        assertThat(olga.forgesAndIsTold(card, "incident-claim", number + ":lead")).doesNotContain("leak");
        assertThat(text("SELECT count(*) FROM incident_role WHERE incident = " + number)).isEqualTo("0");

        channel.removeBot();
        assertThat(dana.asks(CHANNEL, "/incident", "INC-" + number + " update it is about a leak")).contains("is told");
        Until.isTrue("dana is told", LIMIT, () -> dana.person().directMessages().stream().anyMatch(
                message -> message.plainText().contains("INC-" + number)
                        && message.plainText().contains("Steward is not in its channel any more")));
        allIsSaid();
        for (String open : List.of("platform", CHANNEL)) {
            assertThat(stage.slack().channel(open).messages()).noneMatch(
                    message -> message.plainText().contains("leak"));
        }
    }

    // ---- what people look at

    private static String inDays(int days) {
        return LocalDate.now(ZoneOffset.UTC).plusDays(days).toString();
    }

    private static String incidentIn(String text) {
        return text.replaceAll("(?s).*?INC-(\\d+) is declared.*", "$1");
    }

    private static Channel declared(Actor who, String title, String severity) {
        return declared(who, title, severity, "");
    }

    private static Channel declared(Actor who, String title, String severity, String suffix) {
        who.opens(() -> who.types(CHANNEL, "/incident", severity + " " + title), "It is fine if this is incomplete");
        who.submits(Map.of());
        String number = incidentIn(who.sees("is declared").plainText());
        who.person().closeView();
        return channel("inc-" + number + "-" + title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + suffix);
    }

    private static Channel channel(String name) {
        return Until.present("the channel " + name, LIMIT, () -> {
            try {
                return Optional.of(stage.slack().channel(name));
            } catch (IllegalArgumentException | IllegalStateException notYet) {
                return Optional.empty();
            }
        });
    }

    private static void member(Channel channel, Actor who) {
        Until.isTrue(who.person().name() + " is in " + channel.name(), LIMIT,
                () -> channel.members().contains(who.person().id()));
    }

    private static Message headline(Channel channel, Predicate<Message> expected) {
        return Until.present("the headline of " + channel.name(), LIMIT, () -> channel.messages().stream()
                .filter(message -> message.plainText().contains("Incident lead")
                        && message.plainText().contains("Liaison"))
                .findFirst().filter(expected));
    }

    private static Message said(Channel channel, Predicate<Message> expected) {
        return Until.present("a message in " + channel.name(), LIMIT,
                () -> channel.messages().stream().filter(expected).findFirst());
    }

    private static String timeline(Actor who, Channel channel, Predicate<String> expected) {
        return timeline(who, channel, expected, "");
    }

    private static String timeline(Actor who, Channel channel, Predicate<String> expected, String which) {
        return Until.present("the timeline", LIMIT, () -> Optional
                .of(who.asks(channel.name(), "/incident", ("timeline " + which).strip())).filter(expected));
    }

    private static Predicate<Message> has(String text) {
        return message -> message.plainText().contains(text);
    }

    private static void allIsSaid() {
        Until.isTrue("nothing waits", LIMIT, () -> number("SELECT count(*) FROM outbox WHERE state = 'due'") == 0
                && number("SELECT count(*) FROM incident WHERE channel_state = 'wanted'") == 0);
    }
}
