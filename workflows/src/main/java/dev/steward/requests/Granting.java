package dev.steward.requests;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.definitions.Durations;
import dev.steward.definitions.Facts;
import dev.steward.definitions.FieldError;
import dev.steward.definitions.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who may ask for which access, and for how long: what an access workflow offers one person on one entity. */
final class Granting {
    private Granting() {}

    /** Whether the workflow gives access to that entity at all. */
    static boolean serves(Workflow workflow, Entity entity, Facts facts) {
        return workflow.access().filter(access -> access.kinds().contains(entity.kind().text()))
                .filter(access -> access.where().isEmpty() || Policy.holds(access.where().get(), facts)).isPresent();
    }

    /** The roles that the workflow offers there to whoever asks. */
    static List<Workflow.Role> roles(Workflow workflow, Facts facts) {
        return workflow.access().stream().flatMap(access -> access.roles().stream())
                .filter(role -> role.when().isEmpty() || Policy.holds(role.when().get(), facts)).toList();
    }

    /** The durations that may be asked for in the role on something of that tier. */
    static List<Duration> durations(Workflow.Role role, String tier) {
        Duration cap = role.cap(tier);
        List<Duration> choices = role.durations().stream().filter(choice -> choice.compareTo(cap) <= 0).toList();
        return choices.isEmpty() ? List.of(cap) : choices;
    }

    /** Either what is asked for, or what is wrong with the answers. */
    record Asked(Optional<Target.Access> target, List<FieldError> errors) {
        private static Asked wrong(String field, String why) {
            return new Asked(Optional.empty(), List.of(new FieldError(field, why)));
        }
    }

    /** Reads answers that the form let pass. */
    static Asked ask(Workflow workflow, Person holder, Entity entity, Facts facts) {
        if (!serves(workflow, entity, facts)) {
            return Asked.wrong(Workflow.Access.ENTITY,
                    "`" + workflow.title() + "` gives no access to `" + entity.name() + "`.");
        }
        String name = String.valueOf(facts.form().get(Workflow.Access.ROLE));
        List<Workflow.Role> offered = roles(workflow, facts);
        Optional<Workflow.Role> role = offered.stream().filter(one -> one.name().equals(name)).findFirst();
        if (role.isEmpty()) {
            return Asked.wrong(Workflow.Access.ROLE, offered.isEmpty()
                    ? "This workflow gives you no role on `" + entity.name() + "`."
                    : "On `" + entity.name() + "` you can be: "
                            + String.join(", ", offered.stream().map(Workflow.Role::title).toList()) + ".");
        }
        String tier = entity.profile().tier().text();
        Duration cap = role.get().cap(tier);
        Optional<Duration> asked = Durations.parse(String.valueOf(facts.form().get(Workflow.Access.DURATION)));
        if (asked.isEmpty() || asked.get().compareTo(cap) > 0) {
            return Asked.wrong(Workflow.Access.DURATION, role.get().title() + " on `" + entity.name() + "` (" + tier
                    + ") lasts " + Durations.words(cap) + " at most.");
        }
        return new Asked(Optional.of(new Target.Access(workflow.module(), entity, role.get(), holder, asked.get())),
                List.of());
    }
}
