package dev.steward.requests;

import dev.steward.catalog.Person;
import dev.steward.catalog.Principal;
import dev.steward.catalog.Teams;
import dev.steward.database.Json;
import dev.steward.definitions.ExpressionFailure;
import dev.steward.definitions.Workflow;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import dev.steward.outbox.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reminds those for whom a plan waits, and in the end tells somebody else, as the workflow says today. It looks at current
 * rows each time: what came due while Steward was down is done once, not as often as it was missed.
 */
final class Reminding implements Job.Handler {
    static final String JOB = "approval.remind";
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Reminding.class);

    private final RequestParts parts;
    private final RequestStore requests;
    private final Recording recording;
    private final Notices notices;

    Reminding(RequestParts parts, RequestStore requests, Recording recording, Notices notices) {
        this.parts = parts;
        this.requests = requests;
        this.recording = recording;
        this.notices = notices;
    }

    static Job.Order job() {
        return Job.Order.now(JOB, JOB, Map.of(), Job.Lane.GENERAL);
    }

    /** What is to be done about a stage now. */
    private record Due(Request request, Workflow workflow, boolean remind, Optional<Workflow.Escalation> escalation) {
        boolean any() {
            return remind || escalation.isPresent();
        }
    }

    @Override
    public Job.Outcome run(Job job) {
        look();
        return new Job.Outcome.Again(EVERY);
    }

    /** Looks after all that waits; each is a transaction of its own. */
    void look() {
        for (Nudges.Waiting waiting : parts.store().database().read(h -> Nudges.all(h, now()))) {
            try {
                look(waiting);
            } catch (IllegalStateException e) {
                LOG.error("{} could not be looked after; the others are", waiting.proposal().text(), e);
            }
        }
    }

    private Instant now() {
        return parts.store().clock().instant();
    }

    private void look(Nudges.Waiting seen) {
        if (parts.store().database().read(h -> due(h, seen)).filter(Due::any).isPresent()) {
            parts.store().database().writing(h -> Nudges.find(h, seen.proposal(), now())
                    .ifPresent(waiting -> due(h, waiting).ifPresent(due -> act(h, waiting, due))));
        }
    }

    private Optional<Due> due(Handle handle, Nudges.Waiting waiting) {
        Request request = requests.byId(handle,
                new RequestId(parts.store().runs().runs().byText(handle, waiting.run()).request()));
        Instant last = waiting.reminded().orElse(waiting.since());
        return Optional.ofNullable(parts.rules().workflows().get(request.workflow())).map(workflow -> {
            Workflow.Impatience impatience = workflow.approval().impatience();
            return new Due(request, workflow,
                    impatience.remindEvery().filter(every -> !now().isBefore(last.plus(every))).isPresent(),
                    impatience.escalation().filter(_ -> waiting.escalated().isEmpty())
                            .filter(escalation -> !now().isBefore(waiting.since().plus(escalation.after()))));
        });
    }

    private void act(Handle handle, Nudges.Waiting waiting, Due due) {
        if (due.remind()) {
            remind(handle, waiting, due.request());
        }
        due.escalation().ifPresent(escalation -> escalate(handle, waiting, due, escalation));
    }

    private void remind(Handle handle, Nudges.Waiting waiting, Request request) {
        List<Long> people = parts.approvals().waitingFor(handle, waiting.proposal()).stream().map(Person::id).toList();
        if (people.isEmpty()) {
            return; // who is in the team is not known at the moment, or nobody is: that is told otherwise
        }
        Nudges.reminded(handle, waiting, now());
        notices.remind(handle, request, waiting, people);
        parts.store().ledger().append(handle, Actor.STEWARD, "proposal.remind", waiting.run(),
                Map.of("proposal", waiting.proposal().value(), "stage", waiting.stage(), "to", people));
    }

    private void escalate(Handle handle, Nudges.Waiting waiting, Due due, Workflow.Escalation escalation) {
        Request request = due.request();
        Principal to = to(handle, due, escalation);
        Set<Long> people = parts.catalog().teams().eligible(handle, to, now());
        people.remove(request.requester());
        if (people.isEmpty()) {
            return;
        }
        Nudges.escalated(handle, waiting, now());
        notices.escalate(handle, request, waiting, people);
        parts.store().runs().runs().annotate(handle, request.run(), "notes",
                Json.toTree(List.of("Nobody decided in time, so " + Teams.describe(to) + " was told.")));
        parts.store().ledger().append(handle, Actor.STEWARD, "proposal.escalate", waiting.run(),
                Map.of("proposal", waiting.proposal().value(), "stage", waiting.stage(), "to", List.copyOf(people)));
        notices.changed(handle, request, Priority.NOTICE);
    }

    /** Whoever cannot be told from the answers is the platform team. */
    private Principal to(Handle handle, Due due, Workflow.Escalation escalation) {
        try {
            return escalation.to().principal(recording.facts(handle, due.workflow(), due.request()));
        } catch (ExpressionFailure e) {
            LOG.warn("{}: it cannot be told whom `escalate` of {} means: {}", due.request().id().text(),
                    due.workflow().name(), e.getMessage());
            return Principal.team(parts.rules().platformTeam());
        }
    }
}
