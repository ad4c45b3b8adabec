package dev.steward.incidents;

import dev.steward.catalog.Person;
import dev.steward.database.Database;
import dev.steward.ledger.Actor;
import dev.steward.requests.ActOutcome;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** What is to be done, now or so that it does not happen again, and what is to be looked at. */
final class Items {
    private static final int TEXT = 500;
    private static final int URL = 1500;
    private static final int TITLE = 100;
    private static final Duration FARTHEST = Duration.ofDays(366);
    /** People are reminded so long before, and as often after. */
    private static final Duration DAY = Duration.ofDays(1);

    private final Desk desk;

    Items(Desk desk) {
        this.desk = desk;
    }

    /** Something to be done, as it is stored. */
    record Row(long id, IncidentId incident, boolean followup, String text, Optional<Long> owner,
            Optional<Instant> due, String state, Optional<Instant> reminded, OptionalLong request, long version) {
        boolean open() {
            return state.equals("open");
        }

        String kind() {
            return followup ? "Follow-up" : "Action";
        }
    }

    ActOutcome add(IncidentId id, Person person, boolean followup, String text, Optional<Person> owner,
            Optional<Instant> due) {
        return desk.act(id, person, Desk.When.NOT_MERGED, (h, incident, by) -> {
            String clean = Phrases.line(text);
            Optional<Person> who = owner.map(one -> desk.catalog.people().byId(h, one.id()).orElse(one));
            Optional<String> wrong = wrong(clean, who, due);
            if (wrong.isPresent()) {
                return new ActOutcome.Refused("Nothing was noted: " + wrong.get());
            }
            long item = insert(h, incident, new Row(0, id, followup, clean, who.map(Person::id), due, "open",
                    Optional.empty(), OptionalLong.empty(), 1), by);
            who.ifPresent(one -> desk.join(h, incident, one.id()));
            desk.log(h, by, "item", incident, Map.of("item", item, "followup", followup));
            said(h, incident, by, (followup ? "Follow-up: " : "To do: ") + clean
                    + who.map(one -> " (" + one.displayName() + ")").orElse(""));
            reminder(due).ifPresent(at -> desk.store.jobs().enqueue(h, IncidentSweep.jobAt(at)));
            return new ActOutcome.Done("Noted in " + id.text() + "."
                    + (followup && (who.isEmpty() || due.isEmpty()) ? " It still needs an owner and a due date." : ""));
        });
    }

    private Optional<String> wrong(String text, Optional<Person> owner, Optional<Instant> due) {
        if (text.isEmpty() || text.length() > TEXT) {
            return Optional.of(text.isEmpty() ? "say what is to be done." : Notes.tooLong("the text", text, TEXT));
        }
        Optional<String> nobody = owner.filter(one -> !one.mayAct()).map(one -> one.displayName() + " is "
                + one.standing().words() + ". Choose a member of this workspace.");
        return nobody.or(() -> due.filter(at -> !at.isAfter(desk.now()) || at.isAfter(desk.now().plus(FARTHEST)))
                .map(_ -> "it has to be due in the future, within a year."));
    }

    private long insert(Handle handle, Incident incident, Row item, Actor by) {
        handle.createUpdate("""
                INSERT INTO action_item (incident, kind, text, owner, due_at, state, created_by, created_at)
                VALUES (:incident, :kind, :text, :owner, nullif(:due, 0), 'open', :by, :now)""")
                .bind("incident", incident.id().value()).bind("kind", item.followup() ? "followup" : "action")
                .bind("text", item.text()).bind("owner", item.owner().orElse(null))
                .bind("due", IncidentStore.millis(item.due())).bind("by", by.text())
                .bind("now", desk.now().toEpochMilli()).execute();
        return Database.lastId(handle);
    }

    private void said(Handle handle, Incident incident, Actor by, String text) {
        desk.record(handle, incident, TimelineEntry.Kind.ACTION, by, text);
        desk.telling.headline(handle, incident);
        desk.telling.stillResolved(handle, incident);
    }

    ActOutcome end(long item, Person person, boolean done) {
        Optional<Row> found = desk.store.database().read(h -> find(h, item));
        if (found.isEmpty()) {
            return new ActOutcome.Refused("There is no open action or follow-up with that number.");
        }
        return desk.act(found.get().incident(), person, Desk.When.ANY, (h, incident, by) -> {
            Row row = find(h, item).orElseThrow();
            if (!row.open() || !row.incident().equals(incident.id())) {
                return new ActOutcome.Refused(row.open()
                        ? "It belongs to " + row.incident().text() + " now. Look there."
                        : "\"" + row.text() + "\" was " + row.state() + " already.");
            }
            String state = done ? "done" : "dropped";
            ended(h, row, state);
            desk.log(h, by, "item_ended", incident, Map.of("item", item, "state", state));
            said(h, incident, by, (done ? "Done: " : "Dropped: ") + row.text());
            row.reminded().ifPresent(at -> desk.telling.itemEnded(h, incident, item, at));
            return new ActOutcome.Done((done ? "Done: " : "Dropped: ") + row.text());
        });
    }

    private void ended(Handle handle, Row seen, String state) {
        Database.expectOne(handle.createUpdate("""
                UPDATE action_item SET state = :state, ended_at = :now, version = version + 1
                WHERE id = :id AND version = :seen AND state = 'open'""").bind("state", state)
                .bind("now", desk.now().toEpochMilli()).bind("id", seen.id()).bind("seen", seen.version()).execute(),
                "item " + seen.id());
    }

    ActOutcome link(IncidentId id, Person person, String url, String title) {
        return desk.act(id, person, Desk.When.NOT_MERGED, (h, incident, by) -> {
            Optional<URI> address = address(url.strip());
            if (address.isEmpty()) {
                return new ActOutcome.Refused("Nothing was noted: that is not an address that begins with https://.");
            }
            String name = Optional.of(Phrases.beginning(Phrases.line(title), TITLE)).filter(text -> !text.isEmpty())
                    .orElse(address.get().getHost());
            if (!link(h, id, url.strip(), name)) {
                return new ActOutcome.Refused("That link is in " + id.text() + " already.");
            }
            desk.log(h, by, "link", incident, Map.of("links", links(h, id).size()));
            desk.record(h, incident, TimelineEntry.Kind.LINK, by, name + ": " + url.strip());
            desk.changed(h, id);
            return new ActOutcome.Done("The link to " + name + " is in " + id.text() + ".");
        });
    }

    private boolean link(Handle handle, IncidentId id, String url, String title) {
        return handle.createUpdate("""
                INSERT OR IGNORE INTO incident_link (incident, url, title, added_at)
                VALUES (:incident, :url, :title, :now)""").bind("incident", id.value()).bind("url", url)
                .bind("title", title).bind("now", desk.now().toEpochMilli()).execute() > 0;
    }

    private static Optional<URI> address(String url) {
        try {
            URI uri = new URI(url);
            boolean good = url.length() <= URL && "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null
                    && uri.getUserInfo() == null;
            return good ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    static List<IncidentView.Link> links(Handle handle, IncidentId id) {
        return handle.createQuery("SELECT * FROM incident_link WHERE incident = :incident ORDER BY added_at, url")
                .bind("incident", id.value())
                .map((rs, c) -> new IncidentView.Link(rs.getString("title"), rs.getString("url"))).list();
    }

    /** The open ones first, the first to be due first. */
    static List<Row> of(Handle handle, IncidentId id) {
        return handle.createQuery("""
                SELECT * FROM action_item WHERE incident = :incident
                ORDER BY state <> 'open', due_at IS NULL, due_at, id""").bind("incident", id.value())
                .map((rs, c) -> row(rs)).list();
    }

    static Optional<Row> find(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM action_item WHERE id = :id").bind("id", id).map((rs, c) -> row(rs))
                .findOne();
    }

    /** Has another incident take over what is to be done and looked at. */
    static void move(Handle handle, IncidentId from, IncidentId to) {
        for (String sql : List.of("UPDATE action_item SET incident = :to WHERE incident = :from",
                "UPDATE OR IGNORE incident_link SET incident = :to WHERE incident = :from")) {
            handle.createUpdate(sql).bind("to", to.value()).bind("from", from.value()).execute();
        }
        handle.createUpdate("DELETE FROM incident_link WHERE incident = :from").bind("from", from.value()).execute();
    }

    /** When its owner is reminded for the first time. */
    static Optional<Instant> reminder(Optional<Instant> due) {
        return due.map(at -> at.minus(DAY));
    }

    /** Open ones of whose due day, or done request, somebody is to be reminded now, a bounded number. */
    static List<Row> toRemind(Handle handle, Instant now, int limit) {
        return handle.createQuery("""
                SELECT a.* FROM action_item a JOIN incident i ON i.id = a.incident
                WHERE a.state = 'open' AND (
                    a.due_at IS NOT NULL AND a.due_at - :day <= :now
                        AND (a.reminded_at IS NULL OR a.reminded_at + :day <= :now)
                    OR EXISTS (SELECT 1 FROM request q WHERE q.id = a.request AND q.state = 'done'
                        AND coalesce(a.reminded_at, 0) < q.updated_at))
                    AND i.status NOT IN ('declined', 'merged')
                ORDER BY a.due_at, a.id LIMIT :limit""").bind("day", DAY.toMillis()).bind("now", now.toEpochMilli())
                .bind("limit", limit).map((rs, c) -> row(rs)).list();
    }

    /** Reminds whoever is to do it, or else whoever leads, or else whoever declared. */
    void remind(Handle handle, Row item) {
        Incident incident = desk.incidents.get(handle, item.incident());
        Instant now = desk.now();
        Database.expectOne(handle.createUpdate("""
                UPDATE action_item SET reminded_at = :now, version = version + 1 WHERE id = :id AND version = :seen""")
                .bind("now", now.toEpochMilli()).bind("id", item.id()).bind("seen", item.version()).execute(),
                "item " + item.id());
        long person = item.owner().flatMap(owner -> desk.catalog.people().byId(handle, owner)).filter(Person::mayAct)
                .or(() -> Optional.ofNullable(desk.members.roles(handle, incident.id()).get(IncidentRole.LEAD))
                        .filter(Person::mayAct))
                .map(Person::id).orElse(incident.about().declaredBy());
        desk.telling.item(handle, incident, item.id(), person, now);
        if (item.request().isPresent()) {
            desk.telling.headline(handle, incident);
            desk.telling.stillResolved(handle, incident);
        }
    }

    private static Row row(ResultSet rs) throws SQLException {
        long owner = rs.getLong("owner");
        long request = rs.getLong("request");
        return new Row(rs.getLong("id"), new IncidentId(rs.getLong("incident")),
                rs.getString("kind").equals("followup"),
                rs.getString("text"), owner == 0 ? Optional.empty() : Optional.of(owner),
                IncidentStore.at(rs, "due_at"), rs.getString("state"), IncidentStore.at(rs, "reminded_at"),
                request == 0 ? OptionalLong.empty() : OptionalLong.of(request), rs.getLong("version"));
    }
}
