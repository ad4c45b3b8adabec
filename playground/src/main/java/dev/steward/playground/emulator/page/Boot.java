package dev.steward.playground.emulator.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.UserGroup;
import dev.steward.playground.emulator.workspace.Workspace;

/** What is the same for all who look: the workspace, its people, the app, and what to try. */
final class Boot {
    private final Workspace workspace;
    private final InstalledApp app;
    private final Story story = Story.shipped();

    Boot(Workspace workspace, InstalledApp app) {
        this.workspace = workspace;
        this.app = app;
    }

    /** Called inside the workspace's lock. */
    ObjectNode shown(ObjectNode bot, String mode) {
        ObjectNode shown = Json.object();
        shown.putObject("workspace").put("name", Seed.TEAM_NAME).put("team_id", Seed.TEAM)
                .put("url", "https://" + Seed.TEAM_DOMAIN + ".slack.com/");
        Account account = workspace.directory().account(Seed.BOT_USER).orElseThrow();
        shown.putObject("bot").put("user_id", account.id()).put("name", account.name())
                .put("real_name", account.realName()).put("home_tab", app.homeTab()).put("writable", app.writable())
                .setAll(bot);
        shown.put("mode", mode).put("now", workspace.clock().instant().getEpochSecond());
        ArrayNode people = shown.putArray("people");
        workspace.directory().accounts().stream().filter(one -> one.kind() != Account.Kind.BOT)
                .forEach(one -> people.add(person(one)));
        ArrayNode groups = shown.putArray("groups");
        workspace.directory().groups().forEach(group -> groups.addObject().put("id", group.id())
                .put("handle", group.handle()).put("name", group.name())
                .set("members", SlackJson.texts(group.members())));
        shown.set("commands", app.commands());
        shown.set("shortcuts", app.shortcuts());
        shown.set("tour", story.tour());
        return shown;
    }

    private ObjectNode person(Account one) {
        ObjectNode shown = Json.object().put("id", one.id()).put("name", one.name()).put("real_name", one.realName())
                .put("title", story.title(one.id())).put("tz", one.tz())
                .put("tz_offset", one.offset(workspace.clock().instant()).getTotalSeconds());
        shown.set("groups", SlackJson.texts(workspace.directory().groups().stream()
                .filter(group -> group.members().contains(one.id())).map(UserGroup::handle).toList()));
        return shown.put("guest", one.kind() == Account.Kind.GUEST || one.kind() == Account.Kind.STRANGER)
                .put("deactivated", one.deactivated());
    }
}
