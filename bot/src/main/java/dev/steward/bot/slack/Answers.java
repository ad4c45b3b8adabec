package dev.steward.bot.slack;

import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one person in private: a command or a click on a message where it happened, anything else by direct message. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final SlackApi api;

    Answers(SlackApi api) {
        this.api = api;
    }

    void to(CommandCall call, Rendered message) {
        note(api.respond(call.responseUrl(), ephemeral(message)));
    }

    void to(Click click, Rendered message) {
        if (click.responseUrl().isPresent()) {
            note(api.respond(click.responseUrl().get(), ephemeral(message)));
        } else {
            direct(click.user(), message);
        }
    }

    /** Sends a direct message at once; for what belongs to a moment, not to a request. */
    void direct(String user, Rendered message) {
        Map<String, Object> args = content(message);
        args.put("channel", user);
        args.put("unfurl_links", false);
        note(api.call("chat.postMessage", args));
    }

    /** Logs a bug under a new id and answers what to tell the person. */
    static Rendered bug(String what, RuntimeException bug) {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        LOG.error("error {} in {}", id, what, bug);
        return Rendered.paragraph(Mrkdwn.of("""
                Something went wrong in Steward, and this click or command may have had no effect. Try it again; if it \
                happens again, give the platform team this error id: {}""", Mrkdwn.code(id)));
    }

    /** The body of an answer that only the person sees, beside the message it was about. */
    static Map<String, Object> ephemeral(Rendered message) {
        Map<String, Object> body = content(message);
        body.put("response_type", "ephemeral");
        body.put("replace_original", false);
        return body;
    }

    private static Map<String, Object> content(Rendered message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("text", message.text().markup());
        body.put("blocks", message.blocks());
        return body;
    }

    private static void note(SlackAnswer answer) {
        switch (answer) {
            case SlackAnswer.Ok ok -> {
            }
            case SlackAnswer.Refused refused -> LOG.warn("a private answer was refused: {}", refused.error());
            case SlackAnswer.Limited limited -> LOG.warn("a private answer was not sent: rate limited");
            case SlackAnswer.Lost lost -> LOG.warn("a private answer may not have arrived: {}", lost.why());
        }
    }
}
