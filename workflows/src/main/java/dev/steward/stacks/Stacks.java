package dev.steward.stacks;

import dev.steward.database.Database;
import dev.steward.terraform.StackId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of stacks. */
public final class Stacks {
    private final InstantSource clock;

    /** A store that takes the time from the clock given. */
    public Stacks(InstantSource clock) {
        this.clock = clock;
    }

    /** The pending or active stack of that name. */
    public Optional<Stack> byName(Handle handle, String name) {
        return handle.createQuery("SELECT * FROM stack WHERE name = :name AND status IN ('pending', 'active')")
                .bind("name", name).map(Stacks::stack).findOne();
    }

    /** The stack of that id. */
    public Stack byId(Handle handle, StackId id) {
        return handle.createQuery("SELECT * FROM stack WHERE id = :id").bind("id", id.value()).map(Stacks::stack)
                .findOne().orElseThrow(() -> new IllegalStateException("no such stack: " + id.text()));
    }

    /** Takes the name for a new stack; the caller has seen that it is free. */
    public Stack create(Handle handle, String name, String module, String lineage, long owner) {
        handle.createUpdate("""
                INSERT INTO stack (name, module, lineage, owner, status, created_at, updated_at)
                VALUES (:name, :module, :lineage, :owner, 'pending', :now, :now)""").bind("name", name)
                .bind("module", module).bind("lineage", lineage).bind("owner", owner).bind("now", clock.millis())
                .execute();
        return byId(handle, new StackId(Database.lastId(handle)));
    }

    /** Gives a stack that was never applied another name and owner. */
    public Stack rename(Handle handle, StackId id, String name, long owner) {
        Database.expectOne(handle.createUpdate("""
                UPDATE stack SET name = :name, owner = :owner, version = version + 1, updated_at = :now
                WHERE id = :id AND status = 'pending'""").bind("name", name).bind("owner", owner)
                .bind("now", clock.millis()).bind("id", id.value()).execute(), id.text());
        return byId(handle, id);
    }

    /** Says what there is of the stack now, and whose it is. */
    public void settle(Handle handle, StackId id, Stack.Status status, long owner) {
        Database.expectOne(handle.createUpdate("""
                UPDATE stack SET status = :status, owner = :owner, version = version + 1, updated_at = :now
                WHERE id = :id""").bind("status", status.name().toLowerCase(Locale.ROOT)).bind("owner", owner)
                .bind("now", clock.millis()).bind("id", id.value()).execute(), id.text());
    }

    /**
     * Demands of every stack that there may be something of that it is looked at before it is changed again: its books
     * were restored and may be behind what is really there. Answers how many stacks that are.
     */
    public int demandLook(Handle handle) {
        return handle.createUpdate("""
                UPDATE stack SET look_since = :now, version = version + 1, updated_at = :now
                WHERE status IN ('pending', 'active')""").bind("now", clock.millis()).execute();
    }

    /** Since when the stack has to be looked at before it is changed; empty when it need not be. */
    public Optional<Instant> mustLook(Handle handle, StackId id) {
        return handle.createQuery("SELECT look_since FROM stack WHERE id = :id AND look_since IS NOT NULL")
                .bind("id", id.value()).mapTo(Long.class).findOne().map(Instant::ofEpochMilli);
    }

    /** Notes that a plan has looked at what is really there. */
    public void looked(Handle handle, StackId id) {
        Database.expectOne(handle.createUpdate("""
                UPDATE stack SET look_since = NULL, version = version + 1, updated_at = :now WHERE id = :id""")
                .bind("now", clock.millis()).bind("id", id.value()).execute(), id.text());
    }

    /** Records that an entity of the catalog stands on the stack. */
    public void carries(Handle handle, StackId id, long entity) {
        handle.createUpdate("INSERT OR IGNORE INTO stack_entity (stack, entity) VALUES (:stack, :entity)")
                .bind("stack", id.value()).bind("entity", entity).execute();
    }

    /** The active stack that the entity stands on; the newest, if there are several. */
    public Optional<Stack> carrying(Handle handle, long entity) {
        return handle.createQuery("""
                SELECT s.* FROM stack s JOIN stack_entity e ON e.stack = s.id
                WHERE e.entity = :entity AND s.status = 'active' ORDER BY s.id DESC LIMIT 1""").bind("entity", entity)
                .map(Stacks::stack).findOne();
    }

    /** Rows of the entities that stand on the stack. */
    public List<Long> entities(Handle handle, StackId id) {
        return handle.createQuery("SELECT entity FROM stack_entity WHERE stack = :stack ORDER BY entity")
                .bind("stack", id.value()).mapTo(Long.class).list();
    }

    private static Stack stack(ResultSet rs, StatementContext context) throws SQLException {
        return new Stack(new StackId(rs.getLong("id")), rs.getString("name"), rs.getString("module"),
                rs.getString("lineage"), rs.getLong("owner"),
                Stack.Status.valueOf(rs.getString("status").toUpperCase(Locale.ROOT)), rs.getLong("version"));
    }
}
