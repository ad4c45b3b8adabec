package dev.steward.playground.demo;

import dev.steward.playground.emulator.Channel;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.TerraformProcesses;
import dev.steward.playground.stage.Until;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The story: a service asked for, decided on, applied through a crash; access to it, given, extended and ended; another
 * service rejected. In between, the {@link Night}.
 */
final class Story {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String CHANNEL = "platform-requests";

    private final Stage stage;
    private final Narrator narrator;
    private final Actor dana;
    private final Actor omar;
    private final Actor pia;
    private final Actor olga;

    Story(Stage stage, Narrator narrator) {
        this.stage = stage;
        this.narrator = narrator;
        dana = new Actor(stage.slack().person("dana"));
        omar = new Actor(stage.slack().person("omar"));
        pia = new Actor(stage.slack().person("pia"));
        olga = new Actor(stage.slack().person("olga"));
    }

    /** Plays it; answers how many runs were found again after the kill. */
    int play() {
        narrator.title("Steward: a service is born");
        narrator.tells("Dana is a developer in team payments, Omar her team's other engineer, Pia is on the platform"
                + " team, Olga builds the checkout. Slack is an emulator as strict as the real one; everything else is the real thing.");
        BotProcess bot = stage.start();
        Message card = ask();
        card = decide(card);
        int recovered = crash(bot, card);
        owner();
        access();
        new Night(stage, narrator).play();
        reject();
        auditor();
        return recovered;
    }

    private Message ask() {
        narrator.chapter("Dana asks for a service");
        dana.types(CHANNEL, "/request", "new-service");
        narrator.does("Dana", "/request new-service");
        dana.sees("Service name");
        narrator.says("opens a form for Dana: New service, page 1 of 2",
                "Service name, purpose, owner team, audience, data class");
        dana.submits(basics("Payments_API", "Takes card payments for the shop"));
        narrator.does("Dana", "Service name: Payments_API");
        String error = Until.present("the form says what is wrong with the name", LIMIT,
                () -> Optional.of(dana.errorAt("service")).filter(text -> !text.isEmpty()));
        narrator.says("in the form, beneath the field", error);
        dana.submits(basics("payments-api", "Takes card payments for the shop"));
        narrator.does("Dana", "Service name: payments-api");
        dana.sees("Tier");
        dana.chooses("lifecycle", "shared");
        narrator.does("Dana", "page 2: Lifecycle: Shared");
        narrator.says("in the form, as she chooses", line(dana.sees("complicated-subsystem").plainText()));
        dana.chooses("lifecycle", "application-bound");
        narrator.does("Dana", "changes her mind: bound to one application");
        narrator.says("in the form", line(dana.sees("you-build-it").plainText()));
        dana.finishes(Map.of("tier", "tier-1"));
        narrator.does("Dana", "Tier 1, and submits");
        Message card = cardWith("payments-api", "Approve");
        narrator.says("in #" + CHANNEL + ", once Terraform has planned", card.plainText());
        return card;
    }

    private Message decide(Message card) {
        narrator.chapter("Who may decide, and who may not");
        narrator.does("Dana", "clicks Approve on her own request");
        narrator.says("only visible to Dana", dana.clicksAndIsTold(card, "approve"));
        narrator.does("Omar", "clicks Approve");
        narrator.says("only visible to Omar", omar.clicksAndIsTold(card, "approve"));
        narrator.does("Omar", "clicks Approve again");
        narrator.says("only visible to Omar", omar.clicksAndIsTold(card, "approve"));
        Message waiting = Until.present("the card waits for the platform team", LIMIT,
                () -> message(card).filter(m -> m.plainText().contains("Pia")));
        narrator.does("Pia", "clicks Approve: tier 1 needs the platform team, too");
        narrator.says("only visible to Pia", pia.clicksAndIsTold(waiting, "approve"));
        return card;
    }

    private int crash(BotProcess bot, Message card) {
        narrator.chapter("Steward is killed in the middle of the apply");
        long terraform = Until.present("Terraform applies", LIMIT,
                () -> TerraformProcesses.applying(stage.home()));
        Message before = Until.present("the card says that the apply has begun", LIMIT, () -> message(card)
                .filter(m -> m.plainText().contains("*Applying*") || m.plainText().contains("apply begins")));
        narrator.says("the card in #" + CHANNEL, head(before.plainText()));
        bot.kill();
        boolean survives = TerraformProcesses.alive(terraform);
        narrator.tells("kill -9 " + bot.pid() + ": Steward is gone. Terraform (process " + terraform + ") is "
                + (survives ? "still at work; it waits for Steward to take its state." : "gone, too."));
        BotProcess again = stage.start();
        narrator.tells("Steward is started again (process " + again.pid() + "): it finds the run, and the process "
                + terraform + " that belongs to it, and watches it end.");
        Message after = Until.present("the card says that it is applied", LIMIT,
                () -> message(card).filter(m -> m.plainText().contains("*Applied*") && m.buttons().isEmpty()));
        narrator.says("the card in #" + CHANNEL, after.plainText());
        int claims = stage.inspect(h -> h.createQuery("SELECT count(*) FROM ledger WHERE action = 'run.apply_claimed'")
                .mapTo(Integer.class).one());
        return survives && claims == 1 ? 1 : 0;
    }

    private void owner() {
        narrator.chapter("Whose is it?");
        narrator.does("Omar", "/owner payments-api");
        narrator.says("only visible to Omar", omar.asks("general", "/owner", "payments-api"));
    }

    private void access() {
        narrator.chapter("Access for an hour, and gone by itself");
        olga.opens(() -> olga.types("checkout", "/access", "payments-api reader 1h"), "What you are going");
        narrator.does("Olga", "/access payments-api reader 1h, in #checkout");
        olga.finishes(Map.of("reason", "Our checkout sees timeouts: I want to read the logs"));
        narrator.does("Olga", "says why, and submits");
        Message asked = cardWith("payments-api as reader", "Approve");
        narrator.says("in #" + CHANNEL, asked.plainText());
        narrator.does("Omar", "clicks Approve: it is his team's service");
        omar.clicksAndIsTold(asked, "approve");
        Message active = Until.present("the access is there", LIMIT,
                () -> message(asked).filter(m -> m.plainText().contains("*Active* until")));
        narrator.says("the card in #" + CHANNEL, head(active.plainText()));
        longer();
        narrator.does("clock", "two hours pass");
        stage.slack().clock().advance(Duration.ofHours(2));
        narrator.says("to Olga", toOlga("has ended").plainText());
        narrator.does("Omar", "/access who payments-api");
        narrator.says("only visible to Omar", omar.asks("general", "/access", "who payments-api"));
    }

    /** The end comes near, and is put off by the word of those who approved. */
    private void longer() {
        narrator.does("clock", "50 minutes pass");
        stage.slack().clock().advance(Duration.ofMinutes(50));
        Message warning = toOlga("ends");
        narrator.says("to Olga", warning.plainText());
        olga.opens(() -> olga.person().click(warning, extend(warning)), "How much longer?");
        olga.submits(Map.of("more", "1h"));
        narrator.does("Olga", "clicks Extend: one hour more");
        Message wish = cardWith("asks to keep access", "Approve");
        narrator.says("in #" + CHANNEL, wish.plainText());
        omar.clicksAndIsTold(wish, "approve");
        narrator.does("Omar", "clicks Approve");
    }

    private static String extend(Message message) {
        return message.buttons().stream().filter(b -> b.label().equals("Extend")).findFirst().orElseThrow().actionId();
    }

    private Message toOlga(String words) {
        return Until.present("Olga is told: " + words, LIMIT, () -> olga.person().directMessages().stream()
                .filter(m -> m.plainText().contains(words) && m.plainText().contains("access to")).reduce((a, b) -> b));
    }

    private void reject() {
        narrator.chapter("A second request is rejected");
        dana.types(CHANNEL, "/request", "new-service ledger-export");
        narrator.does("Dana", "/request new-service ledger-export");
        dana.sees("Service name");
        dana.submits(basics("ledger-export", "Copies the ledger to the warehouse every night"));
        dana.sees("Tier");
        dana.finishes(Map.of());
        Message card = cardWith("ledger-export", "Approve");
        omar.person().click(card, "reject");
        omar.sees("Reject");
        narrator.does("Omar", "clicks Reject, and has to say why");
        omar.submits(Map.of("reason", "The warehouse team has an export already: use theirs."));
        Message rejected = Until.present("the card says that it is rejected", LIMIT,
                () -> message(card).filter(m -> m.plainText().contains("use theirs")));
        narrator.says("the card in #" + CHANNEL, head(rejected.plainText()));
    }

    private void auditor() {
        narrator.chapter("The auditor asks");
        narrator.does("auditor", "steward ledger verify");
        narrator.says("at the command line", stage.command("ledger", "verify"));
    }

    private static Map<String, String> basics(String name, String purpose) {
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("service", name);
        answers.put("purpose", purpose);
        return answers;
    }

    private Message cardWith(String subject, String button) {
        return Until.present("a card for " + subject + " with a button " + button, LIMIT,
                () -> channel().messages().stream().filter(m -> m.plainText().contains(subject))
                        .filter(m -> m.buttons().stream().anyMatch(b -> b.label().equals(button))).findFirst());
    }

    private Optional<Message> message(Message card) {
        return channel().message(card.ts());
    }

    private Channel channel() {
        return stage.slack().channel(CHANNEL);
    }

    private static String line(String form) {
        return form.lines().filter(l -> l.contains("Operating model")).findFirst().orElse("");
    }

    private static String head(String text) {
        return String.join("\n", text.lines().limit(4).toList());
    }
}
