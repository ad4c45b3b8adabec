package dev.steward.modules;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of the {@code module} table; the newest of a name is the accepted one. */
final class ModuleTable {
    private static final String COLUMNS = "SELECT name, digest, accepted_by, accepted_at, descriptor FROM module ";

    private ModuleTable() {}

    /** An accepted module. */
    record Row(String name, String digest, String acceptedBy, Instant acceptedAt, ModuleDescriptor descriptor) {}

    static Optional<Row> accepted(Handle handle, String name) {
        return handle.createQuery(COLUMNS + "WHERE name = :name ORDER BY id DESC LIMIT 1").bind("name", name)
                .map(ModuleTable::row).findOne();
    }

    static List<String> names(Handle handle) {
        return handle.createQuery("SELECT DISTINCT name FROM module ORDER BY name").mapTo(String.class).list();
    }

    /** Makes it the accepted one, also when it had been before. */
    static void put(Handle handle, Row row) {
        handle.createUpdate("DELETE FROM module WHERE name = :name AND digest = :digest").bind("name", row.name())
                .bind("digest", row.digest()).execute();
        handle.createUpdate("""
                INSERT INTO module (name, digest, accepted_by, accepted_at, descriptor)
                VALUES (:name, :digest, :by, :at, :descriptor)""").bind("name", row.name())
                .bind("digest", row.digest()).bind("by", row.acceptedBy())
                .bind("at", row.acceptedAt().toEpochMilli())
                .bind("descriptor", DescriptorJson.write(row.descriptor())).execute();
    }

    private static Row row(ResultSet rs, StatementContext context) throws SQLException {
        return new Row(rs.getString("name"), rs.getString("digest"), rs.getString("accepted_by"),
                Instant.ofEpochMilli(rs.getLong("accepted_at")), DescriptorJson.read(rs.getString("descriptor")));
    }
}
