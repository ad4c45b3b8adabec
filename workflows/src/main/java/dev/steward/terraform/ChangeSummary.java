package dev.steward.terraform;

/**
 * What Terraform says at the end of a plan or an apply; a failed apply says nothing.
 *
 * @param operation
 *            {@code plan} or {@code apply}
 */
record ChangeSummary(int add, int change, int remove, int imports, String operation) {
    /** Whether it counts anything. */
    boolean any() {
        return add + change + remove + imports > 0;
    }
}
