package dev.steward.oncall;

import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.catalog.TeamSource;
import dev.steward.jobs.Job;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Tells each team who hands over to whom, and when nobody will be on call. It compares who is on call now with whom it saw
 * last, so that a hand-over is told once, whatever made it: a turn, an override, somebody who left, a new rotation.
 */
public final class Watch implements Job.Handler {
    /** The view of a hand-over; its arguments are {@code team}, {@code layer}, {@code from}, {@code to}, {@code until}. */
    public static final String HAND_OVER = "oncall.handover";
    /** The view of times without anybody on call; its arguments are {@code team} and {@code gaps}. */
    public static final String GAPS = "oncall.gaps";

    static final String JOB = "oncall.watch";
    /** How far ahead times without anybody are looked for. */
    static final Duration AHEAD = Duration.ofDays(7);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(30);

    private final OnCallParts parts;
    private final Roster roster;

    Watch(OnCallParts parts, Roster roster) {
        this.parts = parts;
        this.roster = roster;
    }

    /** A look, due at once. */
    static Job.Order job() {
        return Job.Order.now(JOB, JOB, Map.of(), Job.Lane.GENERAL);
    }

    @Override
    public Job.Outcome run(Job job) {
        Instant now = parts.store().clock().instant();
        Instant next = now.plus(LONGEST_PAUSE);
        for (String name : parts.rules().rotations().keySet()) {
            Instant change = parts.store().database().write(h -> look(h, name, now)).orElse(next);
            next = change.isBefore(next) ? change : next;
        }
        return new Job.Outcome.Again(Duration.between(now, next));
    }

    /** Tells what is new for one team; answers when somebody's turn ends. */
    private Optional<Instant> look(Handle handle, String name, Instant now) {
        Optional<Team> team = parts.catalog().teams().byName(handle, name);
        if (team.isEmpty()) {
            return Optional.empty();
        }
        if (!known(handle, team.get(), now)) {
            return Optional.of(now.plus(UNTIL_KNOWN));
        }
        List<Shift> shifts = roster.at(handle, name, now);
        shifts.forEach(shift -> handOver(handle, team.get(), shift, now));
        List<Gap> found = new ArrayList<>();
        for (Shift shift : shifts) {
            found.addAll(news(handle, team.get(), shift.layer(), gaps(handle, name, shift.layer(), now)));
        }
        if (!found.isEmpty()) {
            put(handle, team.get(), "oncall:gaps:" + team.get().id() + ":" + now.toEpochMilli(), GAPS,
                    Map.of("team", name, "gaps", found.stream().map(Gap::facts).toList()));
        }
        return shifts.stream().map(Shift::until).min(Instant::compareTo);
    }

    /** Whether Slack has told who is in the team: before that, people of the rotation may not be known at all. */
    private boolean known(Handle handle, Team team, Instant now) {
        return team.source() instanceof TeamSource.Import
                || !parts.catalog().teams().members(handle, team, now).isEmpty();
    }

    /** Whom the team last saw in a layer; none for nobody. */
    private record Seen(Optional<Long> person) {}

    private void handOver(Handle handle, Team team, Shift shift, Instant now) {
        Optional<Seen> seen = handle.createQuery("SELECT person FROM oncall_duty WHERE team = :team AND layer = :layer")
                .bind("team", team.id()).bind("layer", shift.layer()).map((rs, c) -> {
                    long person = rs.getLong("person");
                    return new Seen(rs.wasNull() ? Optional.empty() : Optional.of(person));
                }).findOne();
        Optional<Long> person = shift.person().map(Person::id);
        if (seen.isPresent() && seen.get().person().equals(person)) {
            return;
        }
        handle.createUpdate("""
                INSERT INTO oncall_duty (team, layer, person, since) VALUES (:team, :layer, :person, :now)
                ON CONFLICT (team, layer) DO UPDATE SET person = excluded.person, since = excluded.since""")
                .bind("team", team.id()).bind("layer", shift.layer()).bind("person", person.orElse(null))
                .bind("now", now.toEpochMilli()).execute();
        if (seen.isPresent()) {
            put(handle, team, "oncall:handover:" + team.id() + ":" + shift.layer() + ":" + now.toEpochMilli(),
                    HAND_OVER, Map.of("team", team.name(), "layer", shift.layer(), "from",
                            seen.get().person().orElse(0L), "to", person.orElse(0L), "until",
                            shift.until().toEpochMilli(), "why", why(shift)));
        }
    }

    private static String why(Shift shift) {
        return shift.who() instanceof Shift.Who.Nobody(String why) ? why : "";
    }

    /** A time without anybody, and why at its beginning. */
    record Gap(String layer, Instant from, Instant until, String why) {
        boolean touches(Instant otherFrom, Instant otherUntil) {
            return !from.isAfter(otherUntil) && !until.isBefore(otherFrom);
        }

        Map<String, Object> facts() {
            return Map.of("layer", layer, "from", from.toEpochMilli(), "until", until.toEpochMilli(), "why", why);
        }
    }

    /** The times without anybody in that layer that lie ahead; those that follow upon each other are one. */
    List<Gap> gaps(Handle handle, String team, String layer, Instant now) {
        List<Gap> gaps = new ArrayList<>();
        for (Shift shift : roster.between(handle, team, now, now.plus(AHEAD))) {
            if (shift.layer().equals(layer) && shift.who() instanceof Shift.Who.Nobody(String why)) {
                Optional<Gap> before = gaps.isEmpty() ? Optional.empty() : Optional.of(gaps.getLast());
                if (before.isPresent() && before.get().until().equals(shift.from())) {
                    gaps.removeLast();
                    gaps.add(new Gap(layer, before.get().from(), shift.until(), before.get().why()));
                } else {
                    gaps.add(new Gap(layer, shift.from(), shift.until(), why));
                }
            }
        }
        return gaps;
    }

    /** Those that were not told: one that goes on where a told one was, was. */
    private static List<Gap> news(Handle handle, Team team, String layer, List<Gap> gaps) {
        List<Instant[]> told = handle
                .createQuery("SELECT from_at, until_at FROM oncall_gap WHERE team = :team AND layer = :layer")
                .bind("team", team.id()).bind("layer", layer)
                .map((rs, c) -> new Instant[]{Instant.ofEpochMilli(rs.getLong("from_at")),
                        Instant.ofEpochMilli(rs.getLong("until_at"))})
                .list();
        handle.createUpdate("DELETE FROM oncall_gap WHERE team = :team AND layer = :layer").bind("team", team.id())
                .bind("layer", layer).execute();
        for (Gap gap : gaps) {
            handle.createUpdate("""
                    INSERT INTO oncall_gap (team, layer, from_at, until_at) VALUES (:team, :layer, :from, :until)""")
                    .bind("team", team.id()).bind("layer", layer).bind("from", gap.from().toEpochMilli())
                    .bind("until", gap.until().toEpochMilli()).execute();
        }
        return gaps.stream().filter(gap -> told.stream().noneMatch(t -> gap.touches(t[0], t[1]))).toList();
    }

    private void put(Handle handle, Team team, String key, String view, Map<String, ?> args) {
        parts.channel(handle, team).ifPresent(channel -> parts.store().outbox().put(handle,
                new Message(key, new Destination.Channel(channel), view, args, Priority.NOTICE)));
    }
}
