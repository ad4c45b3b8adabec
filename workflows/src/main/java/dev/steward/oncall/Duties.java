package dev.steward.oncall;

import dev.steward.catalog.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Works out what on-call is to one person. */
final class Duties {
    private static final Duration AHEAD = Duration.ofDays(28);
    /** Of one layer; a bound for layers in which people take turns by the hour. */
    private static final int MOST_TURNS = 60;

    private final OnCallParts parts;
    private final Overrides overrides;
    private final Roster roster;
    private final Pages pages;

    Duties(OnCallParts parts, Overrides overrides, Roster roster, Pages pages) {
        this.parts = parts;
        this.overrides = overrides;
        this.roster = roster;
        this.pages = pages;
    }

    /** A layer of a rotation. */
    private record Place(Rotation rotation, Rotation.Layer layer) {}

    Duty of(Handle handle, Person person) {
        Instant now = parts.store().clock().instant();
        List<Place> places = places(handle, person, now);
        List<Shift> current = places.stream().map(place -> roster.shift(handle, place.rotation(), place.layer(), now))
                .filter(shift -> isOn(shift, person)).toList();
        List<Shift> next = places.stream().flatMap(place -> next(handle, place, now, person).stream())
                .sorted(Comparator.comparing(Shift::from)).toList();
        return new Duty(current, next, pages.waitingFor(handle, person));
    }

    /** Where that person takes turns, or stands in for somebody. */
    private List<Place> places(Handle handle, Person person, Instant now) {
        Set<Overrides.Where> standsIn = overrides.of(handle, person, now);
        return parts.rules().rotations().values().stream().sorted(Comparator.comparing(Rotation::team))
                .flatMap(rotation -> rotation.layers().stream().map(layer -> new Place(rotation, layer)))
                .filter(place -> takesTurns(place.layer(), person)
                        || standsIn.contains(new Overrides.Where(place.rotation().team(), place.layer().name())))
                .toList();
    }

    /** By catalog name, or by the id of the account in Slack. */
    private static boolean takesTurns(Rotation.Layer layer, Person person) {
        return layer.people().stream().anyMatch(name -> name.equalsIgnoreCase(person.name())
                || person.slack().filter(account -> account.user().equals(name)).isPresent());
    }

    private Optional<Shift> next(Handle handle, Place place, Instant now, Person person) {
        Shift first = roster.shift(handle, place.rotation(), place.layer(), now);
        return Stream.iterate(first, shift -> roster.shift(handle, place.rotation(), place.layer(), shift.until()))
                .skip(1).limit(MOST_TURNS).takeWhile(shift -> shift.from().isBefore(now.plus(AHEAD)))
                .filter(shift -> isOn(shift, person)).findFirst();
    }

    private static boolean isOn(Shift shift, Person person) {
        return shift.person().filter(on -> on.id() == person.id()).isPresent();
    }
}
