package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.requests.RequestView;
import dev.steward.terraform.PlanView;
import dev.steward.terraform.RunFailure;
import dev.steward.terraform.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What the thread of a card says: the plan in full, and how the run ended. */
public final class RunThread {
    private static final int PARAGRAPH = 2800;
    private static final int PARAGRAPHS = 4;

    private RunThread() {}

    /** The plan, resource by resource, deletes first; nothing when there is no plan. */
    public static Optional<Rendered> plan(RequestView view) {
        return view.run().plan().map(plan -> {
            Layout message = new Layout();
            message.add(Weight.VITAL, Mrkdwn.of("*Plan of {}* {}", view.run().id().text(),
                    Mrkdwn.code(plan.counts().toString())));
            paragraphs(plan.changes(), RunThread::change).forEach(p -> message.add(Weight.MAJOR, p));
            paragraphs(plan.outputs().stream().filter(RunThread::tells).toList(), RunThread::output)
                    .forEach(p -> message.add(Weight.MINOR, p));
            if (!plan.drift().isEmpty()) {
                message.add(Weight.MINOR, Mrkdwn.of("*Changed outside of Terraform since the last apply*")
                        .line(RequestWords.bounded(plan.drift().stream().limit(20).map(RunThread::change).toList(),
                                1500)));
            }
            return Rendered.of(Mrkdwn.of("Plan of {}: {}", view.run().id().text(), plan.counts().toString()),
                    message.blocks());
        });
    }

    /** How the run ended, with what Terraform said; nothing while it has not ended. */
    public static Optional<Rendered> result(RequestView view) {
        return switch (view.run().state()) {
            case RunState.PlanFailed(RunFailure failure) -> Optional.of(failed(view, "The plan failed", failure));
            case RunState.ApplyFailed(long plan, RunFailure failure) ->
                Optional.of(failed(view, "The apply failed and changed nothing", failure));
            case RunState.Partial(long plan, RunFailure failure) ->
                Optional.of(failed(view, "Applied in part only", failure));
            case RunState.Indeterminate(long plan, RunFailure failure) ->
                Optional.of(failed(view, "Interrupted, and nobody can say yet how much was applied", failure));
            case RunState.Applied state -> Optional.of(applied(view));
            case RunState.NoChanges state -> said(view, "Nothing to change.");
            case RunState.Expired(String why) ->
                said(view, why.isEmpty() ? "Nobody decided in time. Nothing was changed." : "Expired: " + why);
            case RunState.Cancelled state -> said(view, "Cancelled. Nothing was changed.");
            case RunState.Stale(String why) -> said(view, "Out of date: " + why);
            case RunState.Requested state -> Optional.empty();
            case RunState.Planning state -> Optional.empty();
            case RunState.AwaitingApproval state -> Optional.empty();
            case RunState.Approved state -> Optional.empty();
            case RunState.ApplyClaimed state -> Optional.empty();
            case RunState.Applying state -> Optional.empty();
        };
    }

    private static Optional<Rendered> said(RequestView view, String what) {
        return Optional.of(Rendered.paragraph(Mrkdwn.of("*{}*: {}", view.run().id().text(), Mrkdwn.text(what, 1000))));
    }

    private static Rendered applied(RequestView view) {
        Mrkdwn text = Mrkdwn.of("*{}*: Applied.", view.run().id().text());
        Layout message = new Layout().add(Weight.VITAL, text).add(Weight.MAJOR, RequestWords.outputs(view))
                .add(Weight.MAJOR, RequestWords.notes(view));
        return Rendered.of(text, message.blocks());
    }

    private static Rendered failed(RequestView view, String head, RunFailure failure) {
        Mrkdwn text = Mrkdwn.of("*{}*: {}. {}", view.run().id().text(), head, Mrkdwn.text(failure.what(), 1000));
        Layout message = new Layout().add(Weight.VITAL, text);
        failure.details().stream().limit(10)
                .forEach(detail -> message.add(Weight.MAJOR, Mrkdwn.block(detail, 1000)));
        message.add(Weight.MAJOR, RequestWords.mistakes(view.mistakes()));
        return Rendered.of(text, message.blocks());
    }

    private static Mrkdwn change(PlanView.ResourceChange change) {
        Mrkdwn line = Mrkdwn.of("*{}* {}", word(change.action()), Mrkdwn.code(change.address(), 200));
        if (!change.reason().isEmpty()) {
            line = Mrkdwn.of("{} ({})", line, Mrkdwn.text(change.reason(), 100));
        }
        List<PlanView.AttributeChange> told = change.attributes().stream().filter(RunThread::tells).toList();
        List<Mrkdwn> attributes = told.stream().limit(12)
                .map(a -> Mrkdwn.of("    {}: {}{}", Mrkdwn.text(a.name(), 80), arrow(a.before(), a.after()),
                        a.forcesReplacement() ? " (forces the replacement)" : ""))
                .toList();
        line = line.line(Mrkdwn.join("\n", attributes));
        return told.size() > attributes.size()
                ? line.line(Mrkdwn.of("    and {} more", told.size() - attributes.size()))
                : line;
    }

    /** That something new has an id which nobody knows yet helps nobody to decide. */
    private static boolean tells(PlanView.AttributeChange attribute) {
        return !attribute.before().isEmpty() || attribute.forcesReplacement()
                || !attribute.after().equals(PlanView.UNKNOWN);
    }

    private static boolean tells(PlanView.OutputChange output) {
        return !output.before().isEmpty() || !output.after().equals(PlanView.UNKNOWN);
    }

    private static Mrkdwn arrow(String before, String after) {
        return before.isEmpty()
                ? Mrkdwn.code(after, 120)
                : Mrkdwn.of("{} to {}", Mrkdwn.code(before, 120), Mrkdwn.code(after, 120));
    }

    private static String word(PlanView.Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    private static Mrkdwn output(PlanView.OutputChange output) {
        return Mrkdwn.of("output {}: {} {}", Mrkdwn.code(output.name(), 80), word(output.action()),
                arrow(output.before(), output.after()));
    }

    private static <T> List<Mrkdwn> paragraphs(List<T> items, Function<T, Mrkdwn> shown) {
        List<Mrkdwn> paragraphs = new ArrayList<>();
        Mrkdwn open = Mrkdwn.EMPTY;
        for (int i = 0; i < items.size(); i++) {
            Mrkdwn line = shown.apply(items.get(i));
            if (line.length() > PARAGRAPH) {
                line = Mrkdwn.of("(a change too long to show)");
            }
            if (open.length() + line.length() + 1 > PARAGRAPH) {
                paragraphs.add(open);
                open = Mrkdwn.EMPTY;
                if (paragraphs.size() == PARAGRAPHS) {
                    paragraphs.add(Mrkdwn.of("and {} more", items.size() - i));
                    return paragraphs;
                }
            }
            open = open.line(line);
        }
        paragraphs.add(open);
        return paragraphs;
    }
}
