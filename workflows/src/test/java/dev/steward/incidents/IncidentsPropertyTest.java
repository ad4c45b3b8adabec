package dev.steward.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Person;
import dev.steward.incidents.IncidentState.Progress;
import dev.steward.requests.ActOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everybody does everything in any order, with restarts between; what holds must hold after each step. */
class IncidentsPropertyTest {
    private static final int STEPS = 250;

    @TempDir
    Path folder;

    /** Something that somebody tried to do. */
    private record Step(String name, IncidentId on, Person by, ActOutcome outcome) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void holdsWhateverIsDoneInWhateverOrder(long seed) {
        var random = new Random(seed);
        try (IncidentKit kit = new IncidentKit(folder)) {
            List<IncidentId> ids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Declaration said = kit.said("Trouble number " + i);
                ids.add(kit.declared(i % 2 == 0 ? said : IncidentKit.confidential(said)).id());
            }
            for (int i = 0; i < STEPS; i++) {
                Map<IncidentId, Incident> before = all(kit);
                Counts counts = counts(kit);
                Step step = step(kit, random, ids);
                String what = "seed " + seed + ", step " + i + ": " + step;
                check(kit, before, counts, step, what);
                around(kit, random, ids);
            }
        }
    }

    private static Step step(IncidentKit kit, Random random, List<IncidentId> ids) {
        IncidentId id = one(random, ids);
        Person by = one(random, List.of(kit.dana, kit.dana, kit.omar, kit.pia, kit.gus));
        return switch (random.nextInt(14)) {
            case 0 -> new Step("update", id, by, kit.incidents.update(id, by,
                    new Incidents.Update(one(random, List.of("", "It burns")), "", "", Optional.empty())));
            case 1 -> new Step("severity", id, by,
                    kit.incidents.severity(id, by, one(random, List.of(Severity.values()))));
            case 2 -> new Step("status", id, by, kit.incidents.status(id, by, one(random, List.of(Progress.values()))));
            case 3 -> new Step("role", id, by, kit.incidents.role(id, by, one(random, List.of(IncidentRole.values())),
                    one(random, List.of(kit.dana, kit.omar, kit.gus))));
            case 4 -> new Step("note", id, by, kit.incidents.note(id, by, "Seen", Optional.empty()));
            case 5 -> new Step("item", id, by,
                    kit.incidents.item(id, by, random.nextBoolean(), "Do it", Optional.empty(), Optional.empty()));
            case 6 -> new Step("resolve", id, by, kit.incidents.resolve(id, by, ""));
            case 7 -> new Step("close", id, by, kit.incidents.close(id, by));
            case 8 -> new Step("decline", id, by,
                    random.nextInt(3) == 0 ? kit.incidents.decline(id, by, "None") : kit.incidents.decline(id, by, ""));
            case 9, 10 -> new Step("reopen", id, by, kit.incidents.reopen(id, by));
            case 11 -> new Step("merge", id, by,
                    random.nextInt(6) == 0
                            ? kit.incidents.merge(id, by, one(random, ids))
                            : kit.incidents.merge(id, by, id));
            case 12 -> new Step("snooze", id, by, kit.incidents.snooze(id, by, Duration.ofMinutes(random.nextInt(20))));
            default -> new Step("about", id, by,
                    kit.incidents.about(id, by, one(random, List.of(kit.checkout, kit.ledger))));
        };
    }

    /** What goes on beside. */
    private static void around(IncidentKit kit, Random random, List<IncidentId> ids) {
        IncidentId id = one(random, ids);
        switch (random.nextInt(12)) {
            case 0 -> kit.restart();
            case 1 -> kit.catalog.pass(Duration.ofMinutes(random.nextInt(90)));
            case 2 -> kit.swept();
            case 3 -> kit.writing(h -> kit.incidents.channelMade(h, id, "C" + id.value(), "inc-" + id.value()));
            case 4 -> kit.writing(h -> kit.incidents.channelTrouble(h, id, "No.", random.nextBoolean()));
            case 5 -> kit.writing(h -> kit.incidents.pinned(h, id, "C0", random.nextInt(5) + ".000000",
                    kit.omar.slack().orElseThrow(), "Pinned"));
            case 6 -> kit.allSent();
            default -> {
                // Mostly nothing.
            }
        }
    }

    private static void check(IncidentKit kit, Map<IncidentId, Incident> before, Counts counts, Step step,
            String what) {
        Counts now = counts(kit);
        Map<IncidentId, Incident> after = all(kit);
        if (step.outcome() instanceof ActOutcome.Refused) {
            assertThat(after).as(what).isEqualTo(before);
            assertThat(now).as(what).isEqualTo(counts);
        } else {
            Incident then = of(before, step.on());
            assertThat(step.by()).as(what).isNotEqualTo(kit.gus);
            assertThat(!then.about().confidential()
                    || kit.<Boolean>read(h -> kit.incidents.members(h, step.on()).contains(step.by()))).as(what)
                    .isTrue();
            assertThat(now.ledger()).as(what).isGreaterThan(counts.ledger());
            assertThat(now.entries()).as("%s: on the timeline", what).isGreaterThan(counts.entries());
        }
        after.forEach((id, incident) -> {
            assertThat(mayFollow(of(before, id).state(), incident.state())).as("%s: %s", what, incident).isTrue();
            boolean over = incident.state() instanceof IncidentState.Resolved
                    || incident.state() instanceof IncidentState.Closed;
            assertThat(!over || incident.times().resolved().isPresent()).as(what).isTrue();
            assertThat(!incident.open() || incident.times().resolved().isEmpty()).as(what).isTrue();
            assertThat(incident.open() || incident.times().updateDue().isEmpty()).as(what).isTrue();
            assertThat(kit.catalog.find(h -> kit.incidents.surviving(h, id)).orElseThrow().state()).as(what)
                    .isNotInstanceOf(IncidentState.Merged.class);
            assertThat(incident.version()).as(what).isGreaterThanOrEqualTo(of(before, id).version());
        });
    }

    private static boolean mayFollow(IncidentState before, IncidentState after) {
        return before.equals(after) || switch (before) {
            case IncidentState.Open _ -> !(after instanceof IncidentState.Closed);
            case IncidentState.Resolved _ -> !(after instanceof IncidentState.Declined);
            case IncidentState.Closed _ -> after.open();
            case IncidentState.Declined _ -> after.open();
            case IncidentState.Merged _ -> false;
        };
    }

    /**
     * What there is.
     *
     * @param entries
     *            without those that stand for a message, of which a merge keeps one
     */
    private record Counts(int ledger, int entries) {}

    private static Counts counts(IncidentKit kit) {
        return new Counts(kit.count("SELECT count(*) FROM ledger"),
                kit.count("SELECT count(*) FROM timeline_entry WHERE source LIKE 'own:%'"));
    }

    private static Map<IncidentId, Incident> all(IncidentKit kit) {
        return kit.<List<Incident>>read(h -> IncidentStore.all(h, "1 = 1", Map.of())).stream()
                .collect(Collectors.toMap(Incident::id, incident -> incident));
    }

    private static Incident of(Map<IncidentId, Incident> all, IncidentId id) {
        return Objects.requireNonNull(all.get(id));
    }

    private static <T> T one(Random random, List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
