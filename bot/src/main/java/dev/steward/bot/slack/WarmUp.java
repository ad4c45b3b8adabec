package dev.steward.bot.slack;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that Slack never makes and that do nothing. They are handled like Slack's before the start is over, so that the
 * first person, who has a trigger of 3 s, does not wait until Bolt's classes are loaded.
 */
final class WarmUp {
    /** Theirs, which is noted before they come: what came already is acknowledged, and nothing else. */
    static final String TRIGGER = "warm-up";

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    /** Ten of each: all classes are loaded then. More cost the start half a second and made no call quicker. */
    private static final int MOST_CALLS = 40;
    private static final Duration LONGEST = Duration.ofMillis(700);
    private static final SlackCall COMMAND = call("command=%2Fwarm-up&text=&user_id=U0&channel_id=C0&team_id=T0"
            + "&api_app_id=A0&token=t&response_url=http%3A%2F%2Flocalhost%2F&trigger_id=" + TRIGGER);
    private static final String CLICK = """
            {"type":"block_actions","user":{"id":"U0","team_id":"T0"},"team":{"id":"T0"},"api_app_id":"A0","token":"t",
             "trigger_id":"warm-up","response_url":"http://localhost/","channel":{"id":"C0","name":"general"},
             "container":{"type":"message","message_ts":"1.1","channel_id":"C0","is_ephemeral":false},
             "message":{"type":"message","ts":"1.1","text":"Warm","blocks":[
               {"type":"header","block_id":"a","text":{"type":"plain_text","text":"Warm"}},
               {"type":"section","block_id":"b","text":{"type":"mrkdwn","text":"Warm"},
                "fields":[{"type":"mrkdwn","text":"Warm"}]},
               {"type":"context","block_id":"c","elements":[{"type":"mrkdwn","text":"Warm"}]},
               {"type":"divider","block_id":"d"},
               {"type":"actions","block_id":"e","elements":[{"type":"button","action_id":"approve","value":"1",
                "text":{"type":"plain_text","text":"Warm"}}]}]},
             "state":{"values":{}},
             "actions":[{"type":"button","action_id":"approve","block_id":"e","value":"1","action_ts":"1.1",
               "text":{"type":"plain_text","text":"Warm"}}]}""";
    /** A click that Bolt reads, and one that decides. */
    private static final List<SlackCall> CALLS = List.of(COMMAND, click(CLICK.replace("approve", "look")), COMMAND,
            click(CLICK));

    private WarmUp() {}

    /** Has the calls handled, until that is quick or has taken long enough. */
    static void with(Function<SlackCall, SlackReply> handler) {
        long until = System.nanoTime() + LONGEST.toNanos();
        for (int i = 0; i < MOST_CALLS && System.nanoTime() < until; i++) {
            SlackReply reply = handler.apply(CALLS.get(i % CALLS.size()));
            if (reply.status() != 200) {
                LOG.warn("warming up was answered with status {}", reply.status());
                return;
            }
        }
    }

    private static SlackCall click(String payload) {
        return call("payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8));
    }

    private static SlackCall call(String body) {
        return new SlackCall(Map.of(), body.getBytes(StandardCharsets.US_ASCII));
    }
}
