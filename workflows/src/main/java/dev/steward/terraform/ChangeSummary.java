package dev.steward.terraform;

import java.util.List;

/**
 * What Terraform says at the end of a plan or an apply; a failed apply says nothing.
 *
 * @param operation
 *            {@code plan} or {@code apply}
 */
record ChangeSummary(int add, int change, int remove, int imports, String operation) {
    /** What Terraform would have said of an apply that has done these. */
    static ChangeSummary of(List<Operation> done) {
        return new ChangeSummary(count(done, "create"), count(done, "update"), count(done, "delete"), 0, "apply");
    }

    private static int count(List<Operation> done, String action) {
        return (int) done.stream().filter(o -> o.action().equals(action)).count();
    }

    /** Whether it counts anything. */
    boolean any() {
        return add + change + remove + imports > 0;
    }
}
