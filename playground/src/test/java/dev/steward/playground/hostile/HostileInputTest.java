package dev.steward.playground.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.stage.Until;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of changed payloads of each kind change nothing that nobody may change, and are answered. The seed is
 * printed; {@code -Dsteward.hostile.seed} sets it, and {@code -Dsteward.hostile.count} how many of each kind there are.
 */
@Tag("fuzz")
class HostileInputTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<String> KINDS = List.of("command", "block_actions", "view_submission", "view_closed",
            "block_suggestion", "shortcut", "message_action", "event_callback", "url_verification");

    @Test
    void changesNothingAndFailsNowhere(@TempDir Path folder) throws Exception {
        long seed = Long.getLong("steward.hostile.seed", 20_261_121L);
        boolean whole = System.getProperty("steward.bench", "").equals("fuzz");
        int count = Integer.getInteger("steward.hostile.count", whole ? 10_000 : 100);
        System.out.println("seed " + seed + ", " + count + " of each kind");
        Life life = new Life(Path.of(System.getProperty("steward.root", ".")), folder);
        try (var stage = life.stage()) {
            life.live();
            List<String> secrets = secrets(life);
            Attack attack = new Attack(stage, new Leaks(with(secrets, folder.toString())), new Untouched(stage),
                    new Logs(folder, secrets), count);
            for (var kind : knocks(life, seed).entrySet()) {
                attack.run(kind.getKey(), kind.getValue(), stage.port());
            }
            var state = new StateKnocks(life.heldAccess());
            attack.run("state", n -> state.number(seed, n), URI.create(life.heldAccess().get(0)).getPort());
            var http = new HttpKnocks(target(life), approval(life));
            attack.run("http", n -> http.number(seed, n), stage.port());
            attack.judgeWhatWaits();
            attack.report();
            assertThat(attack.problems()).isEmpty();
            theWaitingRequestIsStillApprovedAndApplied(life);
        }
    }

    private static void theWaitingRequestIsStillApprovedAndApplied(Life life) {
        life.letGo();
        life.approveWhatWaits();
        Until.isTrue("the held apply has ended", LIMIT, () -> number(life, "SELECT count(*) FROM run WHERE state IN"
                + " ('apply_claimed', 'applying')") == 0);
        life.stage().command("ledger", "verify");
    }

    private static List<String> secrets(Life life) throws Exception {
        List<String> secrets = new ArrayList<>(List.of(life.stage().slack().botToken(),
                life.stage().slack().signingSecret(), life.heldAccess().get(2)));
        Path key = life.stage().home().resolve("key");
        if (Files.exists(key)) {
            secrets.add(Files.readString(key).strip());
        }
        return secrets;
    }

    private static List<String> with(List<String> all, String one) {
        return Stream.concat(all.stream(), Stream.of(one)).toList();
    }

    private static Map<String, IntFunction<Knock>> knocks(Life life, long seed) {
        Map<String, IntFunction<Knock>> knocks = new LinkedHashMap<>();
        for (String kind : KINDS) {
            var of = new SlackKnocks(kind, genuine(life, kind), target(life));
            knocks.put(kind, n -> of.number(seed, n));
        }
        return knocks;
    }

    private static SlackKnocks.Target target(Life life) {
        return new SlackKnocks.Target(life.stage().slack().signingSecret(), life.waitingValue());
    }

    private static List<ObjectNode> genuine(Life life, String kind) {
        return switch (kind) {
            case "url_verification" -> List.of(Json.object().put("type", kind).put("token", "t").put("challenge",
                    "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"));
            // None of Steward's forms asks to hear of it; what Slack sends then is the view.
            case "view_closed" -> life.sent("view_submission").stream().map(ObjectNode::deepCopy)
                    .map(p -> p.put("type", kind).put("is_cleared", false)).toList();
            default -> life.sent(kind);
        };
    }

    /** A click of the only approver on exactly what waits. */
    private static String approval(Life life) {
        ObjectNode click = life.sent("block_actions").stream()
                .filter(p -> p.at("/actions/0/action_id").asText().equals("approve")).findFirst().orElseThrow()
                .deepCopy();
        ((ObjectNode) click.at("/actions/0")).put("value", life.waitingValue());
        click.put("trigger_id", "unsigned");
        return "payload=" + URLEncoder.encode(click.toString(), StandardCharsets.UTF_8);
    }

    private static long number(Life life, String sql) {
        return life.stage().inspect(h -> h.createQuery(sql).mapTo(Long.class).one());
    }
}
