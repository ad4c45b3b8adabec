package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Link;
import dev.steward.catalog.Ownership;
import dev.steward.catalog.Team;
import dev.steward.incidents.Incident;
import dev.steward.requests.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The private answer to {@code /owner}. */
public final class OwnerCard {
    /** Action id of the button that asks to remove it; its value is the number of the request that it stands by. */
    public static final String REMOVE = "remove";

    private static final int NAMED = 15;

    private OwnerCard() {}

    /** Who owns it, for somebody who may ask for nothing there. */
    public static Rendered of(String asked, Ownership ownership) {
        return of(asked, ownership, Reader.NOBODY);
    }

    /**
     * What the reader may do, and may see besides.
     *
     * @param askable
     *            whether they may ask for access to it
     * @param declares
     *            whether they may declare an incident on it
     * @param incidents
     *            those that are open on it
     * @param changeable
     *            the request whose answers hold for it, where they may change it
     */
    public record Reader(boolean askable, boolean declares, List<Incident> incidents,
            Optional<RequestId> changeable) {
        /** Somebody who may do nothing here. */
        public static final Reader NOBODY = new Reader(false, false, List.of());

        /** Somebody who may not change it. */
        public Reader(boolean askable, boolean declares, List<Incident> incidents) {
            this(askable, declares, incidents, Optional.empty());
        }
    }

    /**
     * Who owns it.
     *
     * @param asked
     *            the name that was typed
     * @param reader
     *            who asked
     */
    public static Rendered of(String asked, Ownership ownership, Reader reader) {
        return of(asked, ownership, reader, Mrkdwn.EMPTY);
    }

    /**
     * Who owns it.
     *
     * @param onCall
     *            who is on call for it now, as a line; empty when that is not known
     */
    public static Rendered of(String asked, Ownership ownership, Reader reader, Mrkdwn onCall) {
        return switch (ownership) {
            case Ownership.Found found -> found(found, reader, onCall);
            case Ownership.TeamFound(Team team, List<Entity> entities) -> team(team, entities);
            case Ownership.Unknown(List<String> suggestions) -> unknown(asked, suggestions);
        };
    }

    private static Rendered found(Ownership.Found found, Reader reader, Mrkdwn onCall) {
        Entity entity = found.entity();
        Mrkdwn owner = Mrkdwn.of("{} {} is owned by *{}*", entity.kind().text(), Mrkdwn.code(entity.name(), 150),
                Mrkdwn.text(found.owner().title(), 100));
        Layout card = new Layout();
        card.add(Weight.VITAL, Blocks.header(entity.name()));
        card.add(Weight.VITAL, gone(entity));
        card.add(Weight.VITAL, Mrkdwn.of("{}. {}", owner, channel(found)).line(onCall));
        card.add(Weight.VITAL, incidents(reader.incidents()));
        card.add(Weight.MINOR, Mrkdwn.text(entity.profile().description(), 600));
        card.add(Weight.VITAL, Blocks.fields(facts(found)));
        card.add(Weight.MAJOR, stacks(found));
        card.add(Weight.MAJOR, neighbours("Depends on", found.around().dependencies())
                .line(neighbours("Needed by", found.around().dependents())));
        card.add(Weight.MAJOR, changes(found));
        card.add(Weight.MINOR, links(found.links()));
        List<Map<String, Object>> row = new ArrayList<>();
        if (reader.askable()) {
            row.add(AccessAnswers.ask(entity.name(), "Request access"));
        }
        if (reader.declares()) {
            row.add(IncidentAnswers.declare("e:" + entity.name(), "Declare incident"));
        }
        reader.changeable().ifPresent(request -> {
            row.add(CommandAnswers.change(entity.name(), "Change"));
            row.add(remove(request, entity.name()));
        });
        if (!row.isEmpty()) {
            card.add(Weight.VITAL, Blocks.actions("owner", row));
        }
        return Rendered.of(owner, card.blocks());
    }

    private static Map<String, Object> remove(RequestId request, String name) {
        return Blocks.confirmed(
                Blocks.styled(Blocks.button(REMOVE, Long.toString(request.value()), "Remove", "Remove " + name),
                        "danger"),
                "Ask to remove " + Mrkdwn.cut(name, 60) + "?",
                "Steward plans the removal, and its approvers decide on that plan. Nothing is removed before.", "Ask",
                "Keep it");
    }

    private static Mrkdwn incidents(List<Incident> open) {
        return open.isEmpty()
                ? Mrkdwn.EMPTY
                : Mrkdwn.of("*Open incidents*").line(IncidentWords.list(open));
    }

    private static Mrkdwn gone(Entity entity) {
        return entity.origin().endedAt()
                .map(at -> Mrkdwn.of("*It is gone* since {}. What follows is how it was last.", Mrkdwn.when(at)))
                .orElse(Mrkdwn.EMPTY);
    }

    static Mrkdwn channel(Ownership.Found found) {
        return found.entity().profile().channel().or(() -> found.owner().channel())
                .map(name -> Mrkdwn.of("Ask in {}.", Mrkdwn.channel(name)))
                .orElse(Mrkdwn.of("No channel is recorded."));
    }

    private static List<Mrkdwn> facts(Ownership.Found found) {
        Entity entity = found.entity();
        List<Mrkdwn> facts = new ArrayList<>();
        if (!entity.responsibility().operatedBy().equals(entity.owner())) {
            facts.add(Mrkdwn.of("*Operated by*\nteam {}", Mrkdwn.text(entity.responsibility().operatedBy(), 100)));
        }
        facts.add(Mrkdwn.of("*Operating model*\n{}: {}", entity.operatingModel().text(),
                entity.operatingModel().meaning()));
        facts.add(Mrkdwn.of("*Tier, stage*\n{}, {}", entity.profile().tier().text(), entity.profile().stage().text()));
        entity.profile().audience().ifPresent(a -> facts.add(Mrkdwn.of("*Audience*\n{}", Mrkdwn.text(a, 150))));
        entity.profile().dataClass().ifPresent(d -> facts.add(Mrkdwn.of("*Data*\n{}", Mrkdwn.text(d, 150))));
        if (!found.tags().isEmpty()) {
            facts.add(Mrkdwn.of("*Tags*\n{}", Mrkdwn.text(String.join(", ", found.tags()), 300)));
        }
        return facts;
    }

    private static Mrkdwn stacks(Ownership.Found found) {
        List<Mrkdwn> lines = found.activity().stacks().stream()
                .map(s -> Mrkdwn.of("{} ({}, module {})", Mrkdwn.code(s.name(), 150), Mrkdwn.text(s.status(), 30),
                        Mrkdwn.text(s.module(), 80)))
                .toList();
        return lines.isEmpty() ? Mrkdwn.EMPTY : Mrkdwn.of("*Stacks*").line(RequestWords.bounded(lines, 1500));
    }

    private static Mrkdwn neighbours(String label, List<Entity> entities) {
        if (entities.isEmpty()) {
            return Mrkdwn.EMPTY;
        }
        List<Mrkdwn> names = new ArrayList<>(
                entities.stream().limit(NAMED).map(e -> Mrkdwn.code(e.name(), 80)).toList());
        if (entities.size() > NAMED) {
            names.add(Mrkdwn.of("{} more", entities.size() - NAMED));
        }
        return Mrkdwn.of("*{}* {}", label, Mrkdwn.join(", ", names));
    }

    private static Mrkdwn changes(Ownership.Found found) {
        List<Mrkdwn> lines = found.activity().changes().stream()
                .map(c -> Mrkdwn.of("{}: {}, by {}", Mrkdwn.when(c.at()), Mrkdwn.text(c.what(), 150),
                        Mrkdwn.text(c.by(), 80)))
                .toList();
        return lines.isEmpty() ? Mrkdwn.EMPTY : Mrkdwn.of("*Last changes*").line(RequestWords.bounded(lines, 1500));
    }

    private static Mrkdwn links(List<Link> links) {
        List<Mrkdwn> lines = links.stream().limit(NAMED).map(l -> Mrkdwn.link(l.url(), Mrkdwn.cut(l.title(), 80)))
                .toList();
        return RequestWords.bounded(lines, 2000);
    }

    private static Rendered team(Team team, List<Entity> entities) {
        Mrkdwn head = Mrkdwn.of("Team *{}* ({}) owns {} {}", Mrkdwn.text(team.title(), 100),
                Mrkdwn.text(team.name(), 80),
                entities.size(), entities.size() == 1 ? "thing" : "things");
        Mrkdwn where = team.channel().map(name -> Mrkdwn.of("Ask in {}.", Mrkdwn.channel(name)))
                .orElse(Mrkdwn.of("No channel is recorded."));
        Layout card = new Layout().add(Weight.VITAL, Mrkdwn.of("{}. {}", head, where));
        card.add(Weight.MAJOR, neighbours("Owns", entities));
        return Rendered.of(head, card.blocks());
    }

    private static Rendered unknown(String asked, List<String> suggestions) {
        Mrkdwn head = Mrkdwn.of("Nothing in the catalog is called {}.", Mrkdwn.code(asked, 150));
        if (suggestions.isEmpty()) {
            return Rendered.paragraph(Mrkdwn.of("{} Try the name of a service, a resource or a team.", head));
        }
        return Rendered.paragraph(Mrkdwn.of("{} Did you mean {}?", head,
                Mrkdwn.join(", ", suggestions.stream().limit(5).map(s -> Mrkdwn.code(s, 100)).toList())));
    }
}
