package dev.steward.incidents;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Counts how incidents went. */
final class Counting {
    private static final String COUNTED = "i.status NOT IN ('declined', 'merged') AND i.private = 0";

    private Counting() {}

    private record Row(Severity severity, Optional<String> service, Optional<Duration> takenUp,
            Optional<Duration> resolved) {}

    static IncidentFigures of(Handle handle, Instant from, Instant to) {
        List<Row> rows = handle.createQuery("""
                SELECT i.severity, e.name, i.declared_at, i.taken_up_at, i.resolved_at FROM incident i
                LEFT JOIN entity e ON e.id = i.entity
                WHERE i.declared_at >= :from AND i.declared_at < :to AND\s""" + COUNTED)
                .bind("from", from.toEpochMilli()).bind("to", to.toEpochMilli())
                .map((rs, c) -> {
                    Instant declared = Instant.ofEpochMilli(rs.getLong("declared_at"));
                    return new Row(Severity.of(rs.getInt("severity")), Optional.ofNullable(rs.getString("name")),
                            IncidentStore.at(rs, "taken_up_at").map(at -> since(declared, at)),
                            IncidentStore.at(rs, "resolved_at").map(at -> since(declared, at)));
                }).list();
        Map<Severity, IncidentFigures.Course> severities = new EnumMap<>(Severity.class);
        rows.stream().collect(Collectors.groupingBy(Row::severity))
                .forEach((severity, some) -> severities.put(severity, course(some)));
        Map<String, IncidentFigures.Course> services = new TreeMap<>();
        rows.stream().filter(row -> row.service().isPresent())
                .collect(Collectors.groupingBy(row -> row.service().orElseThrow()))
                .forEach((service, some) -> services.put(service, course(some)));
        return new IncidentFigures(course(rows), severities, services,
                runs(handle, from, to, "run r WHERE r.state = 'applied'"),
                runs(handle, from, to, "incident i JOIN run r ON r.id = i.caused_by WHERE r.state IN ('applied',"
                        + " 'apply_failed', 'partial', 'indeterminate') AND " + COUNTED));
    }

    /** A clock that was set back makes nothing take less than no time. */
    private static Duration since(Instant declared, Instant at) {
        return at.isBefore(declared) ? Duration.ZERO : Duration.between(declared, at);
    }

    private static int runs(Handle handle, Instant from, Instant to, String which) {
        return handle.createQuery("""
                SELECT count(DISTINCT r.id) FROM %s AND r.ended_at >= :from AND r.ended_at < :to
                    AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.stack = r.stack AND l.role IS NOT NULL)"""
                .formatted(which)).bind("from", from.toEpochMilli()).bind("to", to.toEpochMilli())
                .mapTo(Integer.class).one();
    }

    private static IncidentFigures.Course course(List<Row> rows) {
        return new IncidentFigures.Course(rows.size(),
                spread(rows.stream().flatMap(row -> row.takenUp().stream()).toList()),
                spread(rows.stream().flatMap(row -> row.resolved().stream()).toList()));
    }

    private static IncidentFigures.Spread spread(Collection<Duration> durations) {
        List<Duration> sorted = durations.stream().sorted().toList();
        int count = sorted.size();
        if (count == 0) {
            return new IncidentFigures.Spread(0, Optional.empty(), Optional.empty());
        }
        Duration median = sorted.get((count - 1) / 2).plus(sorted.get(count / 2)).dividedBy(2);
        Duration mean = sorted.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(count);
        return new IncidentFigures.Spread(count, Optional.of(median), Optional.of(mean));
    }
}
