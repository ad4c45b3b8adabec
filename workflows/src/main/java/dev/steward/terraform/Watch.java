package dev.steward.terraform;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a Terraform process to end, tells how far it is, and stops it when it must be stopped. */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

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
            boolean overdue = now - limit > 0;
            if (killAt == Long.MAX_VALUE && (overdue || cancelled.getAsBoolean())) {
                LOG.warn("asking Terraform in {} to stop: {}", folder.path().getFileName(),
                        overdue ? "it ran too long" : "cancelled");
                process.cancel();
                killAt = now + settings.grace().toNanos();
            }
            if (now - killAt > 0 && killAt != Long.MAX_VALUE) {
                LOG.error("Terraform in {} did not stop and is killed", folder.path().getFileName());
                process.kill();
            }
        }
    }

    private void tell(Progress progress, Consumer<Progress> onProgress) {
        if (!progress.equals(told)) {
            told = progress;
            onProgress.accept(progress);
        }
    }
}
