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
    /** By how many characters the same home tab is shorter than a modal, which has a title. */
    private static final int HOME_IS_SHORTER = ",\"title\":".length() + Kit.plain(1).length() + 1;
    private static final String HOME = "{\"type\":\"home\",\"blocks\":[%s]}";

    private MethodLimits() {}

    static Stream<Row> rows(Supplier<StrictWorkspace> there) {
        Table table = new Table(there);
        sizes(table);
        counts(table);
        more(table);
        forms(table);
        answers(table);
        times(table);
        rates(table);
        return table.rows.build();
    }

    private record Table(Supplier<StrictWorkspace> there, Stream.Builder<Row> rows) {
        Table(Supplier<StrictWorkspace> there) {
            this(there, Stream.builder());
        }

        void row(String method, String name, int most, String error,
                BiFunction<StrictWorkspace, Integer, List<String>> act) {
            rows.add(new Row(method, name, most, n -> act.apply(there.get(), n), List.of(error)));
        }

        void field(String method, String name, int most, String pointer,
                BiFunction<StrictWorkspace, Integer, List<String>> act) {
            rows.add(new Row(method, name, most, n -> act.apply(there.get(), n), List.of("invalid_arguments",
                    "[ERROR] must be less than " + (most + 1) + " characters [json-pointer:" + pointer + "]")));
        }
    }

    private static void sizes(Table table) {
        table.rows.add(new Row("views.publish", "blocks of a home tab", 100,
                n -> table.there.get().call("views.publish", "user_id",
                        Seed.DANA, "view", HOME.formatted(Kit.repeat(n, i -> Kit.SECTION))),
                List.of("invalid_arguments", "[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]")));
        table.row("views.update", "view, bytes", 250_000, "view_too_large", (there, n) -> there.updated(viewOf(n)));
        table.row("chat.update", "edited text, characters", 4_000, "msg_too_long",
                (there, n) -> there.call("chat.update", "channel",
                        Seed.GENERAL, "ts", there.message(), "text", Kit.x(n)));
        table.row("chat.postMessage", "blocks, characters", 13_200, "msg_blocks_too_long",
                (there, n) -> there.posted("[" + sections(5, n) + "]"));
        table.row("chat.postMessage", "attachments", 100, "too_many_attachments",
                (there, n) -> there.call("chat.postMessage", "channel",
                        Seed.GENERAL, "attachments", "[" + Kit.repeat(n, i -> "{\"text\":\"x\"}") + "]"));
        table.row("conversations.create", "channel name, characters", 80, "invalid_name_maxlength",
                (there, n) -> there.call("conversations.create", "name", Kit.x(n)));
        table.row("conversations.rename", "new channel name, characters", 80, "invalid_name_maxlength",
                (there, n) -> there.call("conversations.rename", "channel", there.channel(), "name",
                        (there.fresh("y-") + Kit.x(n)).substring(0, n)));
        table.row("conversations.setTopic", "topic, characters", 250, "too_long",
                (there, n) -> there.call("conversations.setTopic", "channel", Seed.GENERAL, "topic", Kit.x(n)));
        table.row("conversations.setPurpose", "purpose, characters", 250, "too_long",
                (there, n) -> there.call("conversations.setPurpose", "channel", Seed.GENERAL, "purpose", Kit.x(n)));
        table.row("conversations.invite", "invited people", 100, "too_many_users",
                (there, n) -> there.call("conversations.invite", "channel",
                        Seed.PAYMENTS, "users", there.people(n)));
        table.row("chat.postMessage", "request, bytes", 4_000_000, "413", StrictWorkspace::sized);
    }

    /** The same limits where another method has them, too. */
    private static void more(Table table) {
        for (String method : List.of("chat.postMessage", "chat.postEphemeral")) {
            table.row(method, "text that is not cut off, characters", 40_000, "message_truncated",
                    (there, n) -> there.warned(method, said(method, "text", Kit.x(n))));
        }
        for (String method : List.of("chat.update", "chat.postEphemeral")) {
            table.row(method, "blocks, characters", 13_200, "msg_blocks_too_long",
                    (there, n) -> there.call(method, said(method, "blocks", "[" + sections(5, n) + "]", there)));
            table.row(method, "attachments", 100, "too_many_attachments", (there, n) -> there.call(method,
                    said(method, "attachments", "[" + Kit.repeat(n, i -> "{\"text\":\"x\"}") + "]", there)));
        }
        table.row("response_url", "blocks, characters", 13_200, "msg_blocks_too_long",
                (there, n) -> there.respond(there.responseUrl(), "{\"blocks\":[" + sections(5, n) + "]}"));
        table.rows.add(new Row("chat.postMessage", "blocks of an attachment", 50,
                n -> table.there.get().call("chat.postMessage", said("chat.postMessage", "attachments",
                        "[{\"blocks\":[" + Kit.repeat(n, i -> "{\"type\":\"divider\"}") + "]}]")),
                List.of("invalid_attachments",
                        "[ERROR] no more than 50 items allowed [json-pointer:/attachments/0/blocks]")));
        table.row("conversations.list", "items of a page", 1000, "invalid_limit",
                (there, n) -> there.call("conversations.list", "limit", n));
        table.row("conversations.members", "items of a page", 1000, "invalid_limit",
                (there, n) -> there.call("conversations.members", "channel", Seed.GENERAL, "limit", n));
        table.row("conversations.open", "people of a direct message", 8, "too_many_users",
                (there, n) -> there.call("conversations.open", "users", there.people(n)));
    }

    private static Object[] said(String method, String name, String value) {
        return method.equals("chat.postEphemeral")
                ? new Object[]{"channel", Seed.GENERAL, "user", Seed.DANA, name, value}
                : new Object[]{"channel", Seed.GENERAL, name, value};
    }

    private static Object[] said(String method, String name, String value, StrictWorkspace there) {
        return method.equals("chat.update")
                ? new Object[]{"channel", Seed.GENERAL, "ts", there.resolved("$own"), name, value}
                : said(method, name, value);
    }

    /** The views' methods, each with what only some of the others are asked above. */
    private static void forms(Table table) {
        table.field("views.publish", "private_metadata of a home tab", 3000, "/view/private_metadata",
                (there, n) -> there.published("\"private_metadata\":\"" + Kit.x(n) + "\""));
        table.field("views.publish", "callback_id of a home tab", 255, "/view/callback_id",
                (there, n) -> there.published("\"callback_id\":\"" + Kit.x(n) + "\""));
        table.field("views.publish", "external_id of a home tab", 255, "/view/external_id",
                (there, n) -> there.published("\"external_id\":\"" + Kit.x(n) + "\""));
        table.row("views.open", "view, bytes", 250_000, "view_too_large",
                (there, n) -> there.call("views.open", "trigger_id", there.trigger("pia"), "view", viewOf(n)));
        table.row("views.push", "view, bytes", 250_000, "view_too_large", (there, n) -> {
            there.opened("pia");
            return there.call("views.push", "trigger_id", there.trigger("pia"), "view", viewOf(n));
        });
        table.row("views.publish", "view, bytes", 250_000, "view_too_large",
                (there, n) -> there.call("views.publish", "user_id", Seed.PAUL, "view",
                        viewOf(n + HOME_IS_SHORTER).replaceFirst("\\{\"type\":\"modal\",\"title\":\\{[^}]*}",
                                "{\"type\":\"home\"")));
        table.row("views.push", "views for a trigger", 1, "exchanged_trigger_id", (there, n) -> {
            there.opened("lena");
            String trigger = there.trigger("lena");
            return repeated(n, () -> there.call("views.push", "trigger_id", trigger, "view", Kit.modal("", "")));
        });
        table.row("views.update", "changes to one state of a view", 1, "hash_conflict", (there, n) -> {
            String hash = there.answer("views.update", "view_id", there.resolved("$view"), "view", Kit.modal("", ""))
                    .at("/view/hash").asText();
            return repeated(n, () -> there.call("views.update", "view_id", there.resolved("$view"), "hash", hash,
                    "view", Kit.modal("", Kit.SECTION)));
        });
        for (String method : List.of("views.push", "views.update", "views.publish")) {
            table.row(method, "views with one external_id", 1, "duplicate_external_id", (there, n) -> {
                String id = ",\"external_id\":\"" + there.fresh("external") + "\"";
                if (n > 1) {
                    there.call("views.open", "trigger_id", there.trigger("gus"), "view", Kit.modal(id, ""));
                }
                return switch (method) {
                    case "views.update" -> there.updated(Kit.modal(id, ""));
                    case "views.publish" -> there.published(id.substring(1));
                    default -> {
                        there.opened("olga");
                        yield there.call(method, "trigger_id", there.trigger("olga"), "view", Kit.modal(id, ""));
                    }
                };
            });
        }
    }

    /** What the bot answers to what Slack delivers. */
    private static void answers(Table table) {
        table.row("view_submission", "views in a stack", 3, "push_limit_reached", (there, n) -> there.submitted(n - 1,
                "{\"response_action\":\"push\",\"view\":" + Kit.modal("", "") + "}"));
        for (String action : List.of("push", "update")) {
            table.row("view_submission", "views with one external_id, " + action, 1, "duplicate_external_id",
                    (there, n) -> {
                        String id = ",\"external_id\":\"" + there.fresh("external") + "\"";
                        if (n > 1) {
                            there.call("views.open", "trigger_id", there.trigger("gus"), "view", Kit.modal(id, ""));
                        }
                        return there.submitted(1, "{\"response_action\":\"" + action + "\",\"view\":"
                                + Kit.modal(id, "") + "}");
                    });
        }
        table.row("view_submission", "pushed view, bytes", 250_000, "view_too_large", (there, n) -> there.submitted(1,
                "{\"response_action\":\"push\",\"view\":" + viewOf(n) + "}"));
        table.row("view_submission", "view shown instead, bytes", 250_000, "view_too_large",
                (there, n) -> there.submitted(1, "{\"response_action\":\"update\",\"view\":" + viewOf(n) + "}"));
        table.row("view_submission", "characters of a title", 24,
                "[failed to match all allowed schemas [json-pointer:/view], must be less than 25 characters"
                        + " [json-pointer:/view/title/text]]",
                (there, n) -> there.submitted(1, "{\"response_action\":\"update\",\"view\":"
                        + Kit.modal("", "").replaceFirst("\"text\":\"x\"", "\"text\":\"" + Kit.x(n) + "\"") + "}"));
    }

    private static void counts(Table table) {
        table.row("views.push", "views in a stack", 3, "push_limit_reached", (there, n) -> {
            List<String> last = there.call("views.open", "trigger_id", there.trigger("omar"), "view",
                    Kit.modal("", ""));
            for (int i = 1; i < n; i++) {
                last = there.call("views.push", "trigger_id", there.trigger("omar"), "view", Kit.modal("", ""));
            }
            return last;
        });
        table.row("views.open", "views for a trigger", 1, "exchanged_trigger_id", (there, n) -> {
            String trigger = there.trigger("olga");
            return repeated(n, () -> there.call("views.open", "trigger_id", trigger, "view", Kit.modal("", "")));
        });
        table.row("views.publish", "changes to one state of a view", 1, "hash_conflict", (there, n) -> {
            there.call("views.publish", "user_id", Seed.OMAR, "view", HOME.formatted(""));
            String hash = there.slack.person("omar").home().orElseThrow().hash();
            return repeated(n, () -> there.call("views.publish", "user_id", Seed.OMAR, "hash", hash, "view",
                    HOME.formatted(Kit.SECTION)));
        });
        table.row("views.open", "views with one external_id", 1, "duplicate_external_id", (there, n) -> {
            String id = there.fresh("external");
            return repeated(n, () -> there.call("views.open", "trigger_id", there.trigger("pia"), "view",
                    Kit.modal(",\"external_id\":\"" + id + "\"", "")));
        });
        table.row("response_url", "uses of a response_url", 5, "used_url", (there, n) -> {
            var url = there.responseUrl();
            return repeated(n, () -> there.respond(url));
        });
        table.row("conversations.create", "channels of one name", 1, "name_taken", (there, n) -> {
            String name = there.fresh("inc-");
            return repeated(n, () -> there.call("conversations.create", "name", name));
        });
        table.row("conversations.invite", "invitations of one person", 1, "already_in_channel", (there, n) -> {
            String person = there.people(1);
            return repeated(n,
                    () -> there.call("conversations.invite", "channel", Seed.CHECKOUT, "users", person));
        });
        table.row("reactions.add", "reactions of one kind", 1, "already_reacted", (there, n) -> {
            String ts = there.message();
            return repeated(n, () -> there.call("reactions.add", "channel", Seed.GENERAL, "timestamp", ts, "name",
                    "eyes"));
        });
        table.row("reactions.add", "different reactions of one account", 23, "too_many_reactions", (there, n) -> {
            String ts = there.message();
            return numbered(n, i -> there.call("reactions.add", "channel", Seed.GENERAL, "timestamp", ts, "name",
                    "e" + i));
        });
        table.row("reactions.add", "different reactions to one message", 50, "too_many_emoji", (there, n) -> {
            String ts = there.message();
            for (int i = 1; i < n; i++) {
                there.slack.person(i % 2 == 0 ? "omar" : "pia").deeds().react(Seed.GENERAL, ts, "e" + i);
            }
            return there.call("reactions.add", "channel", Seed.GENERAL, "timestamp", ts, "name", "last");
        });
        table.row("pins.add", "pins of one channel", 100, "too_many_pins", (there, n) -> {
            String channel = there.channel();
            return numbered(n, i -> there.call("pins.add", "channel", channel, "timestamp",
                    there.answer("chat.postMessage", "channel", channel, "text", i).path("ts").asText()));
        });
        table.row("bookmarks.add", "bookmarks of one channel", 100, "too_many_bookmarks", (there, n) -> {
            String channel = there.channel();
            return numbered(n, i -> there.call("bookmarks.add", "channel_id", channel, "title", i, "type", "link",
                    "link", "https://example.com/" + i));
        });
        table.row("pins.add", "pins of one message", 1, "already_pinned", (there, n) -> {
            String ts = there.message();
            return repeated(n, () -> there.call("pins.add", "channel", Seed.GENERAL, "timestamp", ts));
        });
    }

    private static void times(Table table) {
        table.row("views.open", "life of a trigger, seconds", 3, "expired_trigger_id", (there, n) -> {
            String trigger = there.trigger("olga");
            there.advance(Duration.ofSeconds(n));
            return there.call("views.open", "trigger_id", trigger, "view", Kit.modal("", ""));
        });
        table.row("views.push", "life of a trigger, seconds", 3, "expired_trigger_id", (there, n) -> {
            there.opened("olga");
            String trigger = there.trigger("olga");
            there.advance(Duration.ofSeconds(n));
            return there.call("views.push", "trigger_id", trigger, "view", Kit.modal("", ""));
        });
        table.row("response_url", "life of a response_url, minutes", 30, "expired_url", (there, n) -> {
            var url = there.responseUrl();
            there.advance(Duration.ofMinutes(n));
            return there.respond(url);
        });
    }

    private static void rates(Table table) {
        table.row("chat.postMessage", "messages to a channel at once", 3, "ratelimited",
                (there, n) -> there.atOnce(n, "chat.postMessage", "channel", Seed.GENERAL, "text", "x"));
        table.row("users.list", "calls in a minute", 20, "ratelimited", (there, n) -> there.atOnce(n, "users.list"));
        table.row("chat.update", "calls in a minute", 50, "ratelimited", (there, n) -> {
            String ts = there.pacedMessage();
            return there.atOnce(n, "chat.update", "channel", Seed.GENERAL, "ts", ts, "text", "x");
        });
        table.row("views.publish", "calls in a minute", 100, "ratelimited",
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
