package dev.steward.playground.kill;

import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.Person;
import dev.steward.playground.emulator.View;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Until;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * The life of one request for a service of tier 1, from the form to its end: asked for by Dana, approved by Omar and by
 * Pia, with kills at many of its steps and between them. People do as people do: what Slack did not confirm, they do
 * again.
 */
final class Life {
    private static final String CHANNEL = "platform-requests";
    private static final int MOST_TRIES = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double AT_A_STEP = 0.7;
    private static final double AT_A_RANDOM_MOMENT = 0.08;
    private static final double CONTAINER = 0.3;
    private static final double LEFT_WAITING = 0.07;

    private final Victim victim;
    private final String name;
    private final RandomGenerator random;
    private final BooleanSupplier another;
    private final Actor dana;
    private final Actor omar;
    private final Actor pia;
    private final List<Kill> kills = new ArrayList<>();
    private final Executor people = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * A life that has not begun.
     *
     * @param another
     *            answers whether there is to be another kill, and counts it
     */
    Life(Victim victim, String name, RandomGenerator random, BooleanSupplier another) {
        this.victim = victim;
        this.name = name;
        this.random = random;
        this.another = another;
        dana = new Actor(victim.stage().slack().person("dana"));
        omar = new Actor(victim.stage().slack().person("omar"));
        pia = new Actor(victim.stage().slack().person("pia"));
    }

    String name() {
        return name;
    }

    List<Kill> kills() {
        return kills;
    }

    /** When to kill: at a step, or some time after the start or the last act. */
    private record Aim(String moment, Optional<Step> step, Duration after, boolean terraformToo) {}

    /** Something that a person does; answers whether Slack was told "ok". */
    private interface Act {
        boolean confirmed();
    }

    /** Lives; answers how many approvals of the newest plan were confirmed. */
    int live() {
        fillIn();
        phase(Step.PLANNING, this::submit);
        if (random.nextDouble() < LEFT_WAITING) {
            return 0;
        }
        phase(Step.DECIDING, () -> approve(omar.person()));
        if (random.nextDouble() < LEFT_WAITING) {
            return 1;
        }
        phase(Step.APPLYING, () -> approve(pia.person()));
        if (!indeterminate() || random.nextBoolean()) {
            return 2;
        }
        phase(List.of(), this::planAgain);
        if (!decidable()) {
            return 0; // everything was there: nothing to change, and nobody to ask
        }
        phase(List.of(), () -> approve(omar.person()));
        phase(List.of(), () -> approve(pia.person()));
        return 2;
    }

    private void fillIn() {
        victim.ready();
        victim.forgetPreparedModules();
        untilShown("Service name", () -> dana.types(CHANNEL, "/request", "new-service"));
        untilShown("Tier",
                () -> dana.submits(Map.of("service", name, "purpose", "Takes card payments for the shop")));
        dana.person().enter(Map.of(Actor.actionId(dana.sees("Tier"), "tier"), "tier-1"));
    }

    private void untilShown(String text, Runnable act) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            act.run();
            if (Until.holds(PATIENCE,
                    () -> dana.person().view().filter(v -> v.plainText().contains(text)).isPresent())) {
                return;
            }
        }
        throw new IllegalStateException(name + ": no form with " + text);
    }

    private void phase(List<Step> steps, Act act) {
        Deque<Aim> aims = aims(steps);
        Optional<Kill> last = Optional.empty();
        boolean confirmed = false;
        for (int tries = 0; !confirmed || !aims.isEmpty(); tries++) {
            if (tries > MOST_TRIES) {
                throw new IllegalStateException(name + ": what was done was never confirmed");
            }
            CompletableFuture<Boolean> going = confirmed
                    ? CompletableFuture.completedFuture(true)
                    : CompletableFuture.supplyAsync(() -> victim.ready() && act.confirmed(), people);
            if (!aims.isEmpty()) {
                last = Optional.of(strike(aims.remove()));
                confirmed = joined(going);
                victim.startAgain();
            } else {
                confirmed = joined(going);
            }
        }
        victim.ready();
        Duration settled = victim.settled();
        last.ifPresent(kill -> kill.settledAfter(settled));
    }

    private static boolean joined(CompletableFuture<Boolean> going) {
        try {
            return going.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Deque<Aim> aims(List<Step> steps) {
        Deque<Aim> aims = new ArrayDeque<>();
        boolean applying = steps.contains(Step.LOCKED);
        for (Step step : steps) {
            boolean whileApplying = applying && step.compareTo(Step.CLAIMED) >= 0
                    && step.compareTo(Step.TERRAFORM_ENDED) <= 0;
            boolean terraformToo = whileApplying && random.nextDouble() < CONTAINER;
            if (random.nextDouble() < AT_A_STEP && another.getAsBoolean()) {
                aims.add(new Aim(step.label(), Optional.of(step), Duration.ZERO, terraformToo));
            }
            if (random.nextDouble() < AT_A_RANDOM_MOMENT && another.getAsBoolean()) {
                aims.add(moment(victim.boot().plusMillis(1500), "random moment", terraformToo));
            }
            if (random.nextDouble() < AT_A_RANDOM_MOMENT && another.getAsBoolean()) {
                aims.add(moment(victim.boot(), "random moment of a start", terraformToo));
            }
        }
        return aims;
    }

    private Aim moment(Duration within, String label, boolean terraformToo) {
        return new Aim(label, Optional.empty(), Duration.ofNanos(random.nextLong(within.toNanos())), terraformToo);
    }

    private Kill strike(Aim aim) {
        Kill kill = new Kill(aim.moment(), aim.terraformToo());
        kills.add(kill);
        aim.step().ifPresentOrElse(step -> victim.killAt(step, name, aim.terraformToo()),
                () -> victim.killAfter(aim.after(), aim.terraformToo()));
        return kill;
    }

    private boolean submit() {
        if (dana.person().view().isEmpty()) {
            return true;
        }
        Delivery delivery = dana.person().submit(Map.of());
        dana.person().view().filter(view -> delivery.acknowledged() && !takenBefore(view)).ifPresent(view -> {
            throw new IllegalStateException(name + " was not taken: " + view.errors() + "\n" + view.plainText());
        });
        return delivery.acknowledged();
    }

    private static boolean takenBefore(View view) {
        return view.title().equals("Submitted already");
    }

    private boolean approve(Person person) {
        Optional<Message> card = card().filter(message -> offers(message, "approve"));
        return card.isEmpty() || person.click(card.get(), "approve").acknowledged();
    }

    private boolean planAgain() {
        Optional<Message> card = card().filter(message -> offers(message, "plan-again"));
        return card.isEmpty() || pia.person().click(card.get(), "plan-again").acknowledged();
    }

    private boolean indeterminate() {
        return card().filter(message -> offers(message, "plan-again")).isPresent();
    }

    private boolean decidable() {
        return card().filter(message -> offers(message, "approve")).isPresent();
    }

    private Optional<Message> card() {
        return victim.stage().slack().channel(CHANNEL).messages().stream()
                .filter(message -> message.plainText().contains(name)).findFirst();
    }

    private static boolean offers(Message message, String action) {
        return message.buttons().stream().anyMatch(button -> button.actionId().equals(action));
    }
}
