package dev.steward.bot.slack;

import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.people.Directory;
import dev.steward.bot.slack.views.DutyMessages;
import dev.steward.bot.slack.views.OnCallAnswers;
import dev.steward.bot.slack.views.OwnerCard;
import dev.steward.bot.slack.views.PageMessages;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Ownership;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.database.Database;
import dev.steward.oncall.OnCall;
import dev.steward.oncall.OverrideId;
import dev.steward.oncall.OverrideOrder;
import dev.steward.oncall.PageId;
import dev.steward.oncall.PageOrder;
import dev.steward.oncall.Rotation;
import dev.steward.oncall.Shift;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** What {@code /oncall} does; all its answers are private. */
final class OnCallCommands {
    private static final Duration AHEAD = Duration.ofDays(28);
    private static final int NEXT = 3;
    private static final int WHAT_MAX = 250;

    private final Database database;
    private final SlackAdapter.Catalog catalog;
    private final OnCall onCall;
    private final Commands.Speaking speaking;
    private final ShiftForms forms;
    private final InstantSource clock;
    private final OnCallAnswers words;
    private final DutyMessages duty;
    private final Typed typed;

    OnCallCommands(SlackAdapter.Domain domain, Commands.Speaking speaking, Opening opening, InstantSource clock) {
        this.database = domain.database();
        this.catalog = domain.catalog();
        this.onCall = domain.use().onCall();
        this.speaking = speaking;
        this.forms = new ShiftForms(domain, speaking, opening, clock, new ShiftForms.Teams(this::team,
                (h, person) -> catalog.teams().teamsOf(h, person.id()), this::look));
        this.clock = clock;
        this.words = new OnCallAnswers(speaking.names());
        this.duty = new DutyMessages(speaking.names());
        this.typed = new Typed(database, catalog.people(), speaking.directory());
    }

    /** Does what was typed. */
    void run(CommandCall call, String text) {
        List<String> all = Commands.words(text);
        List<String> rest = all.stream().skip(1).toList();
        switch (all.isEmpty() ? "mine" : all.getFirst().toLowerCase(Locale.ROOT)) {
            case "help" -> as(call, person -> words.help());
            case "mine" -> as(call, this::mine);
            case "gaps" -> as(call, person -> gaps(person, rest));
            case "cancel" -> as(call, person -> cancel(person, rest));
            case "page" -> as(call, person -> page(person, rest));
            case "override" -> few(rest, name -> forms.override(call, name), () -> as(call, p -> override(p, rest)));
            case "swap" -> few(rest, name -> forms.swap(call, name), () -> as(call, p -> swap(p, rest)));
            default -> as(call, person -> database.read(h -> show(h, String.join(" ", all))));
        }
    }

    /** With nothing but a name a form opens; with more, it is all said. */
    private static void few(List<String> rest, Consumer<Optional<String>> form, Runnable said) {
        if (rest.size() < 2) {
            form.accept(rest.stream().findFirst());
        } else {
            said.run();
        }
    }

    /** The forms that it opens. */
    ShiftForms forms() {
        return forms;
    }

    /** Who is on call for what is asked about, as a line of its card; empty where nobody is to be named. */
    Mrkdwn line(Handle handle, Entity entity) {
        return onCall.paged(handle, entity).stream().findFirst()
                .map(team -> OnCallAnswers.line(onCall.now(handle, team.name()))).orElse(Mrkdwn.EMPTY);
    }

    /** What {@code /oncall} says, with that name after it or, where it is empty, alone. */
    Rendered who(String user, String name) {
        return as(user, person -> name.isEmpty() ? mine(person) : database.read(h -> show(h, name)));
    }

    private void as(CommandCall call, Function<Person, Rendered> work) {
        speaking.answers().to(call, as(call.user(), work));
    }

    private Rendered as(String user, Function<Person, Rendered> work) {
        return switch (speaking.directory().find(user)) {
            case Directory.Lookup.Known(Person person) -> person.mayAct()
                    ? work.apply(person)
                    : speaking.words().notAMember(person);
            case Directory.Lookup.Nobody _ -> speaking.words().unknownPerson();
            case Directory.Lookup.Unclear _ -> speaking.words().unknownPerson();
        };
    }

    private Rendered mine(Person person) {
        return database.read(h -> words.mine(person,
                catalog.teams().teamsOf(h, person.id()).stream().map(team -> look(h, team)).toList()));
    }

    private Rendered show(Handle handle, String name) {
        return switch (catalog.owners().ownership(handle, name)) {
            case Ownership.Found found -> onCall.paged(handle, found.entity()).stream().findFirst()
                    .map(team -> words.one(look(handle, team), Optional.of(found.entity().name())))
                    .orElseGet(() -> words.noTeam(name));
            case Ownership.TeamFound found -> words.one(look(handle, found.team()), Optional.empty());
            case Ownership.Unknown unknown -> OwnerCard.of(name, unknown);
        };
    }

    private OnCallAnswers.Duty look(Handle handle, Team team) {
        List<Shift> now = onCall.now(handle, team.name());
        var today = clock.instant();
        List<Shift> later = onCall.schedule(handle, team.name(), today, today.plus(AHEAD)).stream()
                .filter(shift -> shift.from().isAfter(today)).sorted(Comparator.comparing(Shift::from))
                .limit((long) NEXT * Math.max(1, now.size())).toList();
        return new OnCallAnswers.Duty(team, onCall.rotation(team.name()), now, later,
                onCall.overrides(handle, team.name()));
    }

    private Rendered gaps(Person person, List<String> rest) {
        return database.read(h -> {
            List<String> teams = rest.isEmpty()
                    ? catalog.teams().teamsOf(h, person.id()).stream().map(Team::name).toList()
                    : team(h, rest.getFirst()).stream().map(Team::name).toList();
            if (!rest.isEmpty() && teams.isEmpty()) {
                return words.noTeam(rest.getFirst());
            }
            Map<String, List<Shift>> found = new LinkedHashMap<>();
            teams.stream().filter(team -> onCall.rotation(team).isPresent())
                    .forEach(team -> found.put(team, onCall.gaps(h, team)));
            return words.gaps(found);
        });
    }

    /** The team of that name, or the one that is paged about the service of that name. */
    private Optional<Team> team(Handle handle, String name) {
        return switch (catalog.owners().ownership(handle, name)) {
            case Ownership.Found found -> onCall.paged(handle, found.entity()).stream().findFirst();
            case Ownership.TeamFound found -> Optional.of(found.team());
            case Ownership.Unknown _ -> Optional.empty();
        };
    }

    private Rendered cancel(Person person, List<String> rest) {
        return rest.stream().findFirst().flatMap(OverrideId::parse)
                .map(id -> duty.outcome(onCall.cancelOverride(id, person))).orElseGet(words::whichOverride);
    }

    private Rendered page(Person person, List<String> rest) {
        if (rest.isEmpty()) {
            return words.whichTeam("page checkout Checkout answers 500");
        }
        String what = Mrkdwn.cut(String.join(" ", rest.subList(1, rest.size())), WHAT_MAX);
        if (what.isBlank()) {
            return words.pageWhat();
        }
        return database.write(h -> team(h, rest.getFirst()).map(team -> {
            PageId id = onCall.page(h,
                    new PageOrder(team.name(), what, what, Optional.empty(), Optional.of(person)));
            return PageMessages.asked(onCall.find(h, id).orElseThrow());
        }).orElseGet(() -> words.noTeam(rest.getFirst())));
    }

    private Rendered override(Person asker, List<String> rest) {
        Optional<Rotation> rotation = database.read(h -> team(h, rest.getFirst()))
                .flatMap(team -> onCall.rotation(team.name()));
        boolean layered = rest.size() > 3
                && rotation.flatMap(found -> found.layer(rest.get(1))).isPresent();
        int who = layered ? 2 : 1;
        String when = String.join(" ", rest.subList(Math.min(rest.size(), who + 1), rest.size()));
        Optional<Person> person = typed.person(rest.get(who), asker);
        if (rotation.isEmpty()) {
            return database.read(h -> team(h, rest.getFirst())).map(team -> duty.outcome(onCall.override(
                    new OverrideOrder(team.name(), Optional.empty(), asker, Optional.empty(), Duration.ofHours(1),
                            asker))))
                    .orElseGet(() -> words.noTeam(rest.getFirst()));
        }
        if (person.isEmpty()) {
            return words.noPerson(rest.get(who));
        }
        Optional<String> layer = layered ? Optional.of(rest.get(1)) : Optional.empty();
        return Typed.when(when, rotation.get().zone())
                .map(time -> duty.outcome(onCall.override(new OverrideOrder(rotation.get().team(), layer,
                        person.get(), time.from(), time.lasts(), asker))))
                .orElseGet(() -> words.noTime(when));
    }

    /** Like an override, with two times: whoever is asked takes the first, and gives the second for it. */
    private Rendered swap(Person asker, List<String> rest) {
        int middle = rest.indexOf("for");
        if (middle < 2 || middle == rest.size() - 1) {
            return words.whichSwap();
        }
        Optional<Rotation> rotation = database.read(h -> team(h, rest.getFirst()))
                .flatMap(team -> onCall.rotation(team.name()));
        if (rotation.isEmpty()) {
            return words.noTeam(rest.getFirst());
        }
        boolean layered = middle > 3 && rotation.get().layer(rest.get(1)).isPresent();
        int who = layered ? 2 : 1;
        String given = String.join(" ", rest.subList(who + 1, middle));
        String taken = String.join(" ", rest.subList(middle + 1, rest.size()));
        Optional<Person> person = typed.person(rest.get(who), asker);
        if (person.isEmpty()) {
            return words.noPerson(rest.get(who));
        }
        Optional<Typed.When> gives = Typed.when(given, rotation.get().zone());
        Optional<OverrideOrder.Time> takes = Typed.when(taken, rotation.get().zone())
                .flatMap(when -> when.from().map(from -> new OverrideOrder.Time(from, when.lasts())));
        if (gives.isEmpty() || takes.isEmpty()) {
            return words.noTime(gives.isEmpty() ? given : taken);
        }
        return duty.outcome(onCall.override(new OverrideOrder(rotation.get().team(),
                layered ? Optional.of(rest.get(1)) : Optional.empty(), person.get(), gives.get().from(),
                gives.get().lasts(), asker, takes)));
    }
}
