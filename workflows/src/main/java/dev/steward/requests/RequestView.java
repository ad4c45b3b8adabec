package dev.steward.requests;

import dev.steward.approvals.Proposal;
import dev.steward.catalog.Person;
import dev.steward.terraform.PlanView;
import dev.steward.terraform.Progress;
import dev.steward.terraform.RunId;
import dev.steward.terraform.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to see of a request: everything that cards, messages and the console show, read in one snapshot and
 * safe to be shown.
 *
 * @param title
 *            of the workflow
 * @param subject
 *            what it is about
 * @param answers
 *            what was answered, in the form's order; secrets are masked
 * @param model
 *            name of the operating model, where it is known
 * @param mistakes
 *            answers that the plan failed on, in the form's order
 * @param approval
 *            the proposal on the current plan, once there is one
 * @param origin
 *            the request whose stack this one ends; empty for one that makes something
 * @param lease
 *            what it made or is to make, where that ends by itself; of the origin, for a request that ends it
 * @param circumstances
 *            what is unusual about it
 */
public record RequestView(RequestId id, String workflow, String title, Person requester, String subject,
        String channel, RequestState state, List<Answer> answers, Optional<String> model, RunView run,
        List<Mistake> mistakes, Optional<Approval> approval, Optional<RequestId> origin, Optional<LeaseView> lease,
        Instant createdAt, Circumstances circumstances) {

    public RequestView {
        answers = List.copyOf(answers);
        mistakes = List.copyOf(mistakes);
    }

    /** One with nothing unusual about it. */
    public RequestView(RequestId id, String workflow, String title, Person requester, String subject, String channel,
            RequestState state, List<Answer> answers, Optional<String> model, RunView run, List<Mistake> mistakes,
            Optional<Approval> approval, Optional<RequestId> origin, Optional<LeaseView> lease, Instant createdAt) {
        this(id, workflow, title, requester, subject, channel, state, answers, model, run, mistakes, approval, origin,
                lease, createdAt, Circumstances.USUAL);
    }

    /**
     * What is unusual about a request.
     *
     * @param removes
     *            the request that made what this one is to take away, because a person asks for that
     * @param incident
     *            row of the incident that it is for
     * @param frozenBy
     *            row of the incident that keeps its apply waiting
     * @param change
     *            what it makes different, for one that changes what is there
     */
    public record Circumstances(Optional<RequestId> removes, Optional<Long> incident, Optional<Long> frozenBy,
            Optional<Change> change) {
        /** There is nothing unusual about it. */
        public static final Circumstances USUAL = new Circumstances(Optional.empty(), Optional.empty(),
                Optional.empty());

        /** Of one that changes nothing that is there. */
        public Circumstances(Optional<RequestId> removes, Optional<Long> incident, Optional<Long> frozenBy) {
            this(removes, incident, frozenBy, Optional.empty());
        }
    }

    /**
     * What a request makes different.
     *
     * @param origin
     *            the request that made what it changes
     * @param back
     *            what it undoes and goes back to
     * @param undone
     *            later changes that it undoes as well
     * @param differences
     *            answers that are not what they were, in the form's order
     */
    public record Change(RequestId origin, Optional<Request.Back> back, List<RequestId> undone,
            List<Difference> differences) {
        public Change {
            undone = List.copyOf(undone);
            differences = List.copyOf(differences);
        }
    }

    /**
     * An answer that is not what it was.
     *
     * @param from
     *            what it was; empty where there was none, and of a secret
     * @param to
     *            what it is to be; empty where there is none, and of a secret
     */
    public record Difference(String label, String from, String to, boolean secret) {}

    /** One answer, by the form's label. */
    public record Answer(String label, String value) {}

    /**
     * An answer that the plan failed on.
     *
     * @param field
     *            name of the form's field
     * @param label
     *            what people know the field by
     * @param message
     *            what is wrong with the answer
     */
    public record Mistake(String field, String label, String message) {}

    /**
     * The run that serves the request now.
     *
     * @param plan
     *            what it would do, once it is known
     * @param progress
     *            how far the apply is
     * @param warnings
     *            what the guard rails warn of
     * @param outputs
     *            the outputs that are not secret
     * @param notes
     *            what could not be recorded
     * @param earlier
     *            why the run before this one no longer fitted
     * @param trouble
     *            what stands in the way of planning or applying it for the moment
     * @param cancelling
     *            whether somebody asked for it to be stopped
     */
    public record RunView(RunId id, RunState state, Optional<PlanView> plan, Optional<Progress> progress,
            List<String> warnings, Map<String, String> outputs, List<String> notes, Optional<String> earlier,
            Optional<String> trouble, boolean cancelling, Instant updatedAt) {}

    /**
     * The decisions on the plan.
     *
     * @param waitingFor
     *            who may sign now
     * @param nobodyCan
     *            too few people may sign for the stage ever to be met
     */
    public record Approval(Proposal proposal, List<Person> waitingFor, boolean nobodyCan) {
        public Approval {
            waitingFor = List.copyOf(waitingFor);
        }
    }
}
