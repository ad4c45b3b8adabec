package dev.steward.incidents;

import dev.steward.catalog.Person;
import dev.steward.ledger.Actor;
import dev.steward.requests.RequestId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads what there is to see of incidents. */
final class IncidentViews {
    private final Desk desk;
    private final Freezes freezes;

    IncidentViews(Desk desk, Freezes freezes) {
        this.desk = desk;
        this.freezes = freezes;
    }

    IncidentView of(Handle handle, Incident incident) {
        List<IncidentView.Item> items = Items.of(handle, incident.id()).stream().map(row -> item(handle, row)).toList();
        return new IncidentView(incident,
                incident.about().entity().flatMap(id -> desk.catalog.entities().byId(handle, id)),
                desk.catalog.people().byId(handle, incident.about().declaredBy()).orElseThrow(),
                desk.members.roles(handle, incident.id()), update(handle, incident), items,
                Items.links(handle, incident.id()), incident.open() ? Declaring.alike(handle, incident) : List.of(),
                freezes.frozen(incident));
    }

    private IncidentView.Item item(Handle handle, Items.Row row) {
        Optional<RequestId> request = ItemRequests.live(handle, row);
        return new IncidentView.Item(row.id(), row.followup(), row.text(),
                row.owner().flatMap(owner -> desk.catalog.people().byId(handle, owner)), row.due(), row.open(),
                request, request.filter(made -> ItemRequests.done(handle, made)).isPresent());
    }

    private Optional<IncidentView.Update> update(Handle handle, Incident incident) {
        return handle.createQuery("""
                SELECT u.*, e.at, e.actor FROM timeline_entry e JOIN incident_update u ON u.entry = e.id
                WHERE e.incident = :incident AND e.removed_at IS NULL ORDER BY e.at DESC, e.id DESC LIMIT 1""")
                .bind("incident", incident.id().value())
                .map((rs, c) -> new IncidentView.Update(rs.getString("conditions"), rs.getString("actions"),
                        rs.getString("needs"), rs.getString("actor"), Instant.ofEpochMilli(rs.getLong("at"))))
                .findOne().map(update -> new IncidentView.Update(update.conditions(), update.actions(), update.needs(),
                        desk.name(handle, Actor.parse(update.by())), update.at()));
    }

    /** What is missing before it can be called done. */
    Map<String, Boolean> checklist(Handle handle, Incident incident) {
        Map<IncidentRole, Person> roles = desk.members.roles(handle, incident.id());
        List<Items.Row> items = Items.of(handle, incident.id());
        List<Items.Row> followups = items.stream().filter(Items.Row::followup)
                .filter(item -> !item.state().equals("dropped")).toList();
        Map<String, Boolean> list = new LinkedHashMap<>();
        list.put("what it was on", incident.about().entity().isPresent());
        list.put("somebody who led it", roles.containsKey(IncidentRole.LEAD));
        list.put("every action done or dropped", items.stream().noneMatch(item -> !item.followup() && item.open()));
        list.put("a follow-up, so that it does not happen again", !followups.isEmpty());
        list.put("an owner and a due date for every follow-up",
                followups.stream().allMatch(item -> item.owner().isPresent() && item.due().isPresent()));
        list.put("a completed postmortem", Postmortems.edited(handle, incident.id()));
        return list;
    }
}
