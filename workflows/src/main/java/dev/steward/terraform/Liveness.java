package dev.steward.terraform;

/** What a run folder tells of the process that was to run in it; trusted on the same host only. */
sealed interface Liveness {

    /**
     * Terraform runs, or has ended this moment and its exit code is being written.
     *
     * @param pid
     *            Terraform's own
     */
    record Running(long pid) implements Liveness {}

    /**
     * Terraform has ended.
     *
     * @param exitCode
     *            128 + the signal's number when a signal ended it
     */
    record Ended(int exitCode) implements Liveness {}

    /** Terraform was started, is gone, and nobody wrote its exit code: killed with all around it, or a reboot. */
    record Vanished() implements Liveness {}

    /**
     * Nothing was executed in this folder.
     *
     * <p>
     * After a power failure the file that says otherwise may be lost: whoever has granted a lock to the attempt must
     * read this as {@link Vanished}.
     */
    record NeverStarted() implements Liveness {}
}
