package dev.steward.definitions;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One way to ask for something: the form, who approves, the module with its inputs, and what is recorded.
 *
 * @param name
 *            lower case, digits and dashes; unique
 * @param title
 *            for people, at most 24 characters (a Slack modal's title)
 * @param description
 *            may be empty
 * @param channel
 *            where its cards go, without {@code #}
 * @param pages
 *            the form, at least one
 * @param module
 *            name of the Terraform module
 * @param inputs
 *            module variable to its value, in the file's order
 * @param access
 *            what an access workflow offers; empty for the others
 * @param lease
 *            how long what it makes lasts; empty where it stays, and for access, whose roles say that
 * @param digest
 *            SHA-256 of the file's bytes: the version of the policy that a request was made under
 */
public record Workflow(String name, Kind kind, String title, String description, Allow allow, String channel,
        List<Page> pages, String module, Map<String, Expression> inputs, Approval approval, List<Guardrail> guardrails,
        List<RecordedEntity> records, Optional<Access> access, Optional<Lease> lease, String digest) {

    public Workflow {
        pages = List.copyOf(pages);
        inputs = Ordered.copy(inputs);
        guardrails = List.copyOf(guardrails);
        records = List.copyOf(records);
    }

    /** All fields of all pages, in order. */
    public List<Field> fields() {
        return pages.stream().flatMap(page -> page.fields().stream()).toList();
    }

    /** The field of that name. */
    public Optional<Field> field(String fieldName) {
        return fields().stream().filter(field -> field.name().equals(fieldName)).findFirst();
    }

    /**
     * The module's inputs. A variable whose expression says {@code null} is left out, so that the module's default counts.
     *
     * @throws ExpressionFailure if one of them cannot be evaluated
     */
    public Map<String, Object> inputValues(Facts facts) {
        Map<String, Object> values = new LinkedHashMap<>();
        inputs.forEach((variable, input) -> input.find(facts).ifPresent(value -> values.put(variable, value)));
        return Ordered.copy(values);
    }

    /** What a workflow makes. */
    public enum Kind {
        /** A stack with entities that stay. */
        PROVISION,
        /** One person's time-boxed access to an entity in a role. */
        ACCESS
    }

    /** Who may ask. */
    public sealed interface Allow {
        /** Whether a member of these teams may ask. */
        boolean permits(Set<String> teams);

        /** Every member of the workspace. */
        record Everyone() implements Allow {
            @Override
            public boolean permits(Set<String> teams) {
                return true;
            }
        }

        /**
         * The members of any of these groups.
         *
         * @param names
         *            at least one
         */
        record Groups(List<String> names) implements Allow {
            public Groups {
                names = List.copyOf(names);
            }

            @Override
            public boolean permits(Set<String> teams) {
                return names.stream().anyMatch(teams::contains);
            }
        }
    }

    /** One page of the form. */
    public record Page(String title, List<Field> fields) {
        public Page {
            fields = List.copyOf(fields);
        }
    }

    /**
     * Who decides.
     *
     * @param standing
     *            decided beforehand: where one of them holds, nobody is asked
     * @param stages
     *            in order; empty means the operating model's default route
     * @param expiresAfter
     *            how long a proposal stays open
     * @param impatience
     *            what happens while nobody decides
     */
    public record Approval(List<StandingRule> standing, List<Stage> stages, Duration expiresAfter,
            Impatience impatience) {
        public Approval {
            standing = List.copyOf(standing);
            stages = List.copyOf(stages);
        }

        /** One that waits in silence. */
        public Approval(List<StandingRule> standing, List<Stage> stages, Duration expiresAfter) {
            this(standing, stages, expiresAfter, Impatience.NONE);
        }
    }

    /**
     * What happens while nobody decides; every stage begins anew.
     *
     * @param remindEvery
     *            how often those are reminded for whom it waits
     * @param escalation
     *            who else is told
     */
    public record Impatience(Optional<Duration> remindEvery, Optional<Escalation> escalation) {
        static final Impatience NONE = new Impatience(Optional.empty(), Optional.empty());
    }

    /** After that time those people are told as well. They decide no more than before. */
    public record Escalation(Duration after, Expression to) {}

    /**
     * An approval that was given beforehand, for what is of low risk.
     *
     * @param name
     *            for people, at most 75 characters: what is approved by it
     * @param when
     *            over answers, plan and entity; one that cannot be evaluated approves nothing
     */
    public record StandingRule(String name, Expression when) {}

    /**
     * What an access workflow gives access to, and in which roles. Its form is always the same: {@link #ENTITY},
     * {@link #ROLE}, {@link #DURATION}, {@link #REASON} and {@link #INCIDENT}.
     *
     * @param kinds
     *            of entities, as the catalog names them; at least one
     * @param where
     *            which entities of these kinds; all where it is absent, none where it cannot be evaluated
     * @param roles
     *            at least one
     * @param breakGlass
     *            how long whoever is on call may have it at most before anybody has decided, while there is an incident;
     *            empty: not at all
     */
    public record Access(List<String> kinds, Optional<Expression> where, List<Role> roles,
            Optional<Duration> breakGlass) {
        /** The form's field with the entity's name. */
        public static final String ENTITY = "entity";
        /** The form's field with the role's name. */
        public static final String ROLE = "role";
        /** The form's field that says for how long. */
        public static final String DURATION = "duration";
        /** The form's field that says why. */
        public static final String REASON = "reason";
        /** The form's field with the incident that it is for; may be left empty. */
        public static final String INCIDENT = "incident";

        public Access {
            kinds = List.copyOf(kinds);
            roles = List.copyOf(roles);
        }

        /** The role of that name. */
        public Optional<Role> role(String name) {
            return roles.stream().filter(role -> role.name().equals(name)).findFirst();
        }
    }

    /**
     * One role in which access is given.
     *
     * @param name
     *            lower case, digits and dashes
     * @param title
     *            for people, at most 75 characters
     * @param description
     *            at most 75 characters, may be empty
     * @param durations
     *            those that may be asked for, the shortest first; the last is the cap
     * @param caps
     *            lower caps, by tier
     * @param when
     *            who may have it and where; everybody where it is absent, nobody where it cannot be evaluated
     */
    public record Role(String name, String title, String description, List<Duration> durations,
            Map<String, Duration> caps, Optional<Expression> when) {
        public Role {
            durations = List.copyOf(durations);
            caps = Map.copyOf(caps);
        }

        /** The longest that it may last on an entity of that tier. */
        public Duration cap(String tier) {
            Duration longest = durations.getLast();
            Duration cap = caps.getOrDefault(tier, longest);
            return cap.compareTo(longest) < 0 ? cap : longest;
        }
    }

    /**
     * How long what a workflow makes lasts.
     *
     * @param lasts
     *            evaluates to a duration such as {@code 8h}, counted from the moment at which it is there
     * @param atMost
     *            the cap, for an extension as well
     * @param promote
     *            the workflow that makes the real thing of it, by a form filled in with the same answers
     */
    public record Lease(Expression lasts, Duration atMost, Optional<String> promote) {}

    /**
     * One step of an approval.
     *
     * @param when
     *            the stage counts only where this holds; a failure to evaluate denies the request
     * @param by
     *            evaluates to a {@link dev.steward.catalog.Principal}
     * @param need
     *            how many of them, at least 1
     * @param why
     *            for people: why they are asked; may be empty
     */
    public record Stage(String name, Optional<Expression> when, Expression by, int need, String why) {}

    /**
     * A rule over the plan.
     *
     * @param condition
     *            holds when the rule is broken; a failure to evaluate denies, even for a warning
     * @param say
     *            for people: what is wrong
     */
    public record Guardrail(Effect effect, Expression condition, String say) {
        /** What a broken rule does. */
        public enum Effect {
            /** The plan is refused. */
            DENY,
            /** The approvers are told. */
            WARN
        }
    }

    /**
     * An entity that the applied request leaves in the catalog.
     *
     * @param kind
     *            {@code Service}, {@code Resource} or {@code System}
     * @param values
     *            key of the definition to its value; {@code name} and {@code owner} are always there. {@code tags} and
     *            {@code depends_on} evaluate to a list of texts, {@code links} to a map from title to address, all
     *            others to text
     */
    public record RecordedEntity(String kind, Map<String, Expression> values) {
        public RecordedEntity {
            values = Ordered.copy(values);
        }

        /** The entity's name. */
        public Expression name() {
            return required("name");
        }

        /** The owner team. */
        public Expression owner() {
            return required("owner");
        }

        /** The value of one of the keys that a record may have. */
        public Optional<Expression> value(String key) {
            return Optional.ofNullable(values.get(key));
        }

        private Expression required(String key) {
            return value(key).orElseThrow(() -> new IllegalStateException("a record without " + key));
        }
    }
}
