package dev.steward.bot.slack.sending;

import dev.steward.database.Database;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of a message that was tried, as the outbox records it: sent, put off, given up. */
final class Fate {
    private static final Logger LOG = LoggerFactory.getLogger(Fate.class);
    /** Between two tries of one message that Slack did not answer. */
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);
    /** Between two tries while an admin has to put something right. */
    private static final Duration UNTIL_ADMINISTERED = Duration.ofMinutes(5);
    /** What is wrong with the app, not with the message: an admin can put it right, so the message waits. */
    private static final Set<String> APP_TROUBLE = Set.of("invalid_auth", "not_authed", "account_inactive",
            "token_revoked", "token_expired", "missing_scope", "access_denied", "org_login_required",
            "app_access_restricted", "team_access_not_granted", "two_factor_setup_required", "deprecated_endpoint");

    private final Database database;
    private final Outbox outbox;

    Fate(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    void sent(Message.Due due, Message.Posted posted) {
        database.writing(h -> outbox.sent(h, due, posted));
    }

    /** Nothing had to be sent. */
    void settled(Message.Due due) {
        database.writing(h -> outbox.settle(h, due));
    }

    void waitBehind(Message.Due due, String place) {
        database.writing(h -> outbox.waitBehind(h, due, place));
    }

    void limited(Message.Due due, String place) {
        database.writing(h -> outbox.limited(h, due, place));
    }

    /** Slack refused it: it waits where that can be put right, and is given up otherwise. */
    void refused(Message.Due due, String method, String error) {
        if (APP_TROUBLE.contains(error)) {
            LOG.error("{} was refused with {}: check the token, its scopes and the installation", method, error);
            retry(due, UNTIL_ADMINISTERED, false, method + ": " + error);
        } else {
            LOG.error("{} of {} was refused with {}: giving the message up", method, due.key(), error);
            giveUp(due, method + ": " + error);
        }
    }

    void giveUp(Message.Due due, String why) {
        LOG.warn("message {} cannot be delivered: {}", due.key(), why);
        database.writing(h -> outbox.giveUp(h, due, why));
    }

    /** It goes again after a pause that grows with the number of tries. */
    void retry(Message.Due due, boolean uncertain, String why) {
        Duration backOff = Duration.ofSeconds(1L << Math.min(due.attempts(), 9));
        retry(due, backOff.compareTo(LONGEST_BACK_OFF) < 0 ? backOff : LONGEST_BACK_OFF, uncertain, why);
    }

    void retry(Message.Due due, Duration wait, boolean uncertain, String why) {
        LOG.info("message {} goes again in {} ms: {}", due.key(), wait.toMillis(), why);
        database.writing(h -> outbox.retry(h, due, wait, uncertain, why));
    }
}
