package dev.steward.playground.emulator.workspace;

import java.util.Optional;

/**
 * A message as it stands. A change makes a new value; the one held stays as it was.
 *
 * @param author   user id; the bot's for the app's messages
 * @param threadTs the parent's ts, also on the parent itself once it has replies
 * @param editedTs when it was last edited
 */
public record StoredMessage(String channelId, String ts, String author, Optional<String> threadTs, Content content,
        Optional<String> editedTs) {
    public boolean reply() {
        return threadTs.filter(parent -> !parent.equals(ts)).isPresent();
    }

    public StoredMessage edited(Content changed, String editTs) {
        return new StoredMessage(channelId, ts, author, threadTs, changed, Optional.of(editTs));
    }

    StoredMessage asParent() {
        return new StoredMessage(channelId, ts, author, Optional.of(ts), content, editedTs);
    }
}
