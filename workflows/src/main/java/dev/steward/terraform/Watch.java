package dev.steward.terraform;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a Terraform process to end, tells how far it is, and stops it when it must be stopped. */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final long MOST_OUTPUT = 128L << 20;

    private final TerraformProcess process;
    private final RunFolder folder;
    private final Runner.Settings settings;
    private final BooleanSupplier cancelled;
    private Progress told = new Progress(-1, 0, "");

    Watch(TerraformProcess process, RunFolder folder, Runner.Settings settings, BooleanSupplier cancelled) {
        this.process = process;
        this.folder = folder;
        this.settings = settings;
        this.cancelled = cancelled;
    }

    /**
     * Waits until the process has ended. Past the limit, or when it was cancelled, Terraform is asked to stop once; after
     * the grace period everything that it started is killed.
     *
     * @param poll
     *            how often to look
     */
    Liveness untilEnd(Duration poll, Consumer<Progress> onProgress) throws InterruptedException {
        long limit = System.nanoTime() + settings.limit().toNanos();
        long killAt = Long.MAX_VALUE;
        OutputReader output = new OutputReader(folder.output());
        while (true) {
            Liveness liveness = process.awaitEnd(poll, poll, () -> tell(output.readMore().progress(), onProgress));
            if (!(liveness instanceof Liveness.Running)) {
                return liveness;
            }
            long now = System.nanoTime();
            long printed = printed();
            Optional<String> why = tooMuch(now - limit > 0, printed);
            if (killAt == Long.MAX_VALUE && (why.isPresent() || cancelled.getAsBoolean())) {
                LOG.warn("asking Terraform in {} to stop: {}", folder.path().getFileName(), why.orElse("cancelled"));
                why.ifPresent(folder::stoppedFor);
                process.cancel();
                killAt = now + settings.grace().toNanos();
            }
            if (killAt != Long.MAX_VALUE && (now - killAt > 0 || printed > 2 * MOST_OUTPUT)) {
                LOG.error("Terraform in {} did not stop and is killed", folder.path().getFileName());
                process.kill();
            }
        }
    }

    /** Why it cannot go on, for people. */
    private Optional<String> tooMuch(boolean overdue, long printed) {
        if (overdue) {
            return Optional.of("Terraform ran longer than " + words(settings.limit()) + ", so it was stopped.");
        }
        return printed > MOST_OUTPUT
                ? Optional.of("Terraform printed more than " + (MOST_OUTPUT >> 20) + " MB, so it was stopped.")
                : Optional.empty();
    }

    private static String words(Duration limit) {
        return limit.toSeconds() % 60 == 0 ? limit.toMinutes() + " minutes" : limit.toSeconds() + " seconds";
    }

    private long printed() {
        try {
            return Files.size(folder.output()) + Files.size(folder.errors());
        } catch (IOException e) {
            return 0;
        }
    }

    private void tell(Progress progress, Consumer<Progress> onProgress) {
        if (!progress.equals(told)) {
            told = progress;
            onProgress.accept(progress);
        }
    }
}
