package dev.steward.bot.slack.sending;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import java.util.Optional;

/** Tells somebody that a message about their request could not go where it was meant to go. */
final class UndeliverableView implements MessageViews.View {
    static final String NAME = "undeliverable";

    @Override
    public Optional<Rendered> render(JsonNode args) {
        Undeliverable why = Undeliverable.valueOf(args.path("why").asText());
        String fallback = args.path("fallback").asText();
        Mrkdwn went = fallback.isEmpty()
                ? Mrkdwn.of("The message was not posted anywhere else.")
                : Mrkdwn.of("The message went to {} instead.", Mrkdwn.channel(fallback));
        return Optional
                .of(Rendered.paragraph(Mrkdwn.of(
                        "A message about your request could not go to {}: it {}. {} To put that right, {}.",
                        Mrkdwn.channel(args.path("channel").asText()), why.reason(), went, Mrkdwn.of(why.next()))));
    }
}
