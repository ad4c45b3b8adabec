package dev.steward.playground.demo;

import dev.steward.playground.emulator.Channel;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.View;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.AlertPost;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The night after: an alert, a page, an incident, somebody let in at once, a change taken back, and what was learned. */
final class Night {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String OWNERS = "payments";
    private static final String REQUESTS = "platform-requests";
    private static final String SERVICE = "payments-api";
    private static final Pattern INCIDENT = Pattern.compile("INC-\\d+");
    private static final Pattern REQUEST = Pattern.compile("REQ-\\d+");
    private static final Pattern CHANNEL = Pattern.compile("(?<=<#)\\w+|(?<=#)inc-[\\w-]+");
    private static final String UNSAID = "_What happened, to whom, and what ended it?_";
    private static final String UNNOTICED = "_Who noticed what, and for how long?_";

    private final Stage stage;
    private final Narrator narrator;

    /** Who has the pager this week, which the rotation says, and who does not. */
    private record Pair(Somebody onCall, Somebody other) {}

    /** A person and what they are called. */
    private record Somebody(String name, Actor actor) {}

    /** An incident, by its number, and its channel. */
    private record Incident(String number, Channel channel) {}

    Night(Stage stage, Narrator narrator) {
        this.stage = stage;
        this.narrator = narrator;
    }

    void play() {
        try (AlertPost alertmanager = new AlertPost(stage.port())) {
            Instant start = stage.slack().clock().instant();
            Map<String, Object> alert = AlertPost.saying("Half of all card payments fail",
                    AlertPost.firing("f-payments", start, "alertname", "PaymentsFail", "service", SERVICE, "severity",
                            "critical"));
            Message card = fires(alertmanager, alert);
            Pair pair = paged();
            Incident incident = declared(pair.onCall(), card);
            Message access = letIn(pair.onCall(), incident);
            revert(pair, incident);
            narrator.does("clock", "twelve minutes pass");
            stage.slack().clock().advance(Duration.ofMinutes(12));
            alertmanager.post(List.of(AlertPost.over(stage.slack().clock().instant(), alert)));
            narrator.does("Alertmanager", "posts that it is over");
            narrator.says("the card in #" + OWNERS, now(card, "nothing fires any more").plainText());
            Message resolved = resolves(pair, incident);
            signs(pair.other(), access);
            isToBeDone(pair.other(), incident);
            learns(pair.other(), incident, resolved);
        }
    }

    private Message fires(AlertPost alertmanager, Map<String, Object> alert) {
        narrator.chapter("At night it fails");
        narrator.does("Alertmanager", "posts to Steward: PaymentsFail, critical, service payments-api");
        alertmanager.post(List.of(alert));
        Message card = said(stage.slack().channel(OWNERS), SERVICE + ": 1 alert firing");
        narrator.says("in #" + OWNERS + ", on one card for all alerts of the service", card.plainText());
        return card;
    }

    private Pair paged() {
        Somebody dana = new Somebody("Dana", new Actor(stage.slack().person("dana")));
        Somebody omar = new Somebody("Omar", new Actor(stage.slack().person("omar")));
        Somebody onCall = Until.present("who is on call is paged", LIMIT,
                () -> Stream.of(dana, omar).filter(one -> page(one, "PaymentsFail").isPresent()).findFirst());
        Message page = page(onCall, "PaymentsFail").orElseThrow();
        narrator.says("to " + onCall.name() + ", who has the pager this week", page.plainText());
        narrator.does(onCall.name(), "clicks Acknowledge");
        narrator.says("only visible to " + onCall.name(),
                onCall.actor().clicksAndIsTold(page, action(page, "Acknowledge")));
        return new Pair(onCall, onCall.equals(dana) ? omar : dana);
    }

    private static Optional<Message> page(Somebody somebody, String about) {
        return somebody.actor().person().directMessages().stream()
                .filter(m -> m.plainText().contains(about) && has(m, "Acknowledge")).findFirst();
    }

    private Incident declared(Somebody lead, Message card) {
        Actor actor = lead.actor();
        actor.opens(() -> actor.person().click(now(card, SERVICE), action(now(card, SERVICE), "Declare")),
                "It is fine if this is incomplete");
        narrator.does(lead.name(), "clicks Declare on the card: the form is filled in already; SEV-1, and submits");
        actor.submits(Map.of("severity", "SEV-1"));
        String told = actor.sees("is declared").plainText();
        actor.person().closeView();
        Channel channel = channel(first(CHANNEL, told));
        Message headline = Until.present("the headline", LIMIT, () -> channel.pinned().stream().findFirst()
                .filter(one -> has(one, "I lead")));
        narrator.says("pinned in #" + channel.name(), headline.plainText());
        narrator.says("below it, unasked", said(channel, "What changed").plainText());
        narrator.does(lead.name(), "clicks I lead");
        narrator.says("only visible to " + lead.name(), actor.clicksAndIsTold(headline, action(headline, "I lead")));
        return new Incident(first(INCIDENT, told), channel);
    }

    private Message letIn(Somebody lead, Incident incident) {
        narrator.chapter("Break-glass, and the way back");
        Actor actor = lead.actor();
        actor.opens(() -> actor.types(OWNERS, "/access", SERVICE + " admin 1h"), "What you are going");
        narrator.does(lead.name(), "/access " + SERVICE + " admin 1h, for " + incident.number());
        actor.finishes(Map.of("reason", "Half of all payments fail: I have to see which", "incident",
                incident.number()));
        Message loud = said(stage.slack().channel(OWNERS), "Break-glass");
        narrator.says("loudly in #" + OWNERS, loud.plainText());
        Message card = said(stage.slack().channel(REQUESTS), SERVICE + " as admin", "*Active* until");
        narrator.says("the card in #" + REQUESTS + ", a moment later",
                String.join("\n", card.plainText().lines().limit(4).toList()));
        return loud;
    }

    private void revert(Pair pair, Incident incident) {
        Message changes = said(incident.channel(), "What changed");
        narrator.does(pair.onCall().name(), "sees no way forward, and clicks Propose revert");
        String told = pair.onCall().actor().clicksAndIsTold(changes, action(changes, "Propose revert"));
        narrator.says("only visible to " + pair.onCall().name(), told);
        String revert = first(REQUEST, told);
        Message card = said(stage.slack().channel(REQUESTS), revert, "[Approve]");
        narrator.says("in #" + REQUESTS + ", once Terraform has planned", card.plainText());
        narrator.does(pair.other().name(), "clicks Approve: it is the team's service");
        pair.other().actor().clicksAndIsTold(card, action(card, "Approve"));
        Actor pia = new Actor(stage.slack().person("pia"));
        narrator.does("Pia", "clicks Approve, too: it is tier 1, also at night");
        pia.clicksAndIsTold(now(card, "Pia"), action(card, "Approve"));
        narrator.says("in #" + incident.channel().name(),
                said(incident.channel(), revert + ", removal of " + SERVICE).plainText());
    }

    private Message resolves(Pair pair, Incident incident) {
        narrator.chapter("Resolved, and learned from");
        String words = "The new service is gone, and payments take the old way again";
        narrator.does(pair.onCall().name(), "/incident resolve " + words);
        pair.onCall().actor().asks(incident.channel().name(), "/incident", "resolve " + words);
        Message resolved = said(incident.channel(), "is resolved*");
        narrator.says("in #" + incident.channel().name(), resolved.plainText());
        narrator.does("clock", "two minutes pass");
        stage.slack().clock().advance(Duration.ofMinutes(2));
        Message ended = Until.present("the access has ended", LIMIT,
                () -> pair.onCall().actor().person().directMessages().stream()
                        .filter(m -> m.plainText().contains("access to `" + SERVICE + "` (Administer) has ended"))
                        .findFirst());
        narrator.says("to " + pair.onCall().name(), ended.plainText());
        return resolved;
    }

    private void signs(Somebody other, Message loud) {
        Actor actor = other.actor();
        Message now = now(loud, "[Sign]");
        actor.opens(() -> actor.person().click(now, action(now, "Sign")), "Having looked at");
        actor.submits(
                Map.of("verdict", "right", "words", "I read the log of the session: nothing was changed by hand"));
        actor.sees("Signed");
        actor.person().closeView();
        narrator.does(other.name(), "looks at what was done, and signs for the break-glass access");
        narrator.says("the message in #" + OWNERS, now(loud, "*Signed* by").plainText());
    }

    private void isToBeDone(Somebody by, Incident incident) {
        Instant due = stage.slack().clock().instant().plus(Duration.ofDays(14));
        String followup = "followup @" + by.actor().person().name() + " by " + due.toString().substring(0, 10)
                + " let one card in a hundred through first";
        narrator.does(by.name(), "/incident " + followup);
        by.actor().asks(incident.channel().name(), "/incident", followup);
    }

    private void learns(Somebody other, Incident incident, Message resolved) {
        Actor actor = other.actor();
        View form = actor.opens(() -> actor.types(incident.channel().name(), "/incident", "postmortem"), "Postmortem");
        List<String> draft = form.blocks().findValuesAsText("initial_value");
        narrator.does(other.name(), "/incident postmortem, which is written already but for what only people know");
        String first = draft.getFirst().replace(UNSAID, "The new service lost payments; it is gone.")
                .replace(UNNOTICED, "Half of all customers could not pay.");
        actor.finishes(Map.of("part:0", first));
        narrator.says("keeps it, in Markdown", first + "\n" + String.join("\n", draft.subList(1, draft.size())));
        narrator.does(other.name(), "clicks Close");
        narrator.says("only visible to " + other.name(),
                actor.clicksAndIsTold(now(resolved, "is resolved*"), action(resolved, "Close")));
    }

    private Channel channel(String nameOrId) {
        return Until.present("the channel " + nameOrId, LIMIT, () -> {
            try {
                return Optional.of(stage.slack().channel(nameOrId));
            } catch (IllegalArgumentException notYet) {
                return Optional.empty();
            }
        });
    }

    private static Message said(Channel channel, String... texts) {
        return Until.present("in #" + channel.name() + ": " + List.of(texts), LIMIT, () -> channel.messages().stream()
                .filter(m -> Stream.of(texts).allMatch(m.plainText()::contains)).findFirst());
    }

    /** The message as it stands now, once it says that. */
    private Message now(Message message, String text) {
        return Until.present("a message says: " + text, LIMIT,
                () -> stage.slack().channel(message.channel()).message(message.ts())
                        .filter(m -> m.plainText().contains(text)));
    }

    private static boolean has(Message message, String label) {
        return message.buttons().stream().anyMatch(button -> button.label().equals(label));
    }

    private static String action(Message message, String label) {
        return message.buttons().stream().filter(button -> button.label().equals(label)).findFirst()
                .orElseThrow(() -> new IllegalStateException("no button " + label + " on: " + message.plainText()))
                .actionId();
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in: " + text);
        }
        return matcher.group();
    }
}
