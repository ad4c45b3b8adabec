package dev.steward.playground.bench;

import dev.steward.playground.emulator.Message;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A request's way through a bot that runs: Dana fills the form in, Omar approves, Terraform applies. */
final class Journey {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration TRIGGER = Duration.ofSeconds(4);
    private static final String CHANNEL = "platform-requests";
    private static final String PURPOSE = "Takes card payments for the shop";

    private final Stage stage;
    private final Books books;
    private final Actor dana;
    private final Actor omar;

    Journey(Stage stage, Books books) {
        this.stage = stage;
        this.books = books;
        dana = new Actor(stage.slack().person("dana"));
        omar = new Actor(stage.slack().person("omar"));
    }

    /**
     * Milliseconds from the moment the form is sent to the plan's being stored, and from the approval's being stored to
     * the end's being stored.
     */
    record Took(double plan, double apply) {}

    Took once(String service) {
        opensForm();
        Map<String, String> basics = new LinkedHashMap<>();
        basics.put("service", service);
        basics.put("purpose", PURPOSE);
        dana.submits(basics);
        dana.sees("Tier");
        long sent = System.currentTimeMillis();
        dana.finishes(Map.of());
        long run = Until.present("a run for " + service, LIMIT, () -> books.run(service));
        long planned = Until.present("a plan for " + service, LIMIT, () -> books.plannedAt(run));
        omar.person().click(card(service), "approve");
        long applied = Until.present(service + " is applied", LIMIT, () -> books.cameTo(run, "applied"));
        Until.isTrue("everything is said", LIMIT, () -> books.due() == 0);
        return new Took(planned - sent, applied - books.cameTo(run, "approved").orElseThrow());
    }

    /** Again and again, as people do: a trigger lives three seconds, which a bot that was just started may not keep. */
    private void opensForm() {
        Until.isTrue("the form opens", LIMIT, () -> {
            dana.types(CHANNEL, "/request", "new-service");
            return shown("Service name");
        });
    }

    private boolean shown(String text) {
        long deadline = System.nanoTime() + TRIGGER.toNanos();
        boolean shown = false;
        while (!shown && System.nanoTime() < deadline) {
            shown = dana.person().view().filter(view -> view.plainText().contains(text)).isPresent();
            LockSupport.parkNanos(10_000_000);
        }
        return shown;
    }

    /** What Terraform is given for such a request. */
    static Map<String, Object> inputs(String service) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("name", service);
        inputs.put("description", PURPOSE);
        inputs.put("owner", "payments");
        inputs.put("operated_by", "payments");
        inputs.put("tier", "tier-3");
        inputs.put("service_lifecycle", "application-bound");
        inputs.put("audience", "internal");
        inputs.put("data_class", "internal");
        inputs.put("tags", Map.of());
        return inputs;
    }

    /** Omar asks whose a service is, and is told. */
    void asksForOwner(String service) {
        omar.asks("general", "/owner", service);
    }

    private Message card(String service) {
        return Until.present("a card for " + service + " to be approved", LIMIT,
                () -> stage.slack().channel(CHANNEL).messages().stream().filter(m -> m.plainText().contains(service))
                        .filter(m -> m.buttons().stream().anyMatch(b -> b.label().equals("Approve"))).findFirst());
    }
}
