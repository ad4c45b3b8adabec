package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.incidents.Change;
import dev.steward.incidents.Changes;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.IncidentView;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What Steward changed before an incident: the nearest first. */
public final class IncidentChanges {
    private static final int SHOWN = 12;
    private static final int DAY = 24;
    /** The times back that there are buttons for, in hours. */
    private static final List<Integer> WINDOWS = List.of(DAY, 3 * DAY, 7 * DAY);

    private IncidentChanges() {}

    /**
     * How far back was looked.
     *
     * @param shared
     *            whether it stands in the channel, where looking further back changes it for all
     */
    public record Window(int hours, boolean shared) {}

    /**
     * What changed.
     *
     * @param names
     *            what the commands are called
     * @param card
     *            the address of a request's card, once it is posted
     */
    public static Rendered of(IncidentView view, Changes changes, Window window, CommandNames names,
            Function<RequestId, Optional<String>> card) {
        int hours = window.hours();
        Mrkdwn head = head(view, changes, hours, names);
        Layout message = new Layout().add(Weight.VITAL, head);
        changes.nearest().stream().limit(SHOWN).forEach(change -> message.add(Weight.MAJOR,
                change.revertible()
                        ? Blocks.section(line(change, card), revert(view.incident(), change))
                        : Blocks.section(line(change, card))));
        int more = changes.total() - Math.min(SHOWN, changes.nearest().size());
        if (more > 0) {
            message.add(Weight.VITAL, Blocks.context(Mrkdwn.of("""
                    and {} more, farther away or older. {} lists the last changes of one thing, {} those of a shorter \
                    time.""", more, names.of("owner NAME"), names.of("incident changes 3h"))));
        }
        if (view.entity().isPresent()) {
            message.add(Weight.VITAL, Blocks.actions("changes:" + view.incident().id().value(),
                    windows(view.incident(), window)));
        }
        return Rendered.of(head, message.blocks());
    }

    private static Mrkdwn head(IncidentView view, Changes changes, int hours, CommandNames names) {
        if (view.entity().isEmpty()) {
            return Mrkdwn.of("*What changed before?* Say what this is on, and Steward shows it: {}",
                    names.of("incident service checkout"));
        }
        Mrkdwn on = Mrkdwn.code(view.entity().get().name(), 100);
        return changes.total() == 0
                ? Mrkdwn.of("*Nothing changed* through Steward on {} and what it needs, in the {} before.", on,
                        window(hours))
                : Mrkdwn.of("*What changed* on {} and what it needs, in the {} before. The nearest first.", on,
                        window(hours));
    }

    private static String window(int hours) {
        return hours <= DAY || hours % DAY != 0 ? hours + " hours" : hours / DAY + " days";
    }

    private static Mrkdwn line(Change change, Function<RequestId, Optional<String>> card) {
        String request = change.request().text();
        Mrkdwn link = card.apply(change.request()).map(url -> Mrkdwn.link(url, request)).orElse(Mrkdwn.text(request));
        Mrkdwn where = distance(Mrkdwn.code(change.entity().name(), 100), change.distance());
        Mrkdwn approved = change.approvers().isEmpty()
                ? Mrkdwn.EMPTY
                : Mrkdwn.of(", approved by {}", Mrkdwn.text(String.join(", ", change.approvers()), 150));
        return Mrkdwn.of("{}: *{}* {}, {}", where, Mrkdwn.text(change.title(), 120), Mrkdwn.text(change.what(), 200),
                Mrkdwn.text(change.outcome(), 100))
                .line(Mrkdwn.of("{}, {}, asked by {}{}", Mrkdwn.when(change.at()), link,
                        Mrkdwn.text(change.requester(), 60), approved))
                .line(change.reverting().map(by -> Mrkdwn.of("_Being reverted: {}_", Mrkdwn.text(by, 60)))
                        .orElse(Mrkdwn.EMPTY));
    }

    private static Mrkdwn distance(Mrkdwn name, int distance) {
        return switch (distance) {
            case 0 -> name;
            case 1 -> Mrkdwn.of("{} (needed by it)", name);
            default -> Mrkdwn.of("{} ({} steps away)", name, distance);
        };
    }

    private static Map<String, Object> revert(Incident incident, Change change) {
        return Blocks.confirmed(
                IncidentWords.button(IncidentActions.REVERT + ":" + change.request().value(), incident,
                        Long.toString(change.request().value()), "Propose revert",
                        "Propose to revert " + change.request().text()),
                "Propose to revert " + change.request().text() + "?",
                "Steward plans to undo it: what this request made is removed, what it changed goes back. The usual"
                        + " approvers decide; nothing changes before.",
                "Propose", "Leave it");
    }

    /**
     * To whoever proposes a revert, for them alone: a change that waits would be withdrawn for it.
     *
     * @param change
     *            what is to be reverted
     */
    public static Rendered inTheWay(IncidentId incident, RequestId change, RequestView pending) {
        Mrkdwn head = Mrkdwn.of("*Not proposed yet*: {} waits, and only one thing at a time can be asked of it.",
                RequestWords.name(pending));
        Mrkdwn next = Mrkdwn.of(
                "To make room for the revert it is withdrawn, not applied, and {}{} are told.",
                RequestWords.asker(pending), pending.approval().map(RequestView.Approval::waitingFor)
                        .filter(people -> !people.isEmpty()).map(people -> Mrkdwn.of(" and whoever was to decide"))
                        .orElse(Mrkdwn.EMPTY));
        String value = incident.value() + ":" + change.value() + ":" + pending.id().value();
        return Rendered.of(head, new Layout().add(Weight.VITAL, head.line(next))
                .add(Weight.VITAL, Blocks.actions("revert:" + pending.id().value(), List.of(Blocks.styled(
                        Blocks.button(IncidentActions.REVERT + ":instead", value, "Withdraw it and propose",
                                "Withdraw " + pending.id().text() + " and propose to revert " + change.text()),
                        "danger"))))
                .blocks());
    }

    private static List<Map<String, Object>> windows(Incident incident, Window shown) {
        List<Map<String, Object>> row = new ArrayList<>();
        WINDOWS.stream().filter(window -> window != shown.hours()).forEach(window -> row.add(IncidentWords.button(
                IncidentActions.BACK + ":" + window, incident, window + (shown.shared() ? ":all" : ""),
                "Last " + window(window), "Show the last " + window(window))));
        return row;
    }
}
