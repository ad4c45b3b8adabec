package dev.steward.terraform;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Terraform version.
 *
 * @param text
 *            as Terraform writes it, for example {@code 1.11.4} or {@code 1.12.0-rc1}; a saved plan fits only the very
 *            version that made it
 */
public record TerraformVersion(int major, int minor, int patch, String text) implements Comparable<TerraformVersion> {
    /** The oldest version that Steward works with. */
    public static final TerraformVersion OLDEST = new TerraformVersion(1, 11, 0, "1.11.0");

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})([-+].*)?");

    /**
     * Parses a version.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static TerraformVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a Terraform version: " + text);
        }
        return new TerraformVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)), text);
    }

    /** Orders by number; a pre-release equals its release here. */
    @Override
    public int compareTo(TerraformVersion other) {
        return Comparator.comparingInt(TerraformVersion::major).thenComparingInt(TerraformVersion::minor)
                .thenComparingInt(TerraformVersion::patch).compare(this, other);
    }

    @Override
    public String toString() {
        return text;
    }
}
