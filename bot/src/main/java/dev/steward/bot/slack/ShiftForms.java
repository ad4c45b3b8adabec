package dev.steward.bot.slack;

import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.views.DutyMessages;
import dev.steward.bot.slack.views.OnCallAnswers;
import dev.steward.bot.slack.views.ShiftModals;
import dev.steward.bot.slack.views.ShiftModals.Place;
import dev.steward.bot.slack.views.ShiftModals.Slot;
import dev.steward.bot.slack.views.ShortAnswers;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.database.Database;
import dev.steward.oncall.OnCall;
import dev.steward.oncall.OverrideOrder;
import dev.steward.oncall.OverrideOutcome;
import dev.steward.oncall.Rotation;
import dev.steward.oncall.Shift;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The forms of {@code /oncall override} and {@code /oncall swap}: opened for a team, or for all teams of whoever asks. */
final class ShiftForms {
    private static final String TITLE = "On call";
    private static final Duration AHEAD = Duration.ofDays(28);

    private final Database database;
    private final OnCall onCall;
    private final Commands.Speaking speaking;
    private final Opening opening;
    private final InstantSource clock;
    private final Teams teams;
    private final OnCallAnswers words;
    private final DutyMessages duty;
    private final Typed typed;

    /**
     * Finds teams, and how they stand.
     *
     * @param named
     *            by the name of a team or of a service
     * @param of
     *            all that somebody is in
     */
    record Teams(BiFunction<Handle, String, Optional<Team>> named, BiFunction<Handle, Person, List<Team>> of,
            BiFunction<Handle, Team, OnCallAnswers.Duty> look) {}

    ShiftForms(SlackAdapter.Domain domain, Commands.Speaking speaking, Opening opening, InstantSource clock,
            Teams teams) {
        this.database = domain.database();
        this.onCall = domain.use().onCall();
        this.speaking = speaking;
        this.opening = opening;
        this.clock = clock;
        this.teams = teams;
        this.words = new OnCallAnswers(speaking.names());
        this.duty = new DutyMessages(speaking.names());
        this.typed = new Typed(database, domain.catalog().people(), speaking.directory());
    }

    /** Opens the form that puts somebody in another's place; without a name, for all teams of whoever asks. */
    void override(CommandCall call, Optional<String> name) {
        open(call, ShiftModals.OVERRIDE, name, (duties, person) -> ShiftModals.override(duties, person));
    }

    /** Opens the form that changes two shifts. */
    void swap(CommandCall call, Optional<String> name) {
        open(call, ShiftModals.SWAP, name, this::swap);
    }

    private void open(CommandCall call, String verb, Optional<String> name,
            BiFunction<List<OnCallAnswers.Duty>, Person, Map<String, Object>> form) {
        if (!opening.open(call.trigger(), call.user(), TITLE, person -> name
                .map(typedName -> named(typedName, person, form)).orElseGet(() -> ofAll(verb, person, form)))) {
            speaking.answers().to(call, ShortAnswers.notOpen());
        }
    }

    private Map<String, Object> named(String name, Person person,
            BiFunction<List<OnCallAnswers.Duty>, Person, Map<String, Object>> form) {
        Optional<OnCallAnswers.Duty> found = database
                .read(h -> teams.named().apply(h, name).map(team -> teams.look().apply(h, team)));
        return found.map(team -> team.rotation().isPresent()
                ? form.apply(List.of(team), person)
                : notice(words.one(team, Optional.empty()))).orElseGet(() -> notice(words.noTeam(name)));
    }

    private Map<String, Object> ofAll(String verb, Person person,
            BiFunction<List<OnCallAnswers.Duty>, Person, Map<String, Object>> form) {
        List<OnCallAnswers.Duty> duties = database.read(h -> teams.of().apply(h, person).stream()
                .filter(team -> onCall.rotation(team.name()).isPresent()).map(team -> teams.look().apply(h, team))
                .toList());
        return duties.isEmpty() ? notice(words.noRotation(verb)) : form.apply(duties, person);
    }

    private Map<String, Object> swap(List<OnCallAnswers.Duty> duties, Person person) {
        Instant now = clock.instant();
        List<Shift> shifts = database.read(h -> duties.stream()
                .flatMap(team -> onCall.schedule(h, team.team().name(), now, now.plus(AHEAD)).stream())
                .filter(shift -> shift.person().isPresent()).toList());
        List<Shift> own = shifts.stream().filter(shift -> isOf(shift, person)).toList();
        Set<Place> places = own.stream().map(ShiftForms::place).collect(Collectors.toSet());
        List<Shift> others = shifts.stream().filter(shift -> !isOf(shift, person) && shift.from().isAfter(now)
                && places.contains(place(shift))).toList();
        return own.isEmpty() || others.isEmpty()
                ? notice(words.nothingToSwap(!own.isEmpty()))
                : ShiftModals.swap(duties, own, others);
    }

    private static boolean isOf(Shift shift, Person person) {
        return shift.person().filter(on -> on.id() == person.id()).isPresent();
    }

    private static Place place(Shift shift) {
        return new Place(shift.team(), shift.layer());
    }

    /** The form that puts somebody in another's place was filled in. */
    Map<String, Object> overridden(Submission submission) {
        OpenView view = submission.view();
        Optional<Person> asker = speaking.directory().remembered(submission.user());
        Optional<Place> place = Place.parse(view.text(ShiftModals.LAYER));
        Optional<Rotation> rotation = place.flatMap(one -> onCall.rotation(one.team()));
        if (asker.isEmpty()) {
            return updated(speaking.words().unknownPerson());
        }
        if (rotation.isEmpty()) {
            return error(ShiftModals.LAYER, "There is no such rotation any more. Close this form and open it anew.");
        }
        Optional<Person> person = typed.person(view.text(ShiftModals.PERSON), asker.get());
        if (person.isEmpty()) {
            return error(ShiftModals.PERSON, "Choose somebody from the list.");
        }
        Optional<Typed.When> when = Typed.when(view.text(ShiftModals.WHEN), rotation.get().zone());
        if (when.isEmpty()) {
            return error(ShiftModals.WHEN, OnCallAnswers.times());
        }
        return said(ShiftModals.WHEN, new OverrideOrder(rotation.get().team(), place.map(Place::layer), person.get(),
                when.get().from(), when.get().lasts(), asker.get()));
    }

    /** The form that changes two shifts was filled in. */
    Map<String, Object> swapped(Submission submission) {
        Optional<Person> asker = speaking.directory().remembered(submission.user());
        Optional<Slot> gives = Slot.parse(submission.view().text(ShiftModals.GIVES));
        Optional<Slot> takes = Slot.parse(submission.view().text(ShiftModals.TAKES));
        if (asker.isEmpty()) {
            return updated(speaking.words().unknownPerson());
        }
        if (gives.isEmpty() || takes.isEmpty()) {
            return error(gives.isEmpty() ? ShiftModals.GIVES : ShiftModals.TAKES, "Choose one from the list.");
        }
        Place place = gives.get().place();
        if (!place.equals(takes.get().place())) {
            return error(ShiftModals.TAKES, "Choose one of the same team and layer as yours: " + place.team() + ", "
                    + place.layer() + ".");
        }
        Optional<Person> other = whose(takes.get());
        Instant now = clock.instant();
        boolean over = !gives.get().until().isAfter(now);
        if (other.isEmpty() || over) {
            return error(over ? ShiftModals.GIVES : ShiftModals.TAKES,
                    "That shift has changed meanwhile. Close this form and open it anew.");
        }
        boolean begun = !gives.get().from().isAfter(now);
        return said(ShiftModals.TAKES, new OverrideOrder(place.team(), Optional.of(place.layer()), other.get(),
                begun ? Optional.empty() : Optional.of(gives.get().from()),
                Duration.between(begun ? now : gives.get().from(), gives.get().until()), asker.get(),
                Optional.of(new OverrideOrder.Time(takes.get().from(),
                        Duration.between(takes.get().from(), takes.get().until())))));
    }

    private Optional<Person> whose(Slot slot) {
        return database.read(h -> onCall.schedule(h, slot.place().team(), slot.from(), slot.until())).stream()
                .filter(shift -> place(shift).equals(slot.place()) && shift.from().equals(slot.from())
                        && shift.until().equals(slot.until()))
                .flatMap(shift -> shift.person().stream()).findFirst();
    }

    private Map<String, Object> said(String block, OverrideOrder order) {
        OverrideOutcome outcome = onCall.override(order);
        return outcome instanceof OverrideOutcome.Refused(String why)
                ? error(block, why)
                : updated(duty.outcome(outcome));
    }

    private static Map<String, Object> notice(Rendered message) {
        return Forms.notice(TITLE, message);
    }

    private static Map<String, Object> updated(Rendered said) {
        return Map.of("response_action", "update", "view", notice(said));
    }

    private static Map<String, Object> error(String block, String why) {
        return Map.of("response_action", "errors", "errors", Map.of(block, why));
    }
}
