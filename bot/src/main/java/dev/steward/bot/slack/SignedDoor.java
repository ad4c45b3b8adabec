package dev.steward.bot.slack;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door for what comes over HTTP: lets in what Slack has signed, and nothing else. Signatures are checked here and not
 * by Bolt's own middleware, which would accept a timestamp from the future.
 */
final class SignedDoor implements SlackEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(SignedDoor.class);

    private final SlackSignature signature;
    private final SlackEndpoint inside;

    SignedDoor(SlackSignature signature, SlackEndpoint inside) {
        this.signature = signature;
        this.inside = inside;
    }

    @Override
    public SlackReply answer(SlackCall call) {
        var problem = signature.problem(call);
        if (problem.isPresent()) {
            LOG.warn("refused a request: {}", problem.get());
            return SlackReply.text(401, problem.get());
        }
        return inside.answer(call);
    }
}
