package dev.steward.bot;

import java.util.Optional;

/** Which Steward this is. */
public final class Version {
    private Version() {}

    /** The version, or that this is no packaged one. */
    public static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("(not packaged)");
    }
}
