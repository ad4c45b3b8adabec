package dev.steward.requests;

import dev.steward.approvals.Approvals;
import dev.steward.catalog.Entities;
import dev.steward.catalog.People;
import dev.steward.catalog.Person;
import dev.steward.catalog.Teams;
import dev.steward.database.Database;
import dev.steward.database.Sealer;
import dev.steward.definitions.Workflow;
import dev.steward.jobs.Jobs;
import dev.steward.ledger.Ledger;
import dev.steward.modules.ModuleCheck;
import dev.steward.modules.ModuleDescriptor;
import dev.steward.modules.ModuleRegistry;
import dev.steward.outbox.Outbox;
import dev.steward.stacks.Leases;
import dev.steward.stacks.Stacks;
import dev.steward.stacks.Suspensions;
import dev.steward.terraform.PreparedModule;
import dev.steward.terraform.RunTables;
import dev.steward.terraform.Runner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What the use cases of requests are built from.
 *
 * @param store
 *            where things are stored
 * @param catalog
 *            who there is and what there is
 * @param rules
 *            what is allowed
 * @param approvals
 *            the engine of decisions
 * @param runner
 *            drives Terraform
 * @param emergencies
 *            what incidents have to say
 */
public record RequestParts(Store store, Catalog catalog, Rules rules, Approvals approvals, Runner runner,
        Emergencies emergencies) {

    /** What is left of grants that nobody confirmed. */
    Suspensions suspensions() {
        return new Suspensions(store.ledger(), store.clock());
    }

    /** Whether that person may act, and for the platform team. */
    boolean isPlatform(Handle handle, Person person) {
        return person.mayAct() && catalog.teams().teamsOf(handle, person.id()).stream()
                .anyMatch(team -> team.name().equals(rules.platformTeam()));
    }

    /**
     * Where things are stored.
     *
     * @param runs
     *            shared with the state endpoint
     */
    public record Store(Database database, Sealer sealer, Ledger ledger, Jobs jobs, Outbox outbox, RunTables runs,
            Stacks stacks, Leases leases, InstantSource clock) {}

    /** Who there is and what there is. */
    public record Catalog(People people, Teams teams, Entities entities) {}

    /**
     * What is allowed.
     *
     * @param workflows
     *            by name
     * @param modules
     *            the vetted modules
     * @param credentials
     *            what modules may name
     * @param groups
     *            reads memberships again, when an apply is claimed
     * @param platformTeam
     *            decides on shared things by default
     * @param terraformVersion
     *            of the binary in use; plans by another one are not applied
     * @param planMaxAge
     *            an older plan is made again before it is applied
     */
    public record Rules(Map<String, Workflow> workflows, ModuleRegistry modules,
            CredentialProfiles credentials, GroupRefresh groups, String platformTeam, String terraformVersion,
            Duration planMaxAge) {
        public Rules {
            workflows = Map.copyOf(workflows);
        }

        /**
         * Looks at the module's files again: whether it may be used now, and in which version. One whose credentials are
         * not there may not: without them its provider might find others, or act on what it should not see.
         */
        ModuleCheck module(String name) {
            try {
                ModuleCheck check = modules.check(name);
                return check instanceof ModuleCheck.Usable usable ? withCredentials(usable) : check;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read module " + name, e);
            }
        }

        private ModuleCheck withCredentials(ModuleCheck.Usable module) {
            Optional<String> profile = module.descriptor().credentials();
            return profile.isEmpty() || credentials.of(profile.get()).isPresent()
                    ? module
                    : new ModuleCheck.Unusable("Module `" + module.descriptor().name() + "` wants the credentials `"
                            + profile.get() + "`, which steward.yaml does not name: ask the platform team to add that"
                            + " profile there and to start Steward again.");
        }

        /** The module with the credentials that it names; {@link #module} refused it if they are not there. */
        PreparedModule prepared(ModuleCheck.Usable module) {
            Set<String> secret = module.descriptor().variables().stream().filter(ModuleDescriptor.Variable::sensitive)
                    .map(ModuleDescriptor.Variable::name).collect(Collectors.toSet());
            Map<String, String> values = module.descriptor().credentials()
                    .map(profile -> credentials.of(profile).orElseThrow()).orElse(Map.of());
            return new PreparedModule(module.digest(), module.copy(), secret, values);
        }

        /** The version of the module that may be used now, or the one given when none may. */
        String moduleDigest(String name, String otherwise) {
            return module(name) instanceof ModuleCheck.Usable usable ? usable.digest() : otherwise;
        }
    }

    /** Reads the members of teams again from where they come from. */
    @FunctionalInterface
    public interface GroupRefresh {
        /**
         * Reads them now.
         *
         * @param teams
         *            names; teams that are bound to no outside source are left alone
         * @return whether all of them could be read
         */
        boolean refresh(Set<String> teams);
    }
}
