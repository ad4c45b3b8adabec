package dev.steward.catalog;

/**
 * Who owns a thing and who runs it.
 *
 * @param owner
 *            name of the owner team
 * @param operatedBy
 *            name of the team that operates it; the owner, when its developers do
 * @param lifecycle
 *            whether it is bound to one application
 */
public record Responsibility(String owner, String operatedBy, Lifecycle lifecycle) {

    /** An application-bound thing that its owners operate. */
    public static Responsibility ofOwner(String owner) {
        return new Responsibility(owner, owner, Lifecycle.APPLICATION_BOUND);
    }

    /** The operating model that follows. */
    public OperatingModel operatingModel() {
        return OperatingModel.of(lifecycle, owner.equalsIgnoreCase(operatedBy));
    }
}
