package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.views.AlertCard;
import dev.steward.bot.slack.views.DirectMessages;
import dev.steward.bot.slack.views.DutyMessages;
import dev.steward.bot.slack.views.HomeTab;
import dev.steward.bot.slack.views.IncidentActions;
import dev.steward.bot.slack.views.LeaseMessages;
import dev.steward.bot.slack.views.OwnerCard;
import dev.steward.bot.slack.views.PageMessages;
import dev.steward.bot.slack.views.ReviewMessages;
import dev.steward.bot.slack.views.RequestCard;
import dev.steward.database.Database;
import dev.steward.database.Json;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Clicks that decide something. They are stored before Slack is told that they were received, and carried out by a job:
 * a crash between the two loses none. That a click came is noted in the same transaction, so that one which comes again is
 * stored if it was not, and otherwise is not carried out again.
 */
final class StoredClicks {
    static final String KIND = "slack.click";
    private static final Set<String> DECIDING = Set.of(RequestCard.APPROVE, DirectMessages.CANCEL,
            DirectMessages.PLAN_AGAIN, LeaseMessages.END, LeaseMessages.GIVE_BACK, ReviewMessages.CONFIRM,
            ReviewMessages.CONFIRM_ALL,
            ReviewMessages.END, PageMessages.ACKNOWLEDGE, DutyMessages.ACCEPT, DutyMessages.DECLINE, AlertCard.ACK,
            AlertCard.ACK_MINE, AlertCard.SNOOZE, OwnerCard.REMOVE);
    private static final Set<String> OF_INCIDENTS = IncidentActions.DECIDING;

    /** All that is left of the home that somebody clicked on: that it was one. */
    private static final OpenView AT_HOME = new OpenView("", "", HomeTab.CALLBACK, "", Map.of());

    private final Database database;
    private final Jobs jobs;
    private final Received received;

    StoredClicks(Database database, Jobs jobs, Received received) {
        this.database = database;
        this.jobs = jobs;
        this.received = received;
    }

    /** Whether the click decides something by itself, and does not merely open a form. */
    static boolean decides(Click click) {
        String action = click.action().split(":", 2)[0];
        return (DECIDING.contains(action) || OF_INCIDENTS.contains(action))
                && (click.view().isEmpty() || click.atHome());
    }

    void store(Click click) {
        Map<String, Object> args = Map.of("user", click.user(), "action", click.action(), "block", click.block(),
                "value", click.value(), "trigger", click.trigger(), "responseUrl", click.responseUrl().orElse(""),
                "home", click.atHome());
        database.writing(h -> {
            if (received.firstTrigger(h, click.trigger())) {
                jobs.enqueue(h,
                        new Job.Order(KIND + ":" + click.trigger(), KIND, args, Job.Lane.GENERAL, 0, Instant.EPOCH));
            }
        });
    }

    /** The clicks that nobody has begun to carry out. */
    List<Click> waiting() {
        return database.read(h -> h.createQuery("SELECT args FROM job WHERE kind = :kind AND claimed_by IS NULL")
                .bind("kind", KIND).mapTo(String.class).list()).stream().map(args -> of(Json.tree(args))).toList();
    }

    /** The click that a job holds. */
    static Click of(Job job) {
        return of(job.args());
    }

    private static Click of(JsonNode args) {
        return new Click(args.path("user").asText(), args.path("action").asText(), args.path("block").asText(),
                args.path("value").asText(), args.path("trigger").asText(),
                Optional.of(args.path("responseUrl").asText()).filter(url -> !url.isEmpty()),
                args.path("home").asBoolean() ? Optional.of(AT_HOME) : Optional.empty());
    }
}
