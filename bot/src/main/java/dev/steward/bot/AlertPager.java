package dev.steward.bot;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.incidents.alerts.Alert;
import dev.steward.incidents.alerts.AlertGroup;
import dev.steward.incidents.alerts.Paging;
import dev.steward.oncall.OnCall;
import dev.steward.oncall.PageOrder;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Calls whoever is on call for what critical alerts are on; where they are on nothing, the platform team. */
record AlertPager(Stores stores, Settings settings, OnCall onCall) implements Paging {
    @Override
    public void page(Handle handle, AlertGroup group, Alert worst) {
        Optional<Entity> entity = group.entity().flatMap(id -> stores.entities().byId(handle, id));
        List<String> teams = entity.map(on -> onCall.paged(handle, on).stream().map(Team::name).toList())
                .filter(found -> !found.isEmpty()).orElse(List.of(settings.organisation().platformTeam()));
        String title = entity.map(on -> on.name() + ": ").orElse("") + worst.told().name();
        onCall.page(handle,
                new PageOrder(teams.getFirst(), subject(group), title, Optional.of(group.channel()), Optional.empty(),
                        teams.subList(1, teams.size())));
    }

    @Override
    public void answered(Handle handle, AlertGroup group, Person by) {
        onCall.takenUp(handle, subject(group), by, OnCall.Word.ANYBODY);
    }

    @Override
    public void declared(Handle handle, AlertGroup group, Person by) {
        onCall.takenUp(handle, subject(group), by, OnCall.Word.THEIRS);
    }

    @Override
    public void over(Handle handle, AlertGroup group) {
        onCall.withdraw(handle, subject(group));
    }

    private static String subject(AlertGroup group) {
        return "alerts " + group.id();
    }
}
