package dev.steward.bot;

import dev.steward.catalog.Team;
import dev.steward.incidents.alerts.Alert;
import dev.steward.incidents.alerts.AlertGroup;
import dev.steward.incidents.alerts.Paging;
import dev.steward.oncall.OnCall;
import dev.steward.oncall.PageOrder;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Calls whoever is on call for what critical alerts are on; where they are on nothing, the platform team. */
record AlertPager(Stores stores, Settings settings, OnCall onCall) implements Paging {
    @Override
    public void page(Handle handle, AlertGroup group, Alert worst) {
        String team = group.entity().flatMap(id -> stores.entities().byId(handle, id))
                .flatMap(entity -> onCall.paged(handle, entity).stream().findFirst()).map(Team::name)
                .orElse(settings.organisation().platformTeam());
        onCall.page(handle, new PageOrder(team, subject(group), worst.told().name(), Optional.of(group.channel()),
                Optional.empty()));
    }

    @Override
    public void answered(Handle handle, AlertGroup group) {
        onCall.withdraw(handle, subject(group));
    }

    private static String subject(AlertGroup group) {
        return "alerts " + group.id();
    }
}
