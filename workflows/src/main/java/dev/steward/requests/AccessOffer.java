package dev.steward.requests;

import dev.steward.catalog.Entity;
import dev.steward.definitions.Workflow;
import java.time.Duration;
import java.util.List;

/**
 * What one person may ask for on an entity through one workflow.
 *
 * @param roles
 *            at least one
 */
public record AccessOffer(Workflow workflow, Entity entity, List<Choice> roles) {
    public AccessOffer {
        roles = List.copyOf(roles);
    }

    /**
     * One role.
     *
     * @param durations
     *            those that may be asked for, the shortest first; at least one
     */
    public record Choice(Workflow.Role role, List<Duration> durations) {
        public Choice {
            durations = List.copyOf(durations);
        }
    }
}
