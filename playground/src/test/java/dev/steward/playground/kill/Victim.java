package dev.steward.playground.kill;

import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.Folders;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.TerraformProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** The bot of a stage, watched through its database from outside, killed, and started again. */
final class Victim implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration OFTEN = Duration.ofMillis(1);
    private static final Duration SELDOM = Duration.ofMillis(15);
    private static final String BUSY = """
            SELECT (SELECT count(*) FROM run WHERE state IN
                    ('requested', 'planning', 'approved', 'apply_claimed', 'applying'))
                + (SELECT count(*) FROM outbox WHERE state = 'due')
                + (SELECT count(*) FROM job WHERE lane = 'TERRAFORM' OR kind = 'slack.click')""";

    private final Stage stage;
    private BotProcess bot;
    private long launchedAt;
    private Duration boot = Duration.ofSeconds(2);
    private final Eye eye;

    Victim(Stage stage) {
        this.stage = stage;
        eye = new Eye(stage.home());
        launchedAt = System.nanoTime();
        bot = stage.launch();
    }

    Stage stage() {
        return stage;
    }

    /** Waits until it is ready; false if it was killed before. */
    boolean ready() {
        BotProcess waitedFor = bot;
        long launched = launchedAt;
        try {
            waitedFor.awaitReady();
            boot = boot.plusNanos(System.nanoTime() - launched).dividedBy(2);
            return true;
        } catch (IllegalStateException e) {
            if (waitedFor.alive()) {
                throw e;
            }
            return false;
        }
    }

    /** How long a start takes here, roughly. */
    Duration boot() {
        return boot;
    }

    /** Kills it as soon as the step has left its trace. */
    void killAt(Step step, String name, boolean terraformToo) {
        await(step.label(), OFTEN, handle -> step.reached(eye, name, stage.home()));
        kill(terraformToo);
    }

    /** Kills it after that time. */
    void killAfter(Duration time, boolean terraformToo) {
        pause(time);
        kill(terraformToo);
    }

    private void kill(boolean terraformToo) {
        bot.kill();
        if (terraformToo) {
            TerraformProcesses.killAll(stage.home());
        }
        eye.shut();
    }

    void startAgain() {
        launchedAt = System.nanoTime();
        bot = stage.launch();
    }

    /** Waits until nothing is left to be done; answers how long that was after the start. */
    Duration settled() {
        await("everything is settled", SELDOM, handle -> handle.createQuery(BUSY).mapTo(Integer.class).one() == 0);
        return Duration.ofNanos(System.nanoTime() - launchedAt);
    }

    /** Has the next plan prepare its module anew, as the first on a machine does. */
    void forgetPreparedModules() {
        try {
            Folders.delete(Files.createDirectories(stage.home().resolve("runs/prepared")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String tail() {
        return bot.tail();
    }

    private void await(String what, Duration look, Predicate<Handle> condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!eye.sees(condition)) {
            if (!bot.alive()) {
                throw new IllegalStateException("the bot ended by itself before: " + what + "\n" + bot.tail());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited " + LIMIT.toSeconds() + " s in vain: " + what);
            }
            pause(look);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        eye.close();
        bot.kill();
        stage.close();
        TerraformProcesses.killAll(stage.home());
    }
}
