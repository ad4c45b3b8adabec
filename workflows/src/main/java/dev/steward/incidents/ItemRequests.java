package dev.steward.incidents;

import dev.steward.database.Database;
import dev.steward.ledger.Actor;
import dev.steward.requests.Purpose;
import dev.steward.requests.RequestId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How follow-ups become requests. That a form was opened for a follow-up is stored with the key that the request will have;
 * whether it may become one is asked, and what it became is noted, in the transaction that stores the request.
 */
public final class ItemRequests {
    /** A form that was left lying so long is gone. */
    private static final Duration KEPT = Duration.ofDays(3);
    /** A request in one of these does not come to anything: another can be made. */
    private static final String LIVE = "state NOT IN ('rejected', 'cancelled', 'expired')";

    private final Desk desk;

    ItemRequests(Desk desk) {
        this.desk = desk;
    }

    /** A form is opened for that follow-up; the key is that of the request which it becomes. */
    public void begin(Handle handle, long item, String key) {
        handle.createUpdate("INSERT INTO item_form (key, item, created_at) VALUES (:key, :item, :now)")
                .bind("key", key).bind("item", item).bind("now", desk.now().toEpochMilli()).execute();
    }

    /** What the form of that key is for: a follow-up gets one request. Nothing for forms that were opened for none. */
    public Purpose purpose(String key) {
        return new Purpose(h -> of(h, key).flatMap(item -> obstacle(h, item)),
                (h, request) -> of(h, key).ifPresent(item -> became(h, item, request)));
    }

    private static Optional<Items.Row> of(Handle handle, String key) {
        return handle.createQuery("SELECT item FROM item_form WHERE key = :key").bind("key", key).mapTo(Long.class)
                .findOne().flatMap(item -> Items.find(handle, item));
    }

    private Optional<String> obstacle(Handle handle, Items.Row item) {
        if (!item.open()) {
            return Optional.of("\"" + item.text() + "\" was " + item.state() + " already.");
        }
        return live(handle, item).map(request -> request.text() + " was made for \"" + item.text() + "\" already, by "
                + requester(handle, request) + ".");
    }

    private String requester(Handle handle, RequestId request) {
        return desk.catalog.people().byId(handle, desk.requests.find(handle, request).orElseThrow().requester())
                .orElseThrow().displayName();
    }

    /** The request that it became, unless that comes to nothing. */
    static Optional<RequestId> live(Handle handle, Items.Row item) {
        return item.request().isEmpty()
                ? Optional.empty()
                : handle.createQuery("SELECT id FROM request WHERE id = :id AND " + LIVE)
                        .bind("id", item.request().getAsLong()).mapTo(Long.class).findOne().map(RequestId::new);
    }

    /** Whether what was asked for is there. */
    static boolean done(Handle handle, RequestId request) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM request WHERE id = :id AND state = 'done')")
                .bind("id", request.value()).mapTo(Boolean.class).one();
    }

    private void became(Handle handle, Items.Row item, RequestId request) {
        Incident incident = desk.incidents.get(handle, item.incident());
        Database.expectOne(handle.createUpdate("""
                UPDATE action_item SET request = :request, version = version + 1
                WHERE id = :id AND version = :seen""").bind("request", request.value()).bind("id", item.id())
                .bind("seen", item.version()).execute(), "item " + item.id());
        desk.log(handle, Actor.STEWARD, "item_request", incident, Map.of("item", item.id(), "request", request.text()));
        desk.aside(handle, incident, Actor.STEWARD, request.text() + " was made for: " + item.text());
        desk.telling.headline(handle, incident);
        desk.telling.stillResolved(handle, incident);
        item.reminded().ifPresent(at -> desk.telling.itemEnded(handle, incident, item.id(), at));
    }

    /** Forgets the forms that nobody can send in any more. */
    void forget(Handle handle) {
        handle.createUpdate("DELETE FROM item_form WHERE created_at < :old")
                .bind("old", desk.now().minus(KEPT).toEpochMilli()).execute();
    }
}
