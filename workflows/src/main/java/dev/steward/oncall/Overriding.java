package dev.steward.oncall;

import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.oncall.ShiftOverride.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What people do with overrides: take a shift, ask somebody to, say yes or no, take it back. */
final class Overriding {
    /** Nothing is planned further ahead. */
    private static final Duration FURTHEST = Duration.ofDays(366);
    /** Between reading a clock and the click that follows. */
    private static final Duration A_MOMENT = Duration.ofMinutes(5);

    private final OnCallParts parts;
    private final Overrides overrides;
    private final Roster roster;
    private final OverrideNotices notices;
    private final Audience audience;

    Overriding(OnCallParts parts, Overrides overrides, Roster roster, Audience audience) {
        this.audience = audience;
        this.parts = parts;
        this.overrides = overrides;
        this.roster = roster;
        this.notices = new OverrideNotices(parts);
    }

    /** What is wanted, with what it is about. */
    private record Wanted(Team team, Rotation rotation, Rotation.Layer layer, Instant from, OverrideOrder order) {
        Instant until() {
            return from.plus(order.lasts());
        }
    }

    OverrideOutcome override(OverrideOrder order) {
        return parts.store().database().write(h -> {
            Optional<Team> team = parts.catalog().teams().byName(h, order.team());
            Optional<Rotation> rotation = team.flatMap(t -> parts.rotation(t.name()));
            if (rotation.isEmpty()) {
                return new OverrideOutcome.Refused("Team " + order.team() + " has no rotation, so there is no shift"
                        + " to take. An operator adds one under oncall in steward.yaml.");
            }
            Optional<Rotation.Layer> layer = order.layer().map(rotation.get()::layer)
                    .orElse(Optional.of(rotation.get().layers().getFirst()));
            if (layer.isEmpty()) {
                return new OverrideOutcome.Refused("Team " + order.team() + " has no layer "
                        + order.layer().orElseThrow() + ". Its layers are " + rotation.get().layers().stream()
                                .map(Rotation.Layer::name).collect(Collectors.joining(", "))
                        + ".");
            }
            Instant from = order.from().orElseGet(() -> parts.store().clock().instant());
            Wanted wanted = new Wanted(team.orElseThrow(), rotation.get(), layer.get(), from, order);
            return refusal(h, wanted).<OverrideOutcome>map(OverrideOutcome.Refused::new)
                    .orElseGet(() -> begin(h, wanted));
        });
    }

    private Optional<String> refusal(Handle handle, Wanted wanted) {
        OverrideOrder order = wanted.order();
        if (!parts.belongs(handle, wanted.team(), order.asker())) {
            return Optional.of("Only members of team " + wanted.team().name()
                    + " and of the platform team can change who is on call for it. Ask one of them.");
        }
        if (!parts.belongs(handle, wanted.team(), order.person())) {
            return Optional.of(order.person().displayName() + " is neither in team " + wanted.team().name()
                    + " nor in the platform team, so cannot be on call for it.");
        }
        return time(wanted.from(), order.lasts())
                .or(() -> order.inReturn().flatMap(back -> time(back.from(), back.lasts())
                        .or(() -> noSwap(handle, wanted, back))));
    }

    /** Who changes shifts has one, and so has the other. */
    private Optional<String> noSwap(Handle handle, Wanted wanted, OverrideOrder.Time back) {
        OverrideOrder order = wanted.order();
        if (order.person().id() == order.asker().id()) {
            return Optional.of("You cannot change shifts with yourself.");
        }
        if (!isOn(handle, wanted, wanted.from(), order.asker())) {
            return Optional
                    .of("At the first of the two times you are not on call for team " + wanted.team().name() + " ("
                            + wanted.layer().name()
                            + "), so there is nothing to give away. Name your own shift first.");
        }
        return isOn(handle, wanted, back.from(), order.person())
                ? Optional.empty()
                : Optional.of("At the second of the two times " + order.person().displayName()
                        + " is not on call for team " + wanted.team().name() + " (" + wanted.layer().name()
                        + "), so there is nothing to take. Name their shift second.");
    }

    private boolean isOn(Handle handle, Wanted wanted, Instant at, Person person) {
        return roster.shift(handle, wanted.rotation(), wanted.layer(), at).person()
                .filter(on -> on.id() == person.id()).isPresent();
    }

    private Optional<String> time(Instant from, Duration lasts) {
        Instant now = parts.store().clock().instant();
        if (!lasts.isPositive()) {
            return Optional.of("An override has to end after it begins. Write for example 4h, or two times with .."
                    + " between them.");
        }
        if (lasts.compareTo(Roster.LONGEST_OVERRIDE) > 0) {
            return Optional.of("An override lasts at most " + Roster.LONGEST_OVERRIDE.toDays()
                    + " days. For longer, change the rotation in steward.yaml.");
        }
        if (from.isBefore(now.minus(A_MOMENT))) {
            return Optional.of("That begins in the past. Leave the beginning out to begin now.");
        }
        return from.isAfter(now.plus(FURTHEST))
                ? Optional.of("That begins more than a year from now. Ask again nearer to the time.")
                : Optional.empty();
    }

    private OverrideOutcome begin(Handle handle, Wanted wanted) {
        OverrideOrder order = wanted.order();
        boolean own = order.asker().id() == order.person().id();
        List<ShiftOverride> wins = overlapping(handle, wanted);
        Optional<Person> covers = roster.shift(handle, wanted.rotation(), wanted.layer(), wanted.from()).person();
        OverrideId id = overrides.add(handle, new Overrides.New(wanted.team(), wanted.layer().name(), order.person(),
                covers, wanted.from(), wanted.until(), order.asker(), own ? State.ACTIVE : State.PROPOSED,
                Optional.empty()));
        order.inReturn().ifPresent(back -> overrides.add(handle, new Overrides.New(wanted.team(), wanted.layer().name(),
                order.asker(), Optional.of(order.person()), back.from(), back.from().plus(back.lasts()), order.asker(),
                State.PROPOSED, Optional.of(id))));
        ShiftOverride made = overrides.byId(handle, id);
        record(handle, own ? "override.take" : "override.propose", made, order.asker());
        if (own) {
            holds(handle, made);
        } else {
            notices.asked(handle, made);
        }
        return new OverrideOutcome.Done(made, wins);
    }

    private List<ShiftOverride> overlapping(Handle handle, Wanted wanted) {
        return overrides.active(handle, wanted.team().name(), wanted.layer().name(), wanted.from()).stream()
                .filter(other -> other.from().isBefore(wanted.until())).toList();
    }

    private void holds(Handle handle, ShiftOverride override) {
        notices.card(handle, override);
        audience.changed(handle, override);
        parts.store().jobs().enqueue(handle, Watch.job());
    }

    OverrideOutcome answer(OverrideId id, Person person, boolean yes) {
        return parts.store().database().write(h -> {
            Optional<ShiftOverride> found = overrides.find(h, id)
                    .filter(override -> override.person().id() == person.id() && person.mayAct())
                    .filter(override -> !override.isReturn());
            if (found.isEmpty()) {
                return new OverrideOutcome.Refused("There is no shift " + id.text() + " that you were asked to take.");
            }
            ShiftOverride seen = found.get();
            if (seen.state() != State.PROPOSED || over(seen)) {
                return new OverrideOutcome.Refused(settled(seen));
            }
            return answer(h, seen, yes);
        });
    }

    private OverrideOutcome answer(Handle handle, ShiftOverride seen, boolean yes) {
        Team team = parts.catalog().teams().byName(handle, seen.team()).orElseThrow();
        if (yes && !parts.belongs(handle, team, seen.person())) {
            return new OverrideOutcome.Refused("You are no longer in team " + seen.team()
                    + " nor in the platform team, so you cannot be on call for it. Decline, so that somebody else is"
                    + " asked.");
        }
        for (ShiftOverride half : halves(handle, seen)) {
            ShiftOverride now = changed(handle, half, yes ? State.ACTIVE : State.DECLINED);
            record(handle, yes ? "override.accept" : "override.decline", now, seen.person());
            notices.changed(handle, now);
            if (yes) {
                holds(handle, now);
            }
        }
        ShiftOverride now = overrides.byId(handle, seen.id());
        notices.answered(handle, now);
        return new OverrideOutcome.Done(now, List.of());
    }

    /** It, and what is given in return for it or what it is given in return for: what becomes of one becomes of both. */
    private List<ShiftOverride> halves(Handle handle, ShiftOverride override) {
        return Stream.concat(Stream.of(override),
                override.swap().map(half -> overrides.byId(handle, half.id())).stream()).toList();
    }

    OverrideOutcome cancel(OverrideId id, Person person) {
        return parts.store().database().write(h -> {
            Optional<ShiftOverride> found = overrides.find(h, id);
            if (found.isEmpty()) {
                return new OverrideOutcome.Refused("There is no override " + id.text() + ".");
            }
            ShiftOverride seen = found.get();
            Team team = parts.catalog().teams().byName(h, seen.team()).orElseThrow();
            boolean own = person.mayAct()
                    && (seen.person().id() == person.id() || seen.askedBy().id() == person.id());
            if (!own && !parts.belongs(h, team, person)) {
                return new OverrideOutcome.Refused("Only the people in it, members of team " + seen.team()
                        + " and the platform team can cancel " + id.text() + ".");
            }
            boolean open = seen.state() == State.PROPOSED || seen.state() == State.ACTIVE;
            if (!open || over(seen)) {
                return new OverrideOutcome.Refused(settled(seen));
            }
            for (ShiftOverride half : halves(h, seen)) {
                ShiftOverride now = changed(h, half, State.CANCELLED);
                record(h, "override.cancel", now, person);
                notices.changed(h, now);
                audience.changed(h, now);
            }
            ShiftOverride now = overrides.byId(h, id);
            parts.store().jobs().enqueue(h, Watch.job());
            return new OverrideOutcome.Done(now, List.of());
        });
    }

    private boolean over(ShiftOverride override) {
        return !override.until().isAfter(parts.store().clock().instant());
    }

    private String settled(ShiftOverride override) {
        return override.id().text() + switch (override.state()) {
            case PROPOSED, ACTIVE -> over(override) ? " is over already." : " was accepted already.";
            case DECLINED -> " was declined already.";
            case CANCELLED -> " was cancelled already.";
        } + " Nothing was changed.";
    }

    private ShiftOverride changed(Handle handle, ShiftOverride seen, State state) {
        if (!overrides.change(handle, seen, state)) {
            throw new IllegalStateException(seen.id().text() + " was changed since it was read");
        }
        return overrides.byId(handle, seen.id());
    }

    private void record(Handle handle, String action, ShiftOverride override, Person by) {
        parts.store().ledger().append(handle, OnCallParts.actor(by), action, override.id().text(),
                Map.of("team", override.team(), "layer", override.layer(), "person", override.person().id(), "from",
                        override.from().toEpochMilli(), "until", override.until().toEpochMilli()));
    }
}
