package dev.steward.playground.emulator.page;

import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.UserGroup;
import java.util.List;
import java.util.stream.Stream;

/** Whether a message calls on somebody: by name, by a user group, or with everybody who is there. */
final class Mentions {
    private final List<String> signs;

    Mentions(Account who, List<UserGroup> groups) {
        Stream<String> own = groups.stream().filter(group -> group.members().contains(who.id()))
                .flatMap(group -> Stream.of("<!subteam^" + group.id() + ">", "<!subteam^" + group.id() + "|",
                        "\"usergroup_id\":\"" + group.id() + '"'));
        signs = Stream.concat(own, Stream.of("<@" + who.id() + ">", "<@" + who.id() + "|",
                "\"user_id\":\"" + who.id() + '"', "<!here>", "<!here|", "<!channel>", "<!channel|", "<!everyone>",
                "<!everyone|")).toList();
    }

    boolean in(StoredMessage message) {
        String all = message.content().text() + message.content().blocks();
        return signs.stream().anyMatch(all::contains);
    }
}
