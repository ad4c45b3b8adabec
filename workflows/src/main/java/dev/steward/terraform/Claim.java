package dev.steward.terraform;

/**
 * A run that was claimed for applying, with the token that only Terraform's environment gets.
 *
 * @param plan
 *            what will be applied
 */
public record Claim(Run run, Plans.Stored plan, String token) {
    /** Without the token. */
    @Override
    public String toString() {
        return "Claim[" + run.id().text() + "]";
    }
}
