package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.people.Directory;
import dev.steward.bot.slack.sending.MessageViews;
import dev.steward.bot.slack.views.ShortAnswers;
import dev.steward.catalog.Person;
import dev.steward.catalog.Standing;
import dev.steward.database.Database;
import dev.steward.database.Json;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import dev.steward.outbox.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Private answers that go through the outbox: those that Slack did not take, or may not have taken, and those to what was
 * asked in a direct message.
 */
final class LateAnswers implements MessageViews.View {
    static final String VIEW = "late-answer";
    /** Of what is answered in time. */
    static final String ANSWER = "answer";

    private final Database database;
    private final Outbox outbox;
    private final Directory directory;

    LateAnswers(Database database, Outbox outbox, Directory directory) {
        this.database = database;
        this.outbox = outbox;
        this.directory = directory;
    }

    /**
     * Keeps the answer until it is delivered.
     *
     * @param about
     *            what it answers; the same answer to the same thing is sent once
     * @return false if nobody knows who the user is, or it is a bot, so that there is nowhere to send it
     */
    boolean keep(String user, String about, Rendered message) {
        Optional<Person> person = directory.remembered(user).filter(p -> p.standing() != Standing.BOT);
        person.ifPresent(p -> database.writing(h -> outbox.put(h,
                new Message("answer:" + about + ":" + message.digest().substring(0, 8), new Destination.Person(p.id()),
                        VIEW, Map.of("text", message.text().markup(), "blocks", message.blocks()), Priority.NOTICE))));
        return person.isPresent();
    }

    /**
     * Answers in a direct message, and nowhere else.
     *
     * @param conversation
     *            its id
     * @param about
     *            which message it answers; each is answered once
     */
    void answer(String conversation, String about, Rendered message) {
        database.writing(h -> outbox.put(h,
                new Message("answer:" + about, new Destination.Channel(conversation), ANSWER,
                        Map.of("text", message.text().markup(), "blocks", message.blocks()), Priority.NOTICE)));
    }

    @Override
    public Optional<Rendered> render(JsonNode args) {
        return Optional.of(kept(args, List.of(Blocks.context(ShortAnswers.LATE))));
    }

    /** The view of {@link #ANSWER}. */
    static Optional<Rendered> inTime(JsonNode args) {
        return Optional.of(kept(args, List.of()).kept());
    }

    private static Rendered kept(JsonNode args, List<Map<String, Object>> first) {
        List<Map<String, Object>> blocks = new ArrayList<>(first);
        args.path("blocks").forEach(block -> blocks.add(Json.map(block.toString())));
        return Rendered.of(Mrkdwn.rendered(args.path("text").asText()), blocks);
    }
}
