package dev.steward.playground.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A genuine life, and where it stands when the hostile begin: requests that were applied, rejected and cancelled, one
 * whose plan failed, one that waits to be approved, one whose apply is held back, with its token, and forms that are
 * still open. Its journal is what the hostile start from.
 */
final class Life {
    static final String CHANNEL = "platform-requests";
    static final String WAITING = "waits-for-omar";
    static final String HELD = "held-back";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Stage stage;
    private final Path folder;
    private final Actor dana;
    private final Actor omar;
    private final Actor olga;

    Life(Path root, Path folder) {
        this.folder = folder;
        stage = new Stage(root, folder).with("STEWARD_TERRAFORM", holdingTerraform(folder).toString()).initialised()
                .expecting(refusal -> true); // forged triggers and addresses: the attack judges what Slack was told
        dana = new Actor(stage.slack().person("dana"));
        omar = new Actor(stage.slack().person("omar"));
        olga = new Actor(stage.slack().person("olga"));
    }

    Stage stage() {
        return stage;
    }

    /** Lives it. */
    void live() {
        stage.start();
        talk();
        request("applied-by-omar");
        omar.clicksAndIsTold(card("applied-by-omar"), "approve");
        card("applied-by-omar", m -> m.plainText().contains("*Applied*"));
        reject();
        cancel();
        fail();
        request(WAITING);
        hold();
        happenings();
        dana.opens(() -> dana.types(CHANNEL, "/request", "new-service left-open"), "Service name");
        dana.submits(Map.of("purpose", "Was never finished by anybody"));
        dana.sees("Tier");
    }

    /** Whoever asked approves: the waiting request, applied to its end. */
    void approveWhatWaits() {
        omar.clicksAndIsTold(card(WAITING), "approve");
        card(WAITING, m -> m.plainText().contains("*Applied*") && m.buttons().isEmpty());
    }

    /** Lets the apply go on that was held back. */
    void letGo() {
        try {
            Files.delete(folder.resolve("hold"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The button value of what waits: proposal and digest. */
    String waitingValue() {
        return card(WAITING).buttons().stream().filter(b -> b.label().equals("Approve")).findFirst().orElseThrow()
                .value();
    }

    /** The address, user and password that the held apply was given for its state. */
    List<String> heldAccess() {
        try {
            return Files.readAllLines(folder.resolve("held"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void talk() {
        dana.asks("general", "/owner", "nothing-of-that-name");
        dana.asks("general", "/steward", "help");
        dana.asks(CHANNEL, "/request", "");
        var list = dana.person().ephemerals().getLast();
        dana.opens(() -> dana.person().click(list, "open-form:new-service"), "Service name");
        dana.person().suggest(Actor.actionId(dana.person().view().orElseThrow(), "owner"), "pay");
        dana.person().closeView();
        Actor gus = new Actor(stage.slack().person("gus"));
        gus.opens(() -> gus.types("general", "/request", "new-service"), "guest");
        new Actor(stage.slack().person("sam")).asks("general", "/request", "");
    }

    private void request(String service) {
        dana.opens(() -> dana.types(CHANNEL, "/request", "new-service " + service), "Service name");
        dana.submits(Map.of("purpose", "Shows what happens to " + service));
        dana.sees("Tier");
        dana.chooses("lifecycle", "shared");
        dana.sees("complicated-subsystem");
        dana.person().choose("form-back", null);
        dana.sees("Service name");
        dana.submits(Map.of());
        dana.sees("Tier");
        dana.chooses("lifecycle", "application-bound");
        dana.sees("you-build-it");
        dana.finishes(Map.of());
        card(service);
    }

    private void reject() {
        request("rejected-by-omar");
        omar.opens(() -> omar.person().click(card("rejected-by-omar"), "reject"), "Reject");
        omar.submits(Map.of("reason", "There is one like it already"));
        card("rejected-by-omar", m -> m.plainText().contains("one like it"));
    }

    private void cancel() {
        request("cancelled-by-dana");
        dana.clicksAndIsTold(told(dana, "cancelled-by-dana", "Cancel"), "cancel");
    }

    /** The module refuses the name, and the form to mend it stays open. */
    private void fail() {
        olga.opens(() -> olga.types(CHANNEL, "/request", "new-service test-of-olga"), "Service name");
        olga.submits(Map.of("purpose", "Has a name that the module refuses"));
        olga.sees("Tier");
        olga.finishes(Map.of());
        olga.opens(() -> olga.person().click(told(olga, "test-of-olga", "Fix and resubmit"), "fix"), "Service name");
    }

    private void hold() {
        request(HELD);
        try {
            Files.createFile(folder.resolve("hold"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        omar.clicksAndIsTold(card(HELD), "approve");
        Until.isTrue("an apply is held back", LIMIT, () -> Files.exists(folder.resolve("held")));
    }

    private void happenings() {
        dana.person().shortcut("declare-incident");
        dana.person().messageAction(card(WAITING), "open-incident");
        ObjectNode user = Json.object().put("id", Seed.DANA).put("team_id", Seed.TEAM).put("name", "dana");
        for (String type : List.of("user_change", "team_join")) {
            stage.slack().event(type, Json.object().put("type", type).set("user", user));
        }
        stage.slack().event("subteam_members_changed", Json.object().put("type", "subteam_members_changed")
                .put("subteam_id", Seed.GROUP_PAYMENTS).put("team_id", Seed.TEAM));
        stage.slack().event("subteam_updated", Json.object().put("type", "subteam_updated").set("subteam",
                Json.object().put("id", Seed.GROUP_CHECKOUT).put("team_id", Seed.TEAM)));
    }

    private Message card(String service) {
        return card(service, m -> m.buttons().stream().anyMatch(b -> b.label().equals("Approve")));
    }

    private Message card(String service, Predicate<Message> expected) {
        return Until.present("a card of " + service, LIMIT,
                () -> stage.slack().channel(CHANNEL).messages().stream()
                        .filter(m -> m.plainText().contains(service)).filter(expected).findFirst());
    }

    private static Message told(Actor who, String service, String button) {
        return Until.present(who.person().name() + " is told of " + service, LIMIT,
                () -> Optional.of(who.person().directMessages().stream()
                        .filter(m -> m.plainText().contains(service))
                        .filter(m -> m.buttons().stream().anyMatch(b -> b.label().equals(button))).toList())
                        .filter(all -> !all.isEmpty()).map(List::getLast));
    }

    /** What was sent of that kind, as it was sent. */
    List<ObjectNode> sent(String kind) {
        return stage.slack().journal().deliveriesOf(kind).stream().map(d -> d.payload()).filter(JsonNode::isObject)
                .map(ObjectNode.class::cast).toList();
    }

    /** The real Terraform behind a script that holds an apply back as long as a file is there. */
    private static Path holdingTerraform(Path folder) {
        Path script = folder.resolve("holding-terraform");
        try {
            Files.writeString(script, """
                    #!/bin/sh
                    if [ "$1" = apply ] && [ -e "%1$s/hold" ]; then
                      printf '%%s\\n' "$TF_HTTP_ADDRESS" "$TF_HTTP_USERNAME" "$TF_HTTP_PASSWORD" > "%1$s/held.part"
                      mv "%1$s/held.part" "%1$s/held"
                      while [ -e "%1$s/hold" ]; do sleep 0.2; done
                    fi
                    exec terraform "$@"
                    """.formatted(folder));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
