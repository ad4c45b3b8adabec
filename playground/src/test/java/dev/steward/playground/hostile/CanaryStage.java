package dev.steward.playground.hostile;

import dev.steward.playground.emulator.Message;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A bot with a module that lets its secret out, a workflow for it, and a Terraform that can be held and can crash. */
final class CanaryStage implements AutoCloseable {
    static final String PROFILE_TOKEN = "s.VaultTokenOfTheProfile/77+x";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String CHANNEL = "platform-requests";
    private static final String WORKFLOW = """
            name: canary
            kind: provision
            title: Canary
            description: For tests
            allow: everyone
            channel: platform-requests
            form:
              - page: Basics
                fields:
                  - { name: service, type: text, label: Name }
                  - { name: way, type: text, label: Way }
                  - { name: secret, type: multiline, label: Secret, sensitive: true }
            module: canary
            inputs:
              name: form.service
              way: form.way
              secret: form.secret
            approval:
              stages:
                - { name: Owner, by: 'group("payments")' }
            records:
              - { kind: Service, name: form.service, owner: '"payments"' }
            """;

    private final Stage stage;
    private final Path folder;
    private final Actor dana;
    private BotProcess bot;

    CanaryStage(Path root, Path folder) throws IOException {
        this.folder = folder;
        stage = new Stage(root, folder).with("STEWARD_TERRAFORM", terraform(folder).toString()).with("CANARY_TOKEN",
                PROFILE_TOKEN).expecting(refusal -> refusal.contains("expired_trigger_id"));
        Files.writeString(folder.resolve("steward.yaml"),
                "credentials:\n  vault:\n    VAULT_TOKEN: { env: CANARY_TOKEN }\n", StandardOpenOption.APPEND);
        Files.writeString(stage.workflows().resolve("canary.yaml"), WORKFLOW);
        Path module = Files.createDirectories(stage.modules().resolve("canary"));
        try (Stream<Path> files = Files.list(root.resolve("playground/src/test/modules/canary"))) {
            for (Path file : files.toList()) {
                Files.copy(file, module.resolve(file.getFileName()));
            }
        }
        stage.initialised().command("modules", "accept", "canary");
        bot = stage.start();
        dana = new Actor(stage.slack().person("dana"));
    }

    Stage stage() {
        return stage;
    }

    /** Asks for a thing whose secret is to come out in that way. */
    void ask(String thing, String way, String secret) {
        dana.opens(() -> dana.types(CHANNEL, "/request", "canary"), "Name");
        dana.finishes(Map.of("service", thing, "way", way, "secret", secret));
    }

    /** Mends the request for a thing whose plan failed; what is not named stays as it was entered. */
    void mend(String thing, Map<String, String> answers) {
        Message told = message(dana.person()::directMessages, thing, "Fix and resubmit");
        dana.opens(() -> dana.person().click(told, "fix"), "correct");
        dana.finishes(new HashMap<>(answers));
    }

    void planAgain(String thing) {
        dana.clicksAndIsTold(message(dana.person()::directMessages, thing, "Plan again"), "plan-again");
    }

    /** The addresses that can be found of a thing. */
    List<String> resources(String thing) {
        return stage.inspect(h -> h.createQuery("SELECT address FROM stack_resource JOIN run USING (stack) JOIN request"
                + " ON request.run = run.id WHERE request.subject = :thing").bind("thing", thing).mapTo(String.class)
                .list());
    }

    /** Approves the newest plan for a thing: its card may still show an older one, whose approval changes nothing. */
    void approve(String thing) {
        await(thing, "awaiting_approval");
        Actor omar = new Actor(stage.slack().person("omar"));
        Until.isTrue("the newest plan of " + thing + " is approved", LIMIT, () -> {
            omar.clicksAndIsTold(message(stage.slack().channel(CHANNEL)::messages, thing, "Approve"), "approve");
            return !state(thing).equals("awaiting_approval");
        });
    }

    /** Waits until the run for a thing is in one of those states. */
    void await(String thing, String... states) {
        if (!Until.holds(LIMIT, () -> List.of(states).contains(state(thing)))) {
            throw new IllegalStateException(thing + " is " + state(thing) + ", and not one of " + List.of(states));
        }
    }

    String state(String thing) {
        return stage.inspect(h -> h.createQuery("SELECT run.state FROM run JOIN request ON request.run = run.id"
                + " WHERE request.subject = :thing").bind("thing", thing).mapTo(String.class).findOne()).orElse("none");
    }

    /** From now on, Terraform waits before it does that. */
    void hold(String command) throws IOException {
        Files.createFile(folder.resolve("hold-" + command));
    }

    void awaitHeld(String command) {
        Until.isTrue(command + " is held", LIMIT, () -> Files.exists(folder.resolve("held-" + command)));
    }

    void letGo(String command) throws IOException {
        Files.delete(folder.resolve("hold-" + command));
        Files.deleteIfExists(folder.resolve("held-" + command));
    }

    void killAndRestart() {
        bot.kill();
        bot = stage.start();
    }

    /** Waits until nothing is planned or applied, all has been said, and no attempt's folder is left. */
    void awaitQuiet() {
        Until.isTrue("all runs have come to where they rest", LIMIT, () -> stage.inspect(h -> h.createQuery(
                "SELECT count(*) FROM run WHERE state IN ('requested', 'planning', 'approved', 'apply_claimed', 'applying')")
                .mapTo(Integer.class).one()) == 0);
        Until.isTrue("all is said", LIMIT, () -> stage.inspect(h -> h.createQuery(
                "SELECT count(*) FROM outbox WHERE state = 'due'").mapTo(Integer.class).one()) == 0);
        Until.isTrue("the run folders are gone", LIMIT, () -> folders().isEmpty());
    }

    private List<Path> folders() {
        try (Stream<Path> all = Files.list(stage.home().resolve("runs"))) {
            return all.filter(f -> f.getFileName().toString().matches(".*-(plan|apply)-.*")).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Everything that the bot said to Slack, in answers and in calls. */
    Stream<String> said() {
        return Stream.concat(stage.slack().journal().calls().stream().map(call -> call.arguments().toString()),
                stage.slack().journal().deliveries().stream().map(delivery -> delivery.reply().body()));
    }

    List<Path> logs() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".log")).toList();
        }
    }

    private static Message message(Supplier<List<Message>> among, String thing, String button) {
        return Until.present("a message of " + thing + " with " + button, LIMIT, () -> among.get().stream()
                .filter(m -> m.plainText().contains(thing))
                .filter(m -> m.buttons().stream().anyMatch(b -> b.label().equals(button)))
                .reduce((first, last) -> last));
    }

    /** The real Terraform behind a script: it waits while it is held, crashes, and complains as a provider may. */
    private static Path terraform(Path folder) throws IOException {
        Path script = folder.resolve("speaking-terraform");
        Files.writeString(script, """
                #!/bin/sh
                if [ -e "%1$s/hold-$1" ]; then
                  touch "%1$s/held-$1"
                  while [ -e "%1$s/hold-$1" ]; do sleep 0.2; done
                fi
                if [ "$1" = plan ] && grep -q '"way":"crash"' ../inputs.tfvars.json; then
                  cp ../inputs.tfvars.json crash.log
                  echo "panic: runtime error: $(cat ../inputs.tfvars.json)"
                  echo "panic: runtime error: $(cat ../inputs.tfvars.json)" >&2
                  exit 11
                fi
                if [ "$1" = plan ] && grep -q '"way":"profile"' ../inputs.tfvars.json; then
                  said='{"@level":"error","type":"diagnostic","diagnostic":{"severity":"error","summary":"Denied"'
                  printf '%%s,"detail":"The token %%s may not do this."}}\\n' "$said" "$VAULT_TOKEN"
                  echo "$VAULT_TOKEN" >&2
                  exit 1
                fi
                exec terraform "$@"
                """.formatted(folder));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    @Override
    public void close() {
        stage.close();
    }
}
