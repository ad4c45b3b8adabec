package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.UserGroup;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.List;
import java.util.Map;

/** The methods that say who is who: {@code auth.test}, {@code users.*}, {@code usergroups.*}, {@code team.info}. */
final class DirectoryMethods {
    private final Workspace workspace;
    private final Lookup lookup;

    DirectoryMethods(Workspace workspace) {
        this.workspace = workspace;
        this.lookup = new Lookup(workspace);
    }

    Map<String, Method> all() {
        return Map.of("auth.test", arguments -> authTest(), "users.info", this::userInfo, "users.list", this::users,
                "users.lookupByEmail", this::byEmail, "usergroups.list", this::groups, "usergroups.users.list",
                this::groupUsers, "team.info", this::team);
    }

    private static ObjectNode authTest() {
        return Json.object().put("url", "https://" + Seed.TEAM_DOMAIN + ".slack.com/").put("team", Seed.TEAM_NAME)
                .put("user", "steward").put("team_id", Seed.TEAM).put("user_id", Seed.BOT_USER)
                .put("bot_id", Seed.BOT_ID).put("is_enterprise_install", false);
    }

    private ObjectNode userInfo(Arguments arguments) {
        return Json.object().set("user",
                SlackJson.user(lookup.account(arguments.required("user"), "user_not_found")));
    }

    /** Members of this workspace: people of others are found one by one only. */
    private ObjectNode users(Arguments arguments) {
        List<ObjectNode> members = workspace.directory().accounts().stream()
                .filter(account -> account.teamId().equals(Seed.TEAM)).map(SlackJson::user).toList();
        ObjectNode answer = Pages.page(arguments, "members", members, 1000);
        return answer.put("cache_ts", workspace.clock().instant().getEpochSecond());
    }

    private ObjectNode byEmail(Arguments arguments) {
        String email = arguments.required("email");
        Account found = workspace.directory().accounts().stream()
                .filter(account -> account.kind() != Account.Kind.BOT && !account.deactivated())
                .filter(account -> account.email().equalsIgnoreCase(email)).findFirst()
                .orElseThrow(() -> ApiError.of("users_not_found"));
        return Json.object().set("user", SlackJson.user(found));
    }

    private ObjectNode groups(Arguments arguments) {
        ObjectNode answer = Json.object();
        ArrayNode shown = answer.putArray("usergroups");
        workspace.directory().groups()
                .forEach(group -> shown.add(SlackJson.group(group, arguments.flag("include_users"))));
        return answer;
    }

    private ObjectNode groupUsers(Arguments arguments) {
        String id = arguments.required("usergroup");
        UserGroup group = workspace.directory().group(id).filter(one -> one.id().equals(id))
                .orElseThrow(() -> ApiError.of("no_such_subteam"));
        return Json.object().set("users", SlackJson.texts(group.members()));
    }

    private ObjectNode team(Arguments arguments) {
        boolean other = arguments.text("team").filter(id -> !id.equals(Seed.TEAM)).isPresent()
                || arguments.text("domain").filter(domain -> !domain.equals(Seed.TEAM_DOMAIN)).isPresent();
        if (other) {
            throw ApiError.of("team_not_found");
        }
        ObjectNode answer = Json.object();
        answer.putObject("team").put("id", Seed.TEAM).put("name", Seed.TEAM_NAME).put("domain", Seed.TEAM_DOMAIN)
                .put("url", "https://" + Seed.TEAM_DOMAIN + ".slack.com/").put("email_domain", "example.com");
        return answer;
    }
}
