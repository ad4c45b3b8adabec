package dev.steward.bot.slack.views;

import dev.steward.approvals.DecisionOutcome;
import dev.steward.approvals.Proposal;
import dev.steward.approvals.ProposalState;
import dev.steward.approvals.Stage;
import dev.steward.approvals.Verdict;
import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Mrkdwn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What somebody is told who clicked Approve or Reject, and the modals in between. */
public final class DecisionWords {
    /** Callback id of the modal that asks for a reason. */
    public static final String REJECT_MODAL = "reject";
    /** Block id of the reason. */
    public static final String REASON = "reason";
    /** Callback id of the modal that asks for the number of deletes. */
    public static final String DELETES_MODAL = "approve-deletes";
    /** Block id of that number. */
    public static final String DELETES = "deletes";

    private static final int NAMES = 10;
    /** The kind of proposal whose effect is a plan. */
    private static final String PLAN = "plan";

    private DecisionWords() {}

    /** What came of the click. */
    public static Mrkdwn of(DecisionOutcome outcome) {
        return switch (outcome) {
            case DecisionOutcome.Counted counted -> Mrkdwn.of("Your approval counts: {} has {} of {} approvals.",
                    stage(counted.stage()), counted.have(), counted.need());
            case DecisionOutcome.StageMet met ->
                Mrkdwn.of("Your approval counts: {} is approved, and {} is asked next.",
                        stage(met.met()), stage(met.next()));
            case DecisionOutcome.Approved(Proposal proposal) -> proposal.terms().kind().equals(PLAN)
                    ? Mrkdwn.of("Your approval was the last one needed. Steward applies exactly this plan, once.")
                    : Mrkdwn.of("Your approval was the last one needed. The message says what came of it.");
            case DecisionOutcome.Rejected rejected -> Mrkdwn.of("You rejected it. The requester sees your reason.");
            case DecisionOutcome.NotFound notFound -> refused(Mrkdwn.of("there is no such proposal"));
            case DecisionOutcome.AlreadyEnded ended -> refused(ended(ended.how()));
            case DecisionOutcome.OtherDigest other -> refused(Mrkdwn
                    .of("""
                            the plan has changed since this was shown. Look at the card again, and decide on what it shows now"""));
            case DecisionOutcome.Expired expired -> refused(
                    Mrkdwn.of("its time ran out {}. It can be requested again", Mrkdwn.when(expired.at())));
            case DecisionOutcome.IsRequester own -> refused(
                    Mrkdwn.of("you asked for it, and nobody decides on their own request"));
            case DecisionOutcome.MayNotAct may -> refused(
                    Mrkdwn.of("you are {}, and only members of this workspace decide", may.standing().words()));
            case DecisionOutcome.NotAnApprover(Stage stage, List<String> waitsFor) -> refused(waitsFor.isEmpty()
                    ? Mrkdwn.of(
                            "nobody may decide on {} at the moment. Ask the platform team to check who is in that team",
                            stage(stage))
                    : Mrkdwn.of("{} is for others to decide: {}", stage(stage), people(waitsFor)));
            case DecisionOutcome.AlreadySigned signed -> refused(
                    Mrkdwn.of("you {} it already, {}, for {}; each person decides once",
                            signed.verdict() == Verdict.APPROVE ? "approved" : "rejected", Mrkdwn.when(signed.at()),
                            stage(signed.stage())));
            case DecisionOutcome.ReasonMissing missing -> refused(
                    Mrkdwn.of("a rejection needs a reason. Click *Reject* again, and write one"));
        };
    }

    private static Mrkdwn refused(Mrkdwn why) {
        return Mrkdwn.of("Your click changed nothing: {}.", why);
    }

    private static Mrkdwn ended(ProposalState how) {
        Mrkdwn by = how.endedBy().map(who -> Mrkdwn.of(" by {}", Mrkdwn.text(who.name(), 60))).orElse(Mrkdwn.EMPTY);
        Mrkdwn at = how.endedAt().map(when -> Mrkdwn.of(", {}", Mrkdwn.when(when))).orElse(Mrkdwn.EMPTY);
        return Mrkdwn.of("it was {}{}{}", how.words(), by, at);
    }

    private static Mrkdwn stage(Stage stage) {
        return Mrkdwn.of("*{}*", Mrkdwn.text(stage.name(), 75));
    }

    private static Mrkdwn people(List<String> names) {
        Mrkdwn listed = Mrkdwn.join(", ", names.stream().limit(NAMES).map(name -> Mrkdwn.text(name, 60)).toList());
        return names.size() > NAMES ? Mrkdwn.of("{}, and {} more", listed, names.size() - NAMES) : listed;
    }

    /** The modal that asks why. */
    public static Map<String, Object> rejectModal(String value, String what) {
        Map<String, Object> element = new LinkedHashMap<>();
        element.put("type", "plain_text_input");
        element.put("action_id", REASON);
        element.put("multiline", true);
        element.put("max_length", 1000);
        element.put("focus_on_load", true);
        return Modals.form(REJECT_MODAL, value, "Reject", "Reject",
                List.of(Blocks.section(Mrkdwn.of("Reject {}", Mrkdwn.text(what, 200))),
                        input(REASON, "Reason", "The requester and the channel see it.", element)));
    }

    /** The modal that asks for the number of deletes, when they are too many to be named. */
    public static Map<String, Object> deletesModal(String value, String what, int deletes) {
        Map<String, Object> element = new LinkedHashMap<>();
        element.put("type", "plain_text_input");
        element.put("action_id", DELETES);
        element.put("max_length", 10);
        element.put("focus_on_load", true);
        return Modals.form(DELETES_MODAL, value, "Approve", "Approve",
                List.of(Blocks.section(Mrkdwn.of("{} deletes *{}* resources; the thread names them.",
                        Mrkdwn.text(what, 200), deletes)),
                        input(DELETES, "How many does it delete?", "Type the number to approve that.", element)));
    }

    private static Map<String, Object> input(String block, String label, String hint, Map<String, Object> element) {
        return Map.of("type", "input", "block_id", block, "label", Blocks.plain(label, 150), "hint",
                Blocks.plain(hint, 150), "element", element);
    }
}
