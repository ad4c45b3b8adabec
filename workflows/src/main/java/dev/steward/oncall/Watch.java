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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final Audience audience;

    Watch(OnCallParts parts, Roster roster, Audience audience) {
        this.parts = parts;
        this.roster = roster;
        this.audience = audience;
    }

    /** A look, due at once. */
    static Job.Order job() {
        return Job.Order.now(JOB, JOB, Map.of(), Job.Lane.GENERAL);
    }

    /** What there is to see of one team. */
    private record View(Team team, List<Shift> shifts, List<Gap> gaps) {}

    @Override
    public Job.Outcome run(Job job) {
        Instant now = parts.store().clock().instant();
        Instant next = now.plus(LONGEST_PAUSE);
        for (Rotation rotation : parts.rules().rotations().values()) {
            Instant change = look(rotation, now);
            next = change.isBefore(next) ? change : next;
        }
        return new Job.Outcome.Again(Duration.between(now, next));
    }

    /** Tells what is new for one team; answers when to look again at the latest. Mostly nothing is, and nothing is written. */
    private Instant look(Rotation rotation, Instant now) {
        Optional<View> view = parts.store().database().read(h -> view(h, rotation, now));
        if (view.isEmpty()) {
            return now.plus(UNTIL_KNOWN);
        }
        if (parts.store().database().read(h -> isNew(h, view.get()))) {
            parts.store().database().writing(h -> tell(h, view.get(), now));
        }
        return view.get().shifts().stream().map(Shift::until).min(Instant::compareTo).orElseThrow();
    }

    /** The team as it is; nothing as long as it, or who is in it, is not known. */
    private Optional<View> view(Handle handle, Rotation rotation, Instant now) {
        return parts.catalog().teams().byName(handle, rotation.team()).filter(team -> known(handle, team, now))
                .map(team -> new View(team, roster.at(handle, team.name(), now), rotation.layers().stream()
                        .flatMap(layer -> gaps(handle, rotation, layer, now).stream()).toList()));
    }

    private static boolean isNew(Handle handle, View view) {
        return view.shifts().stream().anyMatch(shift -> seen(handle, view.team(), shift.layer())
                .filter(seen -> seen.person().equals(shift.person().map(Person::id))).isEmpty())
                || !told(handle, view.team()).equals(view.gaps().stream().map(Gap::told).collect(Collectors.toSet()));
    }

    private void tell(Handle handle, View view, Instant now) {
        view.shifts().forEach(shift -> handOver(handle, view.team(), shift, now));
        List<Gap> found = news(handle, view.team(), view.gaps());
        if (!found.isEmpty()) {
            put(handle, view.team(), "oncall:gaps:" + view.team().id() + ":" + now.toEpochMilli(), GAPS,
                    Map.of("team", view.team().name(), "gaps", found.stream().map(Gap::facts).toList()));
        }
    }

    /** Whether Slack has told who is in the team: before that, people of the rotation may not be known at all. */
    private boolean known(Handle handle, Team team, Instant now) {
        return team.source() instanceof TeamSource.Import
                || !parts.catalog().teams().members(handle, team, now).isEmpty();
    }

    /** Whom the team last saw in a layer; none for nobody. */
    private record Seen(Optional<Long> person) {}

    private static Optional<Seen> seen(Handle handle, Team team, String layer) {
        return handle.createQuery("SELECT person FROM oncall_duty WHERE team = :team AND layer = :layer")
                .bind("team", team.id()).bind("layer", layer).map((rs, c) -> {
                    long person = rs.getLong("person");
                    return new Seen(rs.wasNull() ? Optional.empty() : Optional.of(person));
                }).findOne();
    }

    private void handOver(Handle handle, Team team, Shift shift, Instant now) {
        Optional<Seen> seen = seen(handle, team, shift.layer());
        Optional<Long> person = shift.person().map(Person::id);
        if (seen.isPresent() && seen.get().person().equals(person)) {
            return;
        }
        handle.createUpdate("""
                INSERT INTO oncall_duty (team, layer, person, since) VALUES (:team, :layer, :person, :now)
                ON CONFLICT (team, layer) DO UPDATE SET person = excluded.person, since = excluded.since""")
                .bind("team", team.id()).bind("layer", shift.layer()).bind("person", person.orElse(null))
                .bind("now", now.toEpochMilli()).execute();
        audience.changed(handle, Stream.concat(seen.stream().flatMap(before -> before.person().stream()),
                person.stream()).toList());
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

    /** A time that the team was told of. */
    private record Told(String layer, Instant from, Instant until) {}

    /** A time without anybody, and why at its beginning. */
    private record Gap(String layer, Instant from, Instant until, String why) {
        Told told() {
            return new Told(layer, from, until);
        }

        boolean goesOn(Told told) {
            return layer.equals(told.layer()) && !from.isAfter(told.until()) && !until.isBefore(told.from());
        }

        Map<String, Object> facts() {
            return Map.of("layer", layer, "from", from.toEpochMilli(), "until", until.toEpochMilli(), "why", why);
        }
    }

    /** The times without anybody in that layer that lie ahead; those that follow upon each other are one. */
    private List<Gap> gaps(Handle handle, Rotation rotation, Rotation.Layer layer, Instant now) {
        List<Gap> gaps = new ArrayList<>();
        for (Shift shift : roster.between(handle, rotation, layer, now, now.plus(AHEAD))) {
            if (shift.who() instanceof Shift.Who.Nobody(String why)) {
                boolean more = !gaps.isEmpty() && gaps.getLast().until().equals(shift.from());
                Gap gap = new Gap(layer.name(), shift.from(), shift.until(), why);
                gaps.add(more ? joined(gaps.removeLast(), gap) : gap);
            }
        }
        return gaps;
    }

    private static Gap joined(Gap first, Gap then) {
        return new Gap(first.layer(), first.from(), then.until(), first.why());
    }

    private static Set<Told> told(Handle handle, Team team) {
        return handle.createQuery("SELECT layer, from_at, until_at FROM oncall_gap WHERE team = :team")
                .bind("team", team.id()).map((rs, c) -> new Told(rs.getString("layer"),
                        Instant.ofEpochMilli(rs.getLong("from_at")), Instant.ofEpochMilli(rs.getLong("until_at"))))
                .set();
    }

    /** Those that were not told: one that goes on where a told one was, was. */
    private static List<Gap> news(Handle handle, Team team, List<Gap> gaps) {
        Set<Told> told = told(handle, team);
        handle.createUpdate("DELETE FROM oncall_gap WHERE team = :team").bind("team", team.id()).execute();
        for (Gap gap : gaps) {
            handle.createUpdate("""
                    INSERT INTO oncall_gap (team, layer, from_at, until_at) VALUES (:team, :layer, :from, :until)""")
                    .bind("team", team.id()).bind("layer", gap.layer()).bind("from", gap.from().toEpochMilli())
                    .bind("until", gap.until().toEpochMilli()).execute();
        }
        return gaps.stream().filter(gap -> told.stream().noneMatch(gap::goesOn)).toList();
    }

    private void put(Handle handle, Team team, String key, String view, Map<String, ?> args) {
        parts.channel(handle, team).ifPresent(channel -> parts.store().outbox().put(handle,
                new Message(key, new Destination.Channel(channel), view, args, Priority.NOTICE)));
    }
}
