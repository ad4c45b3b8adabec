package dev.steward.bot.slack;

import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.views.Modals;
import dev.steward.bot.slack.views.ShortAnswers;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one person in private: a command, a question or a click on a message where it happened, a click at home in a
 * modal, anything else by direct message. An answer that Slack does not take goes out by direct message, as soon as it can.
 */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final SlackApi api;
    private final LateAnswers late;

    Answers(SlackApi api, LateAnswers late) {
        this.api = api;
        this.late = late;
    }

    void to(CommandCall call, Rendered message) {
        note(api.respond(call.responseUrl(), ephemeral(message)), call.user(), call.trigger(), message);
    }

    void to(Click click, Rendered message) {
        SlackAnswer answer = click.responseUrl().map(url -> api.respond(url, ephemeral(message)))
                .orElseGet(() -> click.atHome() ? beside(click, message) : direct(click.user(), message));
        note(answer, click.user(), click.trigger(), message);
    }

    void to(Shortcut shortcut, Rendered message) {
        SlackAnswer answer = shortcut.responseUrl().map(url -> api.respond(url, ephemeral(message)))
                .orElseGet(() -> direct(shortcut.user(), message));
        note(answer, shortcut.user(), shortcut.trigger(), message);
    }

    /** Where nobody reads along, the answer stands in the conversation, once for each message that asks. */
    void to(Asked asked, Rendered message) {
        if (asked.direct()) {
            late.answer(asked.channel(), asked.message(), message);
            return;
        }
        Map<String, Object> args = content(message);
        args.put("channel", asked.channel());
        args.put("user", asked.user());
        asked.thread().ifPresent(ts -> args.put("thread_ts", ts));
        note(api.call("chat.postEphemeral", args), asked.user(), asked.message(), message);
    }

    /** At home there is no message to answer beside: the answer is a modal, while the click may still open one. */
    private SlackAnswer beside(Click click, Rendered message) {
        SlackAnswer opened = api.call("views.open",
                Map.of("trigger_id", click.trigger(), "view", Modals.notice("Steward", message.text())));
        return opened instanceof SlackAnswer.Ok ? opened : direct(click.user(), message);
    }

    /** Sends a direct message at once; for what belongs to a moment, not to a request. */
    private SlackAnswer direct(String user, Rendered message) {
        Map<String, Object> args = content(message);
        args.put("channel", user);
        args.put("unfurl_links", false);
        return api.call("chat.postMessage", args);
    }

    /** Logs a bug under a new id and answers what to tell the person. */
    static Rendered bug(String what, RuntimeException bug) {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        LOG.error("error {} in {}", id, what, bug);
        return ShortAnswers.bug(id);
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

    private void note(SlackAnswer answer, String user, String about, Rendered message) {
        String problem = switch (answer) {
            case SlackAnswer.Ok ok -> "";
            case SlackAnswer.Refused refused -> "was refused: " + refused.error();
            case SlackAnswer.Limited limited -> "was not sent: rate limited";
            case SlackAnswer.Lost lost -> "may not have arrived: " + lost.why();
        };
        if (!problem.isEmpty()) {
            boolean kept = late.keep(user, about, message);
            LOG.warn("a private answer {}; {}", problem,
                    kept ? "it goes out as a direct message" : "nobody knows who to tell instead");
        }
    }
}
