package dev.steward.stacks;

import dev.steward.terraform.StackId;

/**
 * One instance of a module.
 *
 * @param name
 *            {@code module/subject}; one pending or active stack has it
 * @param lineage
 *            of its state
 * @param owner
 *            row of the team that owns it
 */
public record Stack(StackId id, String name, String module, String lineage, long owner, Status status, long version) {

    /** What there is of a stack. */
    public enum Status {
        /** Asked for; nothing was applied. */
        PENDING,
        /** Something was applied. */
        ACTIVE,
        /** Destroyed. */
        ENDED,
        /** Never applied, and never will be; its name is free again. */
        ABANDONED
    }
}
