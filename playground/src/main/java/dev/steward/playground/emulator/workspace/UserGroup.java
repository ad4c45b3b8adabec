package dev.steward.playground.emulator.workspace;

import java.util.List;

/**
 * A user group (Slack's {@code subteam}).
 *
 * @param members user ids in the order in which they joined
 */
public record UserGroup(String id, String handle, String name, List<String> members) {
    public UserGroup {
        members = List.copyOf(members);
    }

    public UserGroup withMembers(List<String> changed) {
        return new UserGroup(id, handle, name, changed);
    }
}
