package dev.steward.playground.emulator;

import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Bookmark;
import dev.steward.playground.emulator.workspace.ChannelActs;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Conversations;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.Optional;

/**
 * What a person does with channels in their client: makes them, comes and goes, brings and removes others, says what they
 * are about, archives them. Apps hear of it where they have subscribed. What the client would not let them do throws
 * {@link IllegalArgumentException} or {@link IllegalStateException}.
 */
public final class ChannelDeeds {
    /** Characters of a topic, and of a description. */
    private static final int ABOUT = 250;

    private final Workspace workspace;
    private final Account who;
    private final ChannelActs acts;

    ChannelDeeds(Workspace workspace, Account who) {
        this.workspace = workspace;
        this.who = who;
        this.acts = new ChannelActs(workspace);
    }

    /** The new channel's id. */
    public String create(String name, boolean isPrivate) {
        return workspace.atomically(() -> acts.create(free(name),
                isPrivate ? Conversation.Kind.PRIVATE : Conversation.Kind.PUBLIC, member().id()).id());
    }

    public void join(String channelId) {
        workspace.change(() -> {
            Conversation where = open(channelId);
            if (where.has(who.id())) {
                return;
            }
            acts.join(where, who.id(), Optional.empty());
            conversations().messages(where.id()).stream().map(StoredMessage::ts).reduce((one, next) -> next)
                    .ifPresent(latest -> workspace.readMarks().move(who.id(), where.id(), latest));
        });
    }

    public void leave(String channelId) {
        workspace.change(() -> {
            Conversation where = own(channelId);
            notGeneral(where, "Nobody can leave ");
            acts.leave(where, who.id(), who.id());
        });
    }

    /** Brings in a person, or the bot, by id or name. */
    public void invite(String channelId, String nameOrId) {
        workspace.change(() -> {
            Conversation where = own(channelId);
            Account invited = account(nameOrId);
            if (invited.deactivated()) {
                throw new IllegalStateException(invited.realName() + " is deactivated and cannot be added");
            }
            if (where.has(invited.id())) {
                throw new IllegalStateException(invited.realName() + " is in #" + where.name());
            }
            acts.join(where, invited.id(), Optional.of(member().id()));
        });
    }

    /** Takes out a person, or the bot, by id or name. */
    public void remove(String channelId, String nameOrId) {
        workspace.change(() -> {
            Conversation where = own(channelId);
            Account removed = account(nameOrId);
            notGeneral(where, "Nobody can be removed from ");
            if (!where.has(removed.id())) {
                throw new IllegalStateException(removed.realName() + " is not in #" + where.name());
            }
            acts.leave(where, removed.id(), member().id());
        });
    }

    public void archive(String channelId) {
        workspace.change(() -> {
            Conversation where = own(channelId);
            notGeneral(where, "Nobody can archive ");
            acts.archive(where, member().id());
        });
    }

    /** Opens an archived channel again; who does so is in it. */
    public void unarchive(String channelId) {
        workspace.change(() -> {
            Conversation where = seen(channelId);
            if (!where.archived()) {
                throw new IllegalStateException("#" + where.name() + " is not archived");
            }
            acts.join(acts.unarchive(where, member().id()), who.id(), Optional.empty());
        });
    }

    public void rename(String channelId, String name) {
        workspace.change(() -> {
            Conversation where = own(channelId);
            member();
            if (!where.name().equals(name)) {
                acts.rename(where, free(name), who.id());
            }
        });
    }

    public void topic(String channelId, String topic) {
        workspace.change(() -> acts.topic(own(channelId), about(topic), who.id()));
    }

    public void purpose(String channelId, String purpose) {
        workspace.change(() -> acts.purpose(own(channelId), about(purpose), who.id()));
    }

    /** The new bookmark's id. */
    public String bookmark(String channelId, String title, String link) {
        if (!link.matches("https?://[^\\s/]+\\S*")) {
            throw new IllegalArgumentException("A bookmark leads to an address that begins with https:// or http://");
        }
        return workspace.atomically(() -> conversations().marks()
                .bookmark(own(channelId).id(), title, link, "", who.id()).id());
    }

    public void unbookmark(String channelId, String bookmarkId) {
        workspace.change(() -> {
            Bookmark found = conversations().marks().bookmarks(own(channelId).id()).stream()
                    .filter(one -> one.id().equals(bookmarkId)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no bookmark " + bookmarkId));
            conversations().marks().remove(found);
        });
    }

    private static String about(String text) {
        if (text.length() > ABOUT) {
            throw new IllegalArgumentException("At most 250 characters; this has " + text.length());
        }
        return text;
    }

    private String free(String name) {
        if (!name.matches("[a-z0-9_-]{1,80}") || name.matches("[_-]+")) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a channel: up to 80 lower-case letters, "
                    + "digits, - and _");
        }
        if (conversations().named(name).filter(one -> one.name().equals(name)).isPresent()) {
            throw new IllegalStateException("The name #" + name + " is taken");
        }
        return name;
    }

    private static void notGeneral(Conversation where, String words) {
        if (where.id().equals(Seed.GENERAL)) {
            throw new IllegalStateException(words + "#" + where.name());
        }
    }

    private Account member() {
        if (who.kind() != Account.Kind.MEMBER) {
            throw new IllegalStateException(who.realName() + " is no full member of " + Seed.TEAM_NAME
                    + ", and cannot do that");
        }
        return who;
    }

    /** Opens the direct message with somebody, or with the bot; one that is there is answered as it is. */
    public Conversation openDirect(String nameOrId) {
        return workspace.atomically(() -> {
            Account other = account(nameOrId);
            if (who.deactivated()) {
                throw new IllegalStateException(who.name() + " is deactivated and cannot act");
            }
            if (other.kind() == Account.Kind.BOT) {
                return conversations().openDirect(who.id());
            }
            if (other.deactivated()) {
                throw new IllegalStateException(other.realName() + " has left, and reads nothing any more");
            }
            if (!shareAChannel(other)) {
                throw new IllegalStateException(who.realName() + " and " + other.realName()
                        + " share no channel, and a guest writes only to people of the channels that they are in");
            }
            return conversations().openDirect(who.id(), other.id());
        });
    }

    /** Members reach each other; others only those with whom they are in a channel. */
    private boolean shareAChannel(Account other) {
        boolean members = who.kind() == Account.Kind.MEMBER && other.kind() == Account.Kind.MEMBER;
        return members || conversations().all().stream()
                .anyMatch(one -> !one.direct() && one.has(who.id()) && one.has(other.id()));
    }

    private Account account(String nameOrId) {
        return workspace.directory().accountNamed(nameOrId)
                .orElseThrow(() -> new IllegalArgumentException("There is nobody called " + nameOrId));
    }

    /** A channel that this person is in, and that is open. */
    private Conversation own(String channelId) {
        Conversation where = new Deeds(workspace, who).joined(channelId);
        if (!where.channel()) {
            throw new IllegalStateException("That is a direct message, and no channel");
        }
        return where;
    }

    private Conversation open(String channelId) {
        Conversation where = seen(channelId);
        if (where.archived()) {
            throw new IllegalStateException("#" + where.name() + " is archived: nothing changes there");
        }
        return where;
    }

    private Conversation seen(String channelId) {
        if (who.deactivated()) {
            throw new IllegalStateException(who.name() + " is deactivated and cannot act");
        }
        return conversations().find(channelId).filter(one -> one.visibleTo(who))
                .orElseThrow(() -> new IllegalArgumentException(who.name() + " sees no conversation " + channelId));
    }

    private Conversations conversations() {
        return workspace.conversations();
    }
}
