package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.UserGroup;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What an administrator of the workspace does: people come and go, and join and leave user groups. Each is an event. */
public final class People {
    private final Workspace workspace;

    People(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Puts somebody into a user group, by handle. */
    public void join(Person person, String handle) {
        change(handle, members -> {
            if (!members.contains(person.id())) {
                members.add(person.id());
            }
        });
    }

    /** Takes somebody out of a user group, by handle. */
    public void leave(Person person, String handle) {
        change(handle, members -> members.remove(person.id()));
    }

    /** The account stays, and can no longer act. */
    public void deactivate(Person person) {
        workspace.change(() -> {
            Account left = workspace.directory().account(person.id()).orElseThrow().as(Account.Kind.DEACTIVATED);
            workspace.directory().put(left);
            workspace.happened("user_change", Json.object().put("type", "user_change").set("user",
                    SlackJson.user(left)));
        });
    }

    /** A member becomes a guest. */
    public void restrict(Person person) {
        workspace.change(() -> {
            Account guest = workspace.directory().account(person.id()).orElseThrow().as(Account.Kind.GUEST);
            workspace.directory().put(guest);
            workspace.happened("user_change", Json.object().put("type", "user_change").set("user",
                    SlackJson.user(guest)));
        });
    }

    /** Somebody new joins the workspace, with the id {@code U0} and their name in capitals. */
    public String add(String name, String realName) {
        return workspace.atomically(() -> {
            String id = "U0" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "") + "0001";
            Account account = new Account(id, name, realName, "Etc/UTC", Seed.TEAM, Account.Kind.MEMBER);
            workspace.directory().put(account);
            workspace.happened("team_join", Json.object().put("type", "team_join").set("user",
                    SlackJson.user(account)));
            return id;
        });
    }

    private void change(String handle, Consumer<List<String>> how) {
        workspace.change(() -> {
            UserGroup before = workspace.directory().group(handle)
                    .orElseThrow(() -> new IllegalArgumentException("There is no user group " + handle));
            List<String> members = new ArrayList<>(before.members());
            how.accept(members);
            if (members.equals(before.members())) {
                return;
            }
            UserGroup after = before.withMembers(members);
            workspace.directory().put(after);
            workspace.happened("subteam_members_changed", membersChanged(before, after));
            workspace.happened("subteam_updated", Json.object().put("type", "subteam_updated").set("subteam",
                    SlackJson.group(after, true)));
        });
    }

    private static ObjectNode membersChanged(UserGroup before, UserGroup after) {
        List<String> added = after.members().stream().filter(id -> !before.members().contains(id)).toList();
        List<String> removed = before.members().stream().filter(id -> !after.members().contains(id)).toList();
        ObjectNode event = Json.object().put("type", "subteam_members_changed").put("subteam_id", after.id())
                .put("team_id", Seed.TEAM).put("date_previous_update", 1_760_000_000L)
                .put("date_update", 1_760_000_001L)
                .put("added_users_count", added.size()).put("removed_users_count", removed.size());
        event.set("added_users", SlackJson.texts(added));
        event.set("removed_users", SlackJson.texts(removed));
        return event;
    }
}
