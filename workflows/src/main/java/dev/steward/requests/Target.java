package dev.steward.requests;

import dev.steward.catalog.Entity;
import dev.steward.catalog.NewEntity;
import dev.steward.catalog.Person;
import dev.steward.definitions.Workflow;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What a request is for, as it follows from its answers before anything is stored. */
sealed interface Target {
    /** For people, what the request is about. */
    String subject();

    /** The name that the stack takes; while one has it, nothing else can. */
    String stackName();

    /** Name of the team that is to own the stack. */
    String owner();

    /** How long it is to last; empty for what stays. */
    Optional<Duration> lasts();

    /**
     * Something new in the catalog.
     *
     * @param entity
     *            the first of what is recorded once it is there
     */
    record Thing(String module, NewEntity entity, Optional<Duration> lasts) implements Target {
        @Override
        public String subject() {
            return entity.name();
        }

        @Override
        public String stackName() {
            return module + "/" + entity.name();
        }

        @Override
        public String owner() {
            return entity.responsibility().owner();
        }
    }

    /**
     * One person's access to something in the catalog.
     *
     * @param asked
     *            for how long
     */
    record Access(String module, Entity entity, Workflow.Role role, Person holder, Duration asked) implements Target {
        @Override
        public String subject() {
            return entity.name() + " as " + role.name();
        }

        @Override
        public String stackName() {
            return String.join("/", module, entity.kind().text().toLowerCase(Locale.ROOT) + ":" + entity.name(),
                    role.name(), holder.name());
        }

        @Override
        public String owner() {
            return entity.owner();
        }

        @Override
        public Optional<Duration> lasts() {
            return Optional.of(asked);
        }
    }
}
