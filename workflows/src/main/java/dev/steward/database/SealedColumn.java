package dev.steward.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * A column whose values are sealed, known well enough to seal them anew with another key.
 *
 * @param key
 *            the columns of the table's primary key
 * @param context
 *            what a row's value is sealed for, as an SQL expression over the row
 */
public record SealedColumn(String table, String column, List<String> key, String context) {
    private static final int ROWS = 100;
    private static final long BYTES = 4_000_000;

    public SealedColumn {
        key = List.copyOf(key);
    }

    /**
     * Seals every value with another key, in transactions of a bounded size. A value that the other key opens already
     * is left as it is, so that this can be interrupted at any point and run again.
     *
     * @param progress
     *            called after each transaction
     * @return how many values were sealed anew
     * @throws IllegalStateException
     *             if a value opens with neither key
     */
    public long reseal(Database database, Sealer from, Sealer to, Runnable progress) {
        List<Map<String, Object>> rows = database.read(this::rows);
        long done = 0;
        for (List<Map<String, Object>> slice : slices(rows)) {
            done += database.write(h -> slice.stream().filter(row -> reseal(h, row, from, to)).count());
            progress.run();
        }
        return done;
    }

    private List<Map<String, Object>> rows(Handle handle) {
        return handle.createQuery("SELECT " + String.join(", ", key) + ", length(" + column + ") AS bytes FROM " + table
                + " WHERE length(" + column + ") > 0").mapToMap().list();
    }

    private static List<List<Map<String, Object>>> slices(List<Map<String, Object>> rows) {
        List<List<Map<String, Object>>> slices = new ArrayList<>();
        List<Map<String, Object>> slice = new ArrayList<>();
        long bytes = 0;
        for (Map<String, Object> row : rows) {
            slice.add(row);
            bytes += ((Number) Objects.requireNonNull(row.get("bytes"))).longValue();
            if (slice.size() == ROWS || bytes > BYTES) {
                slices.add(slice);
                slice = new ArrayList<>();
                bytes = 0;
            }
        }
        slices.add(slice);
        return slices;
    }

    /** Answers whether it was sealed anew; a row that is gone by now is none. */
    private boolean reseal(Handle handle, Map<String, Object> row, Sealer from, Sealer to) {
        String where = key.stream().map(name -> name + " = :" + name).collect(Collectors.joining(" AND "));
        var value = handle.createQuery("SELECT " + column + " AS sealed, " + context + " AS context FROM " + table
                + " WHERE " + where).bindMap(row)
                .map((rs, c) -> Map.entry(rs.getBytes("sealed"), rs.getString("context"))).findOne();
        if (value.isEmpty() || to.opens(value.get().getKey(), value.get().getValue())) {
            return false;
        }
        String bound = value.get().getValue();
        byte[] fresh = to.seal(from.open(value.get().getKey(), bound), bound);
        Database.expectOne(handle.createUpdate("UPDATE " + table + " SET " + column + " = :fresh WHERE " + where)
                .bindMap(row).bind("fresh", fresh).execute(), table);
        return true;
    }
}
