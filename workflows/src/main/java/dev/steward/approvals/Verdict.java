package dev.steward.approvals;

import java.util.Locale;

/** What one person says about a proposal. */
public enum Verdict {
    /** Let it happen. */
    APPROVE,
    /** It shall not happen. */
    REJECT;

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Verdict ofStored(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
