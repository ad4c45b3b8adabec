package dev.steward.terraform;

/**
 * One thing that an apply does to one resource; a replacement is two.
 *
 * @param action
 *            {@code create}, {@code update} or {@code delete}
 */
public record Operation(String address, String action) {
    @Override
    public String toString() {
        return action + " " + address;
    }
}
