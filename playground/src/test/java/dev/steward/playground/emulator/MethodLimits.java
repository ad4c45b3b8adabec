package dev.steward.playground.emulator;

import dev.steward.playground.emulator.StrictnessTest.Row;
import dev.steward.playground.emulator.workspace.Seed;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The limits that are not Block Kit's: of texts, of names, of what is counted and of what is timed. */
final class MethodLimits {
    private static final String HOME = "{\"type\":\"home\",\"blocks\":[%s]}";

    private MethodLimits() {}

    static Stream<Row> rows(Supplier<StrictWorkspace> there) {
        Table table = new Table(there);
        sizes(table);
        counts(table);
        times(table);
        rates(table);
        return table.rows.build();
    }

    private record Table(Supplier<StrictWorkspace> there, Stream.Builder<Row> rows) {
        Table(Supplier<StrictWorkspace> there) {
            this(there, Stream.builder());
        }

        void row(String name, int most, String error, BiFunction<StrictWorkspace, Integer, List<String>> act) {
            rows.add(new Row(name, most, n -> act.apply(there.get(), n), List.of(error)));
        }
    }

    private static void sizes(Table table) {
        table.rows.add(new Row("home tab, blocks", 100, n -> table.there.get().call("views.publish", "user_id",
                Seed.DANA, "view", HOME.formatted(Kit.repeat(n, i -> Kit.SECTION))),
                List.of("invalid_arguments", "[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]")));
        table.row("view, bytes", 250_000, "view_too_large", (there, n) -> there.updated(viewOf(n)));
        table.row("edited text, characters", 4_000, "msg_too_long", (there, n) -> there.call("chat.update", "channel",
                Seed.GENERAL, "ts", there.message(), "text", Kit.x(n)));
        table.row("blocks, characters", 13_200, "msg_blocks_too_long",
                (there, n) -> there.posted("[" + sections(5, n) + "]"));
        table.row("attachments", 100, "too_many_attachments", (there, n) -> there.call("chat.postMessage", "channel",
                Seed.GENERAL, "attachments", "[" + Kit.repeat(n, i -> "{\"text\":\"x\"}") + "]"));
        table.row("channel name, characters", 80, "invalid_name_maxlength",
                (there, n) -> there.call("conversations.create", "name", Kit.x(n)));
        table.row("new channel name, characters", 80, "invalid_name_maxlength",
                (there, n) -> there.call("conversations.rename", "channel", there.channel(), "name",
                        (there.fresh("y-") + Kit.x(n)).substring(0, n)));
        table.row("topic, characters", 250, "too_long",
                (there, n) -> there.call("conversations.setTopic", "channel", Seed.GENERAL, "topic", Kit.x(n)));
        table.row("purpose, characters", 250, "too_long",
                (there, n) -> there.call("conversations.setPurpose", "channel", Seed.GENERAL, "purpose", Kit.x(n)));
        table.row("invited people", 100, "too_many_users", (there, n) -> there.call("conversations.invite", "channel",
                Seed.PAYMENTS, "users", there.people(n)));
        table.row("request, bytes", 4_000_000, "413", StrictWorkspace::sized);
    }

    private static void counts(Table table) {
        table.row("views in a stack", 3, "push_limit_reached", (there, n) -> {
            List<String> last = there.call("views.open", "trigger_id", there.trigger("omar"), "view",
                    Kit.modal("", ""));
            for (int i = 1; i < n; i++) {
                last = there.call("views.push", "trigger_id", there.trigger("omar"), "view", Kit.modal("", ""));
            }
            return last;
        });
        table.row("views for a trigger", 1, "exchanged_trigger_id", (there, n) -> {
            String trigger = there.trigger("olga");
            return repeated(n, () -> there.call("views.open", "trigger_id", trigger, "view", Kit.modal("", "")));
        });
        table.row("changes to one state of a view", 1, "hash_conflict", (there, n) -> {
            there.call("views.publish", "user_id", Seed.OMAR, "view", HOME.formatted(""));
            String hash = there.slack.person("omar").home().orElseThrow().hash();
            return repeated(n, () -> there.call("views.publish", "user_id", Seed.OMAR, "hash", hash, "view",
                    HOME.formatted(Kit.SECTION)));
        });
        table.row("views with one external_id", 1, "duplicate_external_id", (there, n) -> {
            String id = there.fresh("external");
            return repeated(n, () -> there.call("views.open", "trigger_id", there.trigger("pia"), "view",
                    Kit.modal(",\"external_id\":\"" + id + "\"", "")));
        });
        table.row("uses of a response_url", 5, "used_url", (there, n) -> {
            var url = there.responseUrl();
            return repeated(n, () -> there.respond(url));
        });
        table.row("channels of one name", 1, "name_taken", (there, n) -> {
            String name = there.fresh("inc-");
            return repeated(n, () -> there.call("conversations.create", "name", name));
        });
        table.row("invitations of one person", 1, "already_in_channel", (there, n) -> {
            String person = there.people(1);
            return repeated(n,
                    () -> there.call("conversations.invite", "channel", Seed.CHECKOUT, "users", person));
        });
        table.row("reactions of one kind", 1, "already_reacted", (there, n) -> {
            String ts = there.message();
            return repeated(n, () -> there.call("reactions.add", "channel", Seed.GENERAL, "timestamp", ts, "name",
                    "eyes"));
        });
        table.row("different reactions of one account", 23, "too_many_reactions", (there, n) -> {
            String ts = there.message();
            return numbered(n, i -> there.call("reactions.add", "channel", Seed.GENERAL, "timestamp", ts, "name",
                    "e" + i));
        });
        table.row("different reactions to one message", 50, "too_many_emoji", (there, n) -> {
            String ts = there.message();
            for (int i = 1; i < n; i++) {
                there.slack.person(i % 2 == 0 ? "omar" : "pia").deeds().react(Seed.GENERAL, ts, "e" + i);
            }
            return there.call("reactions.add", "channel", Seed.GENERAL, "timestamp", ts, "name", "last");
        });
        table.row("pins of one channel", 100, "too_many_pins", (there, n) -> {
            String channel = there.channel();
            return numbered(n, i -> there.call("pins.add", "channel", channel, "timestamp",
                    there.answer("chat.postMessage", "channel", channel, "text", i).path("ts").asText()));
        });
        table.row("bookmarks of one channel", 100, "too_many_bookmarks", (there, n) -> {
            String channel = there.channel();
            return numbered(n, i -> there.call("bookmarks.add", "channel_id", channel, "title", i, "type", "link",
                    "link", "https://example.com/" + i));
        });
        table.row("pins of one message", 1, "already_pinned", (there, n) -> {
            String ts = there.message();
            return repeated(n, () -> there.call("pins.add", "channel", Seed.GENERAL, "timestamp", ts));
        });
    }

    private static void times(Table table) {
        table.row("life of a trigger, seconds", 3, "expired_trigger_id", (there, n) -> {
            String trigger = there.trigger("olga");
            there.advance(Duration.ofSeconds(n));
            return there.call("views.open", "trigger_id", trigger, "view", Kit.modal("", ""));
        });
        table.row("life of a response_url, minutes", 30, "expired_url", (there, n) -> {
            var url = there.responseUrl();
            there.advance(Duration.ofMinutes(n));
            return there.respond(url);
        });
    }

    private static void rates(Table table) {
        table.row("messages to a channel at once", 3, "ratelimited",
                (there, n) -> there.atOnce(n, "chat.postMessage", "channel", Seed.GENERAL, "text", "x"));
        table.row("calls in a minute, users.list", 20, "ratelimited", (there, n) -> there.atOnce(n, "users.list"));
        table.row("calls in a minute, chat.update", 50, "ratelimited", (there, n) -> {
            String ts = there.pacedMessage();
            return there.atOnce(n, "chat.update", "channel", Seed.GENERAL, "ts", ts, "text", "x");
        });
        table.row("calls in a minute, views.publish", 100, "ratelimited",
                (there, n) -> there.atOnce(n, "views.publish", "user_id", Seed.DANA, "view", HOME.formatted("")));
    }

    /** Does it with each number from 1 on, and answers how the last was refused. */
    private static List<String> numbered(int last, IntFunction<List<String>> act) {
        List<String> refusal = List.of();
        for (int i = 1; i <= last; i++) {
            refusal = act.apply(i);
        }
        return refusal;
    }

    /** Does it so often, and answers how the last time was refused. */
    private static List<String> repeated(int times, Supplier<List<String>> act) {
        List<String> last = List.of();
        for (int i = 0; i < times; i++) {
            last = act.get();
        }
        return last;
    }

    private static String viewOf(int bytes) {
        int frame = Kit.modal("", sections(100, 100)).length() - 100;
        return Kit.modal("", sections(100, bytes - frame));
    }

    /** So many sections that hold so many characters in all. */
    private static String sections(int count, int characters) {
        return Kit.repeat(count, i -> {
            int length = characters / count + (i < characters % count ? 1 : 0);
            return "{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"" + Kit.x(length) + "\"}}";
        });
    }
}
