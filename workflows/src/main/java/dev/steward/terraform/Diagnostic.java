package dev.steward.terraform;

/**
 * An error or a warning that may be shown to people: secrets are masked, quoted source is gone.
 *
 * @param severity
 *            {@code error} or {@code warning}
 * @param summary
 *            one line
 * @param detail
 *            more, perhaps several lines, or empty
 * @param address
 *            the resource it is about, or empty
 * @param variable
 *            the module variable it is about, or empty
 */
public record Diagnostic(String severity, String summary, String detail, String address, String variable) {
    /** Whether it stopped Terraform. */
    public boolean error() {
        return severity.equals("error");
    }
}
