package dev.steward.playground.demo;

import dev.steward.playground.stage.Folders;
import dev.steward.playground.stage.Stage;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Plays the story on a stage of its own, and says whether it truly happened. */
public final class Demo {
    /** Takes Terraform seconds to apply, so that there is a middle to be killed in. */
    private static final int SLOW = 16;

    private final PrintStream out;
    private final boolean json;
    private final boolean keep;
    private final boolean socket;

    /** How it is played. */
    public enum Option {
        /** The last line is a JSON object. */
        JSON,
        /** The temporary home stays. */
        KEEP,
        /** Slack and Steward speak over Socket Mode instead of HTTP. */
        SOCKET
    }

    /** A demo that is not played yet. */
    public Demo(PrintStream out, Set<Option> options) {
        this.out = out;
        this.json = options.contains(Option.JSON);
        this.keep = options.contains(Option.KEEP);
        this.socket = options.contains(Option.SOCKET);
    }

    /** Plays; answers the exit code. */
    public int play() {
        long started = System.nanoTime();
        Path folder = folder();
        try (Stage stage = new Stage(root(), folder)) {
            Narrator narrator = new Narrator(out, id -> id.startsWith("C")
                    ? stage.slack().channel(id).name()
                    : stage.slack().person(id).name());
            stage.slowApplies(SLOW).turningClock().initialised();
            if (socket) {
                stage.socketMode();
            }
            int recovered = new Story(stage, narrator).play();
            Tally tally = Tally.of(stage, stage.slack(), recovered, seconds(started));
            narrator.line("");
            narrator.line(verdict(tally));
            if (tally.slackErrors() > 0) {
                stage.slack().journal().refusals().forEach(one -> narrator.line("  Slack refused " + one));
            }
            if (json) {
                narrator.line(tally.json());
            }
            return tally.good() ? 0 : 1;
        } catch (RuntimeException e) {
            out.println();
            out.println("The story broke off: " + e.getMessage());
            e.printStackTrace(out);
            return 1;
        } finally {
            putAway(folder);
        }
    }

    private static String verdict(Tally tally) {
        return (tally.good() ? "All of it happened: " : "Not all of it happened as it should: ") + tally.applied()
                + " service applied (Terraform was let through " + tally.gates() + " time), " + tally.granted()
                + " times access given and " + tally.ended() + " times seen to be gone, " + tally.night().resolved()
                + " incident resolved, " + tally.night().reverts() + " change taken back for it, "
                + tally.night().signed() + " break-glass signed for, " + tally.rejected() + " request rejected, "
                + tally.refusedClicks() + " clicks refused, " + tally.recoveredRuns()
                + " run found again after the kill, " + tally.ledgerEntries() + " ledger entries "
                + (tally.ledgerVerified() ? "verified" : "NOT verified") + ", " + tally.slackErrors()
                + " errors from Slack, in " + tally.seconds() + " s.";
    }

    private static double seconds(long started) {
        return Math.round((System.nanoTime() - started) / 1e8) / 10.0;
    }

    private static Path root() {
        return Path.of(System.getenv().getOrDefault("STEWARD_ROOT", System.getProperty("steward.root", ".")));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("steward-demo-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder for the demo", e);
        }
    }

    private void putAway(Path folder) {
        if (keep) {
            out.println("Kept: " + folder);
            return;
        }
        Folders.delete(folder, out);
    }
}
