package dev.steward.playground.kill;

import java.nio.file.Path;
import java.util.List;

/**
 * A step of a request that leaves a trace. Each is followed at once by something that a kill can prevent. The trace of
 * whatever comes later counts, too, so that a step that was too fast is not waited for.
 */
enum Step {
    /** Before Slack hears "ok", or just after. */
    SUBMITTED("submission stored", Trace.row("TRUE")),
    /** Noted before the post goes out; its answer is not known. */
    POST_BEGUN("post to Slack begun",
            Trace.row("EXISTS (SELECT 1 FROM outbox WHERE uncertain = 1)").or(Trace.message("request:N:requester"))),
    /** The first answer to a post is stored. */
    CARD_POSTED("card posted", Trace.message("request:N:card")),
    /** An attempt is open. */
    PLAN_STARTED("plan started", Trace.row("run.state <> 'requested'")),
    /** {@code terraform init} for the module, half-way. */
    PREPARING("module being prepared",
            Trace.row("run.state NOT IN ('requested', 'planning')").or(Trace.preparing())),
    /** Plan, proposal and what is to be said about them, in one transaction. */
    PLANNED("plan and proposal stored", Trace.row("run.state NOT IN ('requested', 'planning')")),
    /** One who decides has a message. */
    ASKED("approver asked", Trace.message("request:N:approver:%")),
    /** Before Slack hears "ok", or just after. */
    FIRST_CLICK("first click stored", Trace.click().or(Trace.row(Step.DECIDED))),
    /** The first stage is met. */
    FIRST_DECISION("first decision recorded", Trace.row(Step.DECIDED)),
    /** Before Slack hears "ok", or just after. */
    SECOND_CLICK("second click stored", Trace.click().or(Trace.row("run.state <> 'awaiting_approval'"))),
    /** The last stage is met, and the apply is a job. */
    APPROVED("approved", Trace.row("run.state NOT IN ('requested', 'planning', 'awaiting_approval')")),
    /** Before any process is started. */
    CLAIMED("run claimed",
            Trace.row("run.state NOT IN ('requested', 'planning', 'awaiting_approval', 'approved')")),
    /** The launcher's script is there; it may be starting. */
    LAUNCHING("launcher written", Trace.row(Step.LET_THROUGH).or(Trace.file("launch.sh"))),
    /** The launcher has written who runs. */
    SPAWNED("Terraform spawned", Trace.row(Step.LET_THROUGH).or(Trace.file("process"))),
    /** The gate. */
    LOCKED("lock granted", Trace.row(Step.LET_THROUGH)),
    /** Terraform's POST is stored, before it is answered or just after. */
    STATE_STORED("state stored", Trace.row("run.ended_at IS NOT NULL OR EXISTS (SELECT 1 FROM state_version v"
            + " JOIN attempt a ON a.id = v.attempt WHERE a.run = run.id)")),
    /** The launcher has written the exit code. */
    TERRAFORM_ENDED("Terraform ended", Trace.row("run.ended_at IS NOT NULL").or(Trace.file("exit"))),
    /** Stack, entity, owner, ledger and messages, in one transaction. */
    RECORDED("end recorded", Trace.row("run.ended_at IS NOT NULL")),
    /** Everybody has been told. */
    TOLD("end told", Trace.row("run.ended_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outbox)"));

    static final List<Step> PLANNING = List.of(SUBMITTED, POST_BEGUN, CARD_POSTED, PLAN_STARTED, PREPARING, PLANNED,
            ASKED);
    static final List<Step> DECIDING = List.of(FIRST_CLICK, FIRST_DECISION);
    static final List<Step> APPLYING = List.of(SECOND_CLICK, APPROVED, CLAIMED, LAUNCHING, SPAWNED, LOCKED,
            STATE_STORED, TERRAFORM_ENDED, RECORDED, TOLD);

    private static final String DECIDED = "EXISTS (SELECT 1 FROM proposal p JOIN decision d ON d.proposal = p.id"
            + " WHERE p.subject = 'RUN-' || run.id)";
    private static final String LET_THROUGH = "run.state = 'applying' OR run.ended_at IS NOT NULL";

    private final String label;
    @SuppressWarnings("ImmutableEnumChecker") // a trace holds no state
    private final Trace trace;

    Step(String label, Trace trace) {
        this.label = label;
        this.trace = trace;
    }

    String label() {
        return label;
    }

    /** Whether the service's request has come to this step, or past it. */
    boolean reached(Eye eye, String name, Path home) {
        return trace.left(eye, name, home);
    }
}
