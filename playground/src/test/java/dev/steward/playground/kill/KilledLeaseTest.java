package dev.steward.playground.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.ledger.Ledger;
import dev.steward.ledger.Verification;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.TerraformProcesses;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One grant, from the asking to the end, through a bot that is killed with SIGKILL as soon as each step has left its
 * trace: in the middle of granting, of ending and of recording that it has ended.
 */
class KilledLeaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration OFTEN = Duration.ofNanos(500_000);
    private static final Map<String, String> GRANTING = ordered("submission stored", "EXISTS (SELECT 1 FROM request)",
            "plan started", created("state <> 'requested'"), "approved by rule",
            created("state NOT IN ('requested', 'planning')"), "run claimed",
            created("state NOT IN ('requested', 'planning', 'approved')"), "lock granted",
            created("state IN ('applying', 'applied')"), "grant recorded",
            "EXISTS (SELECT 1 FROM lease WHERE state <> 'pending')");
    private static final Map<String, String> ENDING = ordered("word stored",
            "EXISTS (SELECT 1 FROM lease WHERE cause IS NOT NULL)", "ending begun",
            "EXISTS (SELECT 1 FROM lease WHERE ending IS NOT NULL)", "its plan started",
            destroyed("state <> 'requested'"), "its plan stored", destroyed("state NOT IN ('requested', 'planning')"),
            "its run claimed", destroyed("state NOT IN ('requested', 'planning', 'approved')"), "its lock granted",
            destroyed("state IN ('applying', 'applied')"), "its state stored",
            "NOT EXISTS (SELECT 1 FROM stack_resource)", "end recorded",
            "EXISTS (SELECT 1 FROM lease WHERE state = 'ended')");

    @TempDir
    Path folder;

    private final List<String> killed = new ArrayList<>();

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> moments = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            moments.put(pairs[i], pairs[i + 1]);
        }
        return moments;
    }

    private static String created(String condition) {
        return "EXISTS (SELECT 1 FROM run WHERE operation = 'create' AND " + condition + ")";
    }

    private static String destroyed(String condition) {
        return "EXISTS (SELECT 1 FROM run WHERE operation = 'destroy' AND " + condition + ")";
    }

    @Test
    void isGivenOnceAndEndedOnceThroughAKillAtEachStep() throws IOException {
        try (Stage stage = new Stage(Path.of(System.getProperty("steward.root", "..")), folder).turningClock()
                .initialised(); Eye eye = new Eye(stage.home())) {
            catalog(stage);
            Actor dana = new Actor(stage.slack().person("dana"));
            BotProcess bot = stage.start();
            ask(dana);
            bot = killed(stage, eye, bot, GRANTING);
            until(stage, "the grant is there", "EXISTS (SELECT 1 FROM lease WHERE state = 'active')");

            stage.slack().clock().advance(Duration.ofHours(2));
            killed(stage, eye, bot, ENDING);
            until(stage, "the grant has ended", "EXISTS (SELECT 1 FROM lease WHERE state = 'ended')");
            until(stage, "everything is said", "NOT EXISTS (SELECT 1 FROM outbox)");

            System.out.println("killed at: " + killed);
            assertThat(killed).as("moments that were hit").hasSizeGreaterThan(10);
            check(stage, dana);
        }
    }

    private static void check(Stage stage, Actor dana) {
        assertThat(entries(stage, "run.applying")).as("let through: once to give, once to end").isEqualTo(2);
        assertThat(entries(stage, "lease.start")).isEqualTo(1);
        assertThat(entries(stage, "lease.end")).isEqualTo(1);
        assertThat(entries(stage, "lease.gone")).isEqualTo(1);
        assertThat(count(stage, "SELECT count(*) FROM request")).isEqualTo(2);
        assertThat(count(stage, "SELECT count(*) FROM stack_resource")).isZero();
        assertThat(count(stage, "SELECT count(*) FROM state_lock")).isZero();
        assertThat(count(stage, "SELECT count(*) FROM attempt WHERE revoked_at IS NULL")).isZero();
        Until.isTrue("no process is left", LIMIT, () -> !TerraformProcesses.anyAlive(stage.home()));
        Verification verification = stage.inspect(h -> new Ledger(InstantSource.system()).verify(h, Optional.empty()));
        assertThat(verification).isInstanceOf(Verification.Intact.class);
        assertThat(stage.slack().channel("platform-requests").messages()).as("one card").hasSize(1);
        List<String> told = dana.person().directMessages().stream().map(Message::plainText).toList();
        assertThat(told).doesNotHaveDuplicates();
        assertThat(told).as("said once that it is over").filteredOn(text -> text.contains("ended")).isNotEmpty();
    }

    /** Kills it at each of the moments, in their order, and starts it again. */
    private BotProcess killed(Stage stage, Eye eye, BotProcess first, Map<String, String> moments) {
        BotProcess bot = first;
        for (Map.Entry<String, String> moment : moments.entrySet()) {
            BotProcess now = bot;
            long until = System.nanoTime() + LIMIT.toNanos();
            while (!eye.sees(h -> holds(h, moment.getValue()))) {
                assertThat(System.nanoTime()).as("waited for: %s", moment.getKey()).isLessThan(until);
                assertThat(now.alive()).as("the bot runs").isTrue();
                LockSupport.parkNanos(OFTEN.toNanos());
            }
            bot.kill();
            eye.shut();
            killed.add(moment.getKey());
            bot = stage.start();
        }
        return bot;
    }

    private static boolean holds(Handle handle, String condition) {
        return handle.createQuery("SELECT " + condition).mapTo(Boolean.class).one();
    }

    private static void ask(Actor dana) {
        dana.types("platform-requests", "/request", "service-access");
        dana.sees("Access");
        dana.finishes(Map.of("entity", "basket-lab", "role", "operator", "duration", "1h", "reason",
                "To look into late baskets"));
    }

    private static void until(Stage stage, String what, String condition) {
        Until.isTrue(what, LIMIT, () -> stage.inspect(h -> holds(h, condition)));
    }

    private static int entries(Stage stage, String action) {
        return stage.inspect(h -> h.createQuery("SELECT count(*) FROM ledger WHERE action = :action")
                .bind("action", action).mapTo(Integer.class).one());
    }

    private static int count(Stage stage, String sql) {
        return stage.inspect(h -> h.createQuery(sql).mapTo(Integer.class).one());
    }

    private void catalog(Stage stage) throws IOException {
        Path files = Files.createDirectories(folder.resolve("catalog"));
        Files.writeString(files.resolve("lab.yaml"), """
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata:
                  name: basket-lab
                  description: Where new baskets are tried out.
                  annotations:
                    steward.dev/tier: tier-4
                spec:
                  type: service
                  lifecycle: experimental
                  owner: payments
                """);
        stage.command("catalog", "import", "--yes", files.toString());
    }
}
