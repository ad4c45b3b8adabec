package dev.steward.playground.faults;

import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.sending.ChannelNames;
import dev.steward.bot.slack.sending.MessageViews;
import dev.steward.bot.slack.sending.OutboxSender;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.database.Database;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import dev.steward.outbox.Priority;
import dev.steward.playground.emulator.SlackEmulator;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.stage.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The outbox and its sender against an emulator, without the rest of Steward. */
final class Sending implements AutoCloseable {
    static final long DANA = 1;
    static final long OMAR = 2;
    static final long INES = 3;

    final Database database;
    final Outbox outbox;
    final SlackApi api;
    final OutboxSender sender;

    Sending(SlackEmulator slack, Path folder, InstantSource clock, Duration patience) {
        database = Database.open(folder.resolve("steward.db"));
        outbox = new Outbox(clock);
        api = new SlackApi(slack.apiUrl(), slack.botToken(), patience);
        var views = new MessageViews().with("plain",
                args -> Optional.of(Rendered.paragraph(Mrkdwn.text(args.path("text").asText())).about(DANA)));
        var people = Map.of(DANA, Seed.DANA, OMAR, Seed.OMAR, INES, Seed.INES);
        sender = new OutboxSender(database, outbox, clock, views, new OutboxSender.Post(api,
                new ChannelNames(api, clock), Seed.BOT_USER, id -> Optional.ofNullable(people.get(id)),
                id -> Optional.empty(), Optional.of("platform")));
    }

    void put(String key, Destination destination, String text, Priority priority) {
        database.writing(h -> outbox.put(h, new Message(key, destination, "plain", Map.of("text", text), priority)));
    }

    int waiting() {
        return database.read(outbox::waiting);
    }

    int undeliverable() {
        return database.read(outbox::undeliverable);
    }

    void awaitEmpty(Duration limit) {
        Until.isTrue("everything is sent", limit, () -> waiting() == 0);
    }

    String error(String key) {
        return database.read(h -> h.createQuery("SELECT last_error FROM outbox WHERE key = :key").bind("key", key)
                .mapTo(String.class).findOne().orElse(""));
    }

    @Override
    public void close() {
        sender.close();
        api.close();
        database.close();
    }
}
