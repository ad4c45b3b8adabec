package dev.steward.terraform;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What can be found of a stack's resources without opening its state: addresses and identifiers, none of which tells a
 * secret. An address that neither the run's plan shows nor this table had before has its text keys masked, and no
 * identifier; an identifier that has a sensitive input in it is left out.
 */
record ResourceIndex(Runs runs, Plans plans) {

    /** Replaces what is known of the attempt's stack. */
    void replace(Handle handle, Attempt attempt, List<StateFile.Resource> resources) {
        Run run = runs.byId(handle, attempt.run());
        ShownAddresses addresses = shown(handle, run);
        Redactor secrets = secrets(handle, run);
        handle.createUpdate("DELETE FROM stack_resource WHERE stack = :stack").bind("stack", run.stack().value())
                .execute();
        if (resources.isEmpty()) {
            return;
        }
        var batch = handle.prepareBatch("""
                INSERT INTO stack_resource (stack, address, type, resource_id)
                VALUES (:stack, :address, :type, :id)""");
        Set<String> taken = new HashSet<>();
        for (StateFile.Resource resource : resources) {
            String masked = addresses.masked(resource.address());
            Optional<String> id = resource.id().filter(text -> masked.equals(resource.address()))
                    .filter(text -> secrets.redact(text).equals(text));
            batch.bind("stack", run.stack().value()).bind("address", unique(masked, taken))
                    .bind("type", resource.type()).bind("id", id.orElse(null)).add();
        }
        batch.execute();
    }

    private ShownAddresses shown(Handle handle, Run run) {
        Set<String> shown = new HashSet<>(handle.createQuery("SELECT address FROM stack_resource WHERE stack = :stack")
                .bind("stack", run.stack().value()).mapTo(String.class).list());
        plans.latestOf(handle, run.id()).ifPresent(
                plan -> plan.view().changes().forEach(change -> shown.add(change.address())));
        return ShownAddresses.of(shown);
    }

    /** Of a module that is not known, every input counts as a secret. */
    private Redactor secrets(Handle handle, Run run) {
        List<String> open = handle.createQuery("""
                SELECT variable.value ->> 'name' FROM module, json_each(module.descriptor, '$.variables') variable
                WHERE module.name = :name AND module.digest = :digest AND NOT variable.value ->> 'sensitive'""")
                .bind("name", run.module()).bind("digest", run.moduleDigest()).mapTo(String.class).list();
        Redactor.Builder secrets = Redactor.builder();
        runs.inputs(handle, run).properties().stream().filter(input -> !open.contains(input.getKey()))
                .forEach(input -> secrets.secret(input.getValue()));
        return secrets.build();
    }

    private static String unique(String address, Set<String> taken) {
        String unique = address;
        for (int n = 2; !taken.add(unique); n++) {
            unique = address + " " + n;
        }
        return unique;
    }
}
