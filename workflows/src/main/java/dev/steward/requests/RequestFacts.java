package dev.steward.requests;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.definitions.Facts;
import dev.steward.definitions.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the expressions of a workflow are evaluated over, as things are now. */
final class RequestFacts {
    private final RequestParts.Catalog catalog;
    private final Policy policy;

    RequestFacts(RequestParts.Catalog catalog, Policy policy) {
        this.catalog = catalog;
        this.policy = policy;
    }

    /** Who asks, with the teams of this moment. */
    Facts.Requester requester(Handle handle, Person person) {
        List<String> teams = catalog.teams().teamsOf(handle, person.id()).stream().map(Team::name).toList();
        return new Facts.Requester(person.name(), person.displayName(), teams.stream().findFirst(), teams);
    }

    /**
     * The facts of these answers. What access is asked to is looked up; where it is gone, expressions that name it fail,
     * and what cannot be evaluated denies.
     */
    Facts of(Handle handle, Workflow workflow, Map<String, Object> answers, Facts.Requester requester) {
        Facts facts = policy.facts(workflow, answers, requester);
        return entity(handle, workflow, answers)
                .map(entity -> facts.withEntity(target(handle, entity)).withModel(entity.operatingModel().text()))
                .orElse(facts);
    }

    /** What access is asked to, if it is there. */
    Optional<Entity> entity(Handle handle, Workflow workflow, Map<String, Object> answers) {
        return workflow.access().map(access -> answers.get(Workflow.Access.ENTITY)).map(String::valueOf)
                .flatMap(name -> catalog.entities().byName(handle, name));
    }

    /** An entity, as expressions see it. */
    Facts.Target target(Handle handle, Entity entity) {
        return new Facts.Target(entity.name(), entity.kind().text(), entity.owner(),
                entity.responsibility().operatedBy(), entity.profile().tier().text(), entity.profile().stage().text(),
                entity.responsibility().lifecycle().text(), catalog.entities().tags(handle, entity.id()));
    }
}
