package dev.steward.bot;

import dev.steward.database.DatabaseFile;
import dev.steward.ledger.Entry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * What a backup says of itself, in a table of its own in the file.
 *
 * @param version
 *            of the Steward that made it
 * @param schema
 *            number of the newest migration in it
 * @param takenAt
 *            as of when it is
 * @param head
 *            the end of its ledger
 * @param keyId
 *            names the key that its secrets are sealed with; the key itself is not in it
 */
public record BackupManifest(String version, int schema, Instant takenAt, Entry.Head head, String keyId) {

    /** What the ledger says of the backup. */
    public Map<String, ?> facts() {
        return Map.of("ledger_seq", head.seq(), "ledger_hash", head.hash(), "key", keyId);
    }

    /** Notes it in the copy. */
    void store(Handle handle) {
        handle.execute("CREATE TABLE backup_manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT");
        Map.of("format", "1", "version", version, "schema", Integer.toString(schema), "taken_at",
                Long.toString(takenAt.toEpochMilli()), "ledger_seq", Long.toString(head.seq()), "ledger_hash",
                head.hash(), "key_id", keyId)
                .forEach((name, value) -> handle.execute("INSERT INTO backup_manifest (name, value) VALUES (?, ?)",
                        name, value));
    }

    /** Reads it from a file; empty when that is no backup. */
    public static Optional<BackupManifest> read(Path file) {
        try {
            return DatabaseFile.read(file, BackupManifest::read);
        } catch (JdbiException e) {
            return Optional.empty();
        }
    }

    private static Optional<BackupManifest> read(Handle handle) {
        Map<String, String> values = handle.createQuery("SELECT name, value FROM backup_manifest")
                .setMapKeyColumn("name").setMapValueColumn("value")
                .collectInto(new org.jdbi.v3.core.generic.GenericType<>() {
                });
        if (!"1".equals(values.get("format"))) {
            return Optional.empty();
        }
        return Optional.of(new BackupManifest(values.getOrDefault("version", "?"),
                Integer.parseInt(values.getOrDefault("schema", "0")),
                Instant.ofEpochMilli(Long.parseLong(values.getOrDefault("taken_at", "0"))),
                new Entry.Head(Long.parseLong(values.getOrDefault("ledger_seq", "0")),
                        values.getOrDefault("ledger_hash", "")),
                values.getOrDefault("key_id", "?")));
    }
}
