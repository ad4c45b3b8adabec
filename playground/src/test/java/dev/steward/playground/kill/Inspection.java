package dev.steward.playground.kill;

import dev.steward.ledger.Ledger;
import dev.steward.ledger.Verification;
import dev.steward.playground.emulator.Channel;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.SlackEmulator;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.TerraformProcesses;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Looks at a life that has settled: whether all that was promised is there, once, and is told as it is. */
final class Inspection {
    private static final Map<String, String> WORDS = Map.of("applied", "*Applied*", "no_changes", "*Nothing to change*",
            "indeterminate", "nobody can say", "awaiting_approval", "*Waiting for approval*");
    private static final Map<String, String> REQUESTS = Map.of("applied", "done", "no_changes", "done",
            "indeterminate", "failed", "awaiting_approval", "pending");

    private final Stage stage;
    private final String name;
    private final List<String> problems = new ArrayList<>();
    private String state = "lost";
    private boolean doubled;
    private boolean lost;

    Inspection(Stage stage, String name) {
        this.stage = stage;
        this.name = name;
    }

    /** What is wrong; empty when nothing is. */
    List<String> problems() {
        return problems;
    }

    Kill.Ending ending() {
        String kind = switch (state) {
            case "awaiting_approval" -> "waiting";
            case "no_changes" -> "applied";
            default -> state;
        };
        return new Kill.Ending(kind, doubled, lost);
    }

    /**
     * Looks at everything.
     *
     * @param approvals
     *            of the newest plan that Slack was told "ok" about
     */
    Inspection look(Effects effects, int approvals) {
        stage.inspect(handle -> {
            books(handle, approvals);
            return true;
        });
        world(effects.of(name));
        machine();
        slack();
        return this;
    }

    private void books(Handle handle, int approvals) {
        int requests = count(handle, "SELECT count(*) FROM request WHERE subject = :name");
        lost = requests == 0;
        check(requests == 1, "there are " + requests + " requests");
        state = text(handle, "SELECT run.state FROM request r JOIN run ON run.id = r.run WHERE r.subject = :name");
        String request = text(handle, "SELECT state FROM request WHERE subject = :name");
        check(REQUESTS.getOrDefault(state, "none").equals(request), "the run is " + state + ", the request " + request);
        int decisions = count(handle, """
                SELECT count(*) FROM request r JOIN proposal p ON p.subject = 'RUN-' || r.run
                JOIN decision d ON d.proposal = p.id WHERE r.subject = :name""");
        lost |= decisions < approvals;
        check(decisions == approvals, approvals + " approvals were confirmed, " + decisions + " are there");
        boolean done = state.equals("applied") || state.equals("no_changes");
        int entities = count(handle, "SELECT count(*) FROM entity WHERE name = :name");
        check(entities == (done ? 1 : 0), "it is " + state + ", and in the catalog " + entities + " times");
        int gates = count(handle, """
                SELECT coalesce(max(gates), 0) FROM (SELECT count(*) AS gates FROM ledger WHERE action = 'run.applying'
                AND subject IN (SELECT 'RUN-' || run.id FROM run JOIN request r ON r.id = run.request
                    WHERE r.subject = :name) GROUP BY subject)""");
        check(gates <= 1, "the gate was passed " + gates + " times by one run");
        check(count(handle, "SELECT count(*) FROM state_lock") == 0, "a lock is left");
        check(count(handle, "SELECT count(*) FROM attempt WHERE revoked_at IS NULL") == 0, "a token is left");
        check(count(handle, "SELECT count(*) FROM outbox") == 0, "a message is left");
        Verification verified = new Ledger(InstantSource.system()).verify(handle, Optional.empty());
        check(verified instanceof Verification.Intact, "the ledger: " + verified);
    }

    private void world(List<Effects.Count> effects) {
        for (Effects.Count count : effects) {
            boolean twice = count.begun() > 1 || count.ended() > 1;
            doubled |= twice;
            check(!twice, "applied twice: " + count);
            check(count.ended() <= count.begun(), "ended without having begun: " + count);
        }
        boolean whole = effects.stream().anyMatch(count -> count.begun() == 1 && count.ended() == 1);
        check(whole || !state.equals("applied"), "said to be applied, and " + effects);
        check(effects.isEmpty() || !state.equals("awaiting_approval"), "applied before it was approved: " + effects);
    }

    private void machine() {
        boolean alone = Until.holds(Until.LONG, () -> !TerraformProcesses.anyAlive(stage.home()));
        check(alone, "a Terraform or its launcher is left");
        try (Stream<java.nio.file.Path> runs = Files.list(stage.home().resolve("runs"))) {
            List<String> left = runs.map(folder -> folder.getFileName().toString())
                    .filter(folder -> folder.startsWith("RUN-")).toList();
            check(left.isEmpty(), "run folders are left: " + left);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void slack() {
        SlackEmulator slack = stage.slack();
        Channel channel = slack.channel("platform-requests");
        List<Message> cards = about(channel.messages());
        List<Message> told = about(slack.person("dana").directMessages());
        truth("card", cards);
        truth("message to the requester", told);
        boolean buttons = cards.stream().flatMap(card -> card.buttons().stream())
                .anyMatch(button -> button.actionId().equals("approve"));
        check(buttons == state.equals("awaiting_approval"), "it is " + state + ", and the card's button to approve is "
                + (buttons ? "there" : "not there"));
        Stream<Message> threads = cards.stream().flatMap(card -> channel.thread(card).stream());
        Set<String> keys = new HashSet<>();
        Stream.of(cards.stream(), told.stream(), threads, about(slack.person("omar").directMessages()).stream(),
                about(slack.person("pia").directMessages()).stream()).flatMap(messages -> messages)
                .map(message -> message.channel() + " " + message.metadata().at("/event_payload/key").asText())
                .forEach(key -> check(keys.add(key), "said twice: " + key));
        check(slack.journal().refusals().isEmpty(), "Slack refused " + slack.journal().refusals());
    }

    private void truth(String what, List<Message> messages) {
        lost |= messages.isEmpty();
        check(messages.size() == 1, "there are " + messages.size() + " of the " + what);
        String words = WORDS.getOrDefault(state, "?");
        messages.forEach(message -> check(message.plainText().contains(words),
                "it is " + state + ", and the " + what + " says: " + message.plainText()));
    }

    private List<Message> about(List<Message> messages) {
        return messages.stream().filter(message -> message.plainText().contains(name)).toList();
    }

    private int count(Handle handle, String sql) {
        var query = handle.createQuery(sql);
        return (sql.contains(":name") ? query.bind("name", name) : query).mapTo(Integer.class).one();
    }

    private String text(Handle handle, String sql) {
        return handle.createQuery(sql).bind("name", name).mapTo(String.class).findFirst().orElse("lost");
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }
}
