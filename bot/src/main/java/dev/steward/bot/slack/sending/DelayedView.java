package dev.steward.bot.slack.sending;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.database.Database;
import dev.steward.outbox.Outbox;
import java.time.Instant;
import java.util.Optional;

/** Tells somebody that a message about their request is delayed; nothing any more once that message is posted. */
final class DelayedView implements MessageViews.View {
    static final String NAME = "delayed";

    private final Database database;
    private final Outbox outbox;

    DelayedView(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    @Override
    public Optional<Rendered> render(JsonNode args) {
        String key = args.path("key").asText();
        if (database.read(h -> outbox.posted(h, key)).isPresent()) {
            return Optional.empty();
        }
        Mrkdwn channel = Mrkdwn.channel(args.path("channel").asText());
        Mrkdwn why = args.has("until")
                ? Mrkdwn.of("Slack asked Steward to slow down there until {}",
                        Mrkdwn.when(Instant.ofEpochMilli(args.path("until").asLong())))
                : Mrkdwn.of("Slack does not take it at the moment, and Steward keeps trying");
        return Optional.of(Rendered.paragraph(Mrkdwn.of(
                "The message about your request in {} is delayed: {}. Your request is stored, and nothing is lost.",
                channel, why).line(Mrkdwn.rendered(args.path("about").asText()))));
    }
}
