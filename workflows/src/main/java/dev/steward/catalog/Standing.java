package dev.steward.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What somebody is in the workspace. Only a member may ask for anything or decide on anything. */
public enum Standing {
    /** A full member of the workspace. */
    MEMBER,
    /** A guest, of one channel or of several. */
    GUEST,
    /** A bot or an app. */
    BOT,
    /** Somebody of another workspace, seen in a shared channel. */
    STRANGER,
    /** Somebody whose account was closed. */
    DEACTIVATED,
    /** Somebody known from a catalog file, or named by an operator, whom Slack has not told us about yet. */
    UNLINKED;

    /** Whether such a person may ask and decide. */
    public boolean mayAct() {
        return this == MEMBER;
    }

    /** Whether such a person has nothing here: nobody waits for what they asked, and what they were given ends. */
    public boolean gone() {
        return switch (this) {
            case GUEST, BOT, STRANGER, DEACTIVATED -> true;
            case MEMBER, UNLINKED -> false;
        };
    }

    /** For people: what became of a member who may not act any more, to follow a name. */
    public String departure() {
        return this == DEACTIVATED ? "has left" : "is " + words() + " now";
    }

    /** The standings in which somebody is gone, as they are stored. */
    public static List<String> storedGone() {
        return Arrays.stream(values()).filter(Standing::gone).map(Standing::stored).toList();
    }

    /** For people: what such a person is called, to follow "you are". */
    public String words() {
        return switch (this) {
            case MEMBER -> "a member of this workspace";
            case GUEST -> "a guest in this workspace";
            case BOT -> "a bot";
            case STRANGER -> "a member of another workspace";
            case DEACTIVATED -> "somebody whose account was deactivated";
            case UNLINKED -> "not linked to an account in this workspace";
        };
    }

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Standing ofStored(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
