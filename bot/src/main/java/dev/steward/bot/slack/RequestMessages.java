package dev.steward.bot.slack;

import dev.steward.access.BreakGlassReviews;
import dev.steward.access.BreakGlassView;
import dev.steward.access.ReviewWaiting;
import dev.steward.access.Reviews;
import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.approvals.ProposalId;
import dev.steward.bot.slack.people.Workspace;
import dev.steward.bot.slack.sending.MessageViews;
import dev.steward.bot.slack.views.DirectMessages;
import dev.steward.bot.slack.views.ExtensionMessages;
import dev.steward.bot.slack.views.LeaseMessages;
import dev.steward.bot.slack.views.Reminders;
import dev.steward.bot.slack.views.RequestCard;
import dev.steward.bot.slack.views.RunThread;
import dev.steward.bot.slack.views.TeamMessages;
import dev.steward.database.Database;
import dev.steward.outbox.Outbox;
import dev.steward.requests.ExtensionView;
import dev.steward.requests.Notices;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestView;
import dev.steward.requests.Requests;
import java.time.Instant;
import java.util.Optional;

/** Renders the outbox's messages about requests from what the rows say when they are sent. */
final class RequestMessages {
    private final Database database;
    private final Requests requests;
    private final Outbox outbox;
    private final Workspace workspace;

    RequestMessages(Database database, Requests requests, Outbox outbox, Workspace workspace) {
        this.database = database;
        this.requests = requests;
        this.outbox = outbox;
        this.workspace = workspace;
    }

    MessageViews register(MessageViews views) {
        return views.with(Notices.CARD, args -> request(args).map(RequestCard::of))
                .with(Notices.REQUESTER, args -> request(args).map(v -> DirectMessages.toRequester(v, card(v))))
                .with(Notices.APPROVER, args -> request(args)
                        .map(v -> DirectMessages.toApprover(v, args.path("person").asLong(), card(v))))
                .with(Notices.PLAN, args -> ofRun(args).flatMap(RunThread::plan))
                .with(Notices.RESULT, args -> ofRun(args).flatMap(RunThread::result))
                .with(Notices.LEASE_WARNING, args -> request(args).flatMap(v -> LeaseMessages.warning(v,
                        Instant.ofEpochMilli(args.path("end").asLong()), card(v))))
                .with(Notices.LEASE_ENDED, args -> request(args).flatMap(v -> LeaseMessages.ended(v, card(v))))
                .with(Notices.LEASE_TROUBLE, args -> request(args).flatMap(v -> LeaseMessages.trouble(v, card(v))))
                .with(Notices.DESERTED, args -> database
                        .read(h -> requests.desertedTeam(h, args.path("team").asText())).map(TeamMessages::deserted))
                .with(Notices.STUCK, args -> request(args).map(v -> TeamMessages.stuck(v, card(v))))
                .with(Notices.REMINDER, args -> request(args).flatMap(
                        v -> Reminders.reminder(v, args.path("person").asLong(), since(args), card(v))))
                .with(Notices.ESCALATION, args -> request(args)
                        .flatMap(v -> Reminders.escalation(v, since(args), card(v))))
                .with(Notices.SUPERSEDED, args -> request(args).flatMap(v -> request(args, "by")
                        .map(by -> DirectMessages.superseded(v, by, args.path("person").asLong(), card(by)))))
                .with(Notices.EXTENSION, args -> extension(args)
                        .map(v -> ExtensionMessages.card(v, request(args).flatMap(this::card))))
                .with(Notices.EXTENSION_DECIDED, args -> extension(args)
                        .flatMap(v -> ExtensionMessages.decided(v, request(args).flatMap(this::card))));
    }

    private static Optional<Instant> since(JsonNode args) {
        return args.has("since") ? Optional.of(Instant.ofEpochMilli(args.path("since").asLong())) : Optional.empty();
    }

    private Optional<ExtensionView> extension(JsonNode args) {
        return database.read(h -> requests.extension(h, new ProposalId(args.path("proposal").asLong())));
    }

    private Optional<RequestView> request(JsonNode args) {
        return request(args, "request");
    }

    private Optional<RequestView> request(JsonNode args, String which) {
        return database.read(h -> requests.view(h, new RequestId(args.path(which).asLong())));
    }

    /** The request while it is still served by the run that the message is about; the thread's later messages tell more. */
    private Optional<RequestView> ofRun(JsonNode args) {
        long run = args.path("run").asLong();
        return request(args).filter(view -> view.run().id().value() == run);
    }

    /** The address of the request's card, once it is posted. */
    Optional<String> card(RequestView view) {
        return posted(Notices.cardKey(view.id()));
    }

    /** The address of the message that asks to let something last longer, once it is posted. */
    Optional<String> wish(ExtensionView view) {
        return posted(Notices.wishKey(view.approval().proposal().id()));
    }

    /** The address of a review's message, once it is posted. */
    Optional<String> review(ReviewWaiting review) {
        return posted(Reviews.messageKey(review.id()));
    }

    /** The address of what its owners were told of access without approval, once it is posted. */
    Optional<String> emergency(BreakGlassView view) {
        return posted(BreakGlassReviews.key(view.request()));
    }

    private Optional<String> posted(String key) {
        return database.read(h -> outbox.posted(h, key))
                .map(posted -> workspace.permalink(posted.channel(), posted.ts()));
    }
}
