package dev.steward.playground.emulator.workspace;

import java.util.List;
import java.util.stream.Stream;

/**
 * A channel, a direct message, or one of several people.
 *
 * @param name    the channel's name; of a direct message with the bot the person's id, of one between two people both
 *                ids with a space between them; {@code mpdm-...} for one of several
 * @param members user ids
 * @param about   its topic and purpose
 */
public record Conversation(String id, String name, Kind kind, List<String> members, boolean archived, String creator,
        About about) {
    /** What a conversation is. */
    public enum Kind {
        PUBLIC, PRIVATE, DIRECT, GROUP
    }

    /** What a channel says of itself; empty until somebody sets it. */
    public record About(String topic, String purpose) {}

    public Conversation {
        members = List.copyOf(members);
    }

    /** A conversation without topic and purpose. */
    public Conversation(String id, String name, Kind kind, List<String> members, boolean archived, String creator) {
        this(id, name, kind, members, archived, creator, new About("", ""));
    }

    public boolean has(String userId) {
        return members.contains(userId);
    }

    public boolean direct() {
        return kind == Kind.DIRECT;
    }

    /** With whom the person is in this direct message; themselves where they are alone in it. */
    public String other(String personId) {
        return members.stream().filter(member -> !member.equals(personId)).findFirst().orElse(personId);
    }

    /** Whether it is a channel, which has a name that people choose, and which they join and leave. */
    public boolean channel() {
        return kind == Kind.PUBLIC || kind == Kind.PRIVATE;
    }

    /** Whether this account may read along: members, and for public channels everyone. */
    public boolean visibleTo(String userId) {
        return kind == Kind.PUBLIC || has(userId);
    }

    /** Whether this person's client shows it: guests and people of other workspaces see only what they are members of. */
    public boolean visibleTo(Account who) {
        return has(who.id()) || (kind == Kind.PUBLIC && who.kind() == Account.Kind.MEMBER);
    }

    public Conversation with(String userId) {
        return has(userId) ? this : withMembers(Stream.concat(members.stream(), Stream.of(userId)).toList());
    }

    public Conversation without(String userId) {
        return withMembers(members.stream().filter(member -> !member.equals(userId)).toList());
    }

    public Conversation archived(boolean changed) {
        return new Conversation(id, name, kind, members, changed, creator, about);
    }

    public Conversation named(String changed) {
        return new Conversation(id, changed, kind, members, archived, creator, about);
    }

    public Conversation with(About changed) {
        return new Conversation(id, name, kind, members, archived, creator, changed);
    }

    private Conversation withMembers(List<String> changed) {
        return new Conversation(id, name, kind, changed, archived, creator, about);
    }
}
