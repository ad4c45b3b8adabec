package dev.steward.oncall;

import dev.steward.catalog.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Works out who is on call: the turns of the settings, with the overrides put before them; of two, the later asked for. */
final class Roster {
    /** No override lasts longer. */
    static final Duration LONGEST_OVERRIDE = Duration.ofDays(31);
    /** Of one layer; a bound for whoever asks for a very long time. */
    private static final int MOST_SHIFTS = 500;

    private final OnCallParts parts;
    private final Overrides overrides;

    Roster(OnCallParts parts, Overrides overrides) {
        this.parts = parts;
        this.overrides = overrides;
    }

    /** Who is on call at that moment, layer by layer; nothing for a team without rotation. */
    List<Shift> at(Handle handle, String team, Instant moment) {
        return parts.rotation(team).map(rotation -> rotation.layers().stream()
                .map(layer -> shift(handle, rotation, layer, moment)).toList()).orElse(List.of());
    }

    /** Who is on call between those moments, layer by layer, in order of time. */
    List<Shift> between(Handle handle, String team, Instant from, Instant until) {
        List<Shift> shifts = new ArrayList<>();
        parts.rotation(team).ifPresent(rotation -> rotation.layers()
                .forEach(layer -> shifts.addAll(between(handle, rotation, layer, from, until))));
        return shifts;
    }

    List<Shift> between(Handle handle, Rotation rotation, Rotation.Layer layer, Instant from, Instant until) {
        List<Shift> shifts = new ArrayList<>();
        Instant moment = from;
        while (moment.isBefore(until) && shifts.size() < MOST_SHIFTS) {
            Shift shift = shift(handle, rotation, layer, moment);
            shifts.add(shift);
            moment = shift.until();
        }
        return shifts;
    }

    Shift shift(Handle handle, Rotation rotation, Rotation.Layer layer, Instant moment) {
        List<ShiftOverride> active = overrides.active(handle, rotation.team(), layer.name(),
                moment.minus(LONGEST_OVERRIDE));
        Optional<ShiftOverride> winner = active.reversed().stream().filter(o -> covers(o, moment)).findFirst();
        Shift whole = winner.map(o -> overridden(rotation, layer, o))
                .orElseGet(() -> turn(handle, rotation, layer, moment));
        List<ShiftOverride> stronger = winner
                .map(o -> active.stream().filter(other -> other.id().value() > o.id().value()).toList())
                .orElse(active);
        Instant from = stronger.stream().map(ShiftOverride::until).filter(at -> !at.isAfter(moment))
                .reduce(whole.from(), Roster::later);
        Instant until = stronger.stream().map(ShiftOverride::from).filter(at -> at.isAfter(moment))
                .reduce(whole.until(), Roster::earlier);
        return new Shift(whole.team(), whole.layer(), whole.who(), from, until, whole.override());
    }

    private static boolean covers(ShiftOverride override, Instant moment) {
        return !override.from().isAfter(moment) && override.until().isAfter(moment);
    }

    private static Shift overridden(Rotation rotation, Rotation.Layer layer, ShiftOverride override) {
        return new Shift(rotation.team(), layer.name(), new Shift.Who.On(override.person()), override.from(),
                override.until(), Optional.of(override.id()));
    }

    private Shift turn(Handle handle, Rotation rotation, Rotation.Layer layer, Instant moment) {
        Turns turns = new Turns(rotation.zone(), layer);
        return turns.at(moment)
                .map(turn -> new Shift(rotation.team(), layer.name(), who(handle, turn.person()), turn.from(),
                        turn.until(), Optional.empty()))
                .orElseGet(() -> new Shift(rotation.team(), layer.name(),
                        new Shift.Who.Nobody("this layer has not begun yet"), Instant.EPOCH, turns.begins(),
                        Optional.empty()));
    }

    private Shift.Who who(Handle handle, String name) {
        Optional<Person> found = named(handle, name);
        if (found.isEmpty()) {
            return new Shift.Who.Nobody("nobody in the catalog is called " + name);
        }
        Person person = found.get();
        return person.mayAct()
                ? new Shift.Who.On(person)
                : new Shift.Who.Nobody(person.displayName() + " is " + person.standing().words());
    }

    /** By catalog name, or by the id of the account in Slack. */
    Optional<Person> named(Handle handle, String name) {
        return parts.catalog().people().byName(handle, name)
                .or(() -> handle.createQuery("SELECT id FROM person WHERE slack_user = :user ORDER BY id LIMIT 1")
                        .bind("user", name).mapTo(Long.class).findOne()
                        .flatMap(id -> parts.catalog().people().byId(handle, id)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
