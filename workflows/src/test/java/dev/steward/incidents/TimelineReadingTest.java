package dev.steward.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long timeline is read by its index, with as many statements as a short one. */
class TimelineReadingTest {
    private static final String PAGE = """
            EXPLAIN QUERY PLAN SELECT * FROM timeline_entry
            WHERE incident = 1 AND removed_at IS NULL AND (curated = 1 OR 0) ORDER BY at, id LIMIT 20 OFFSET 4000""";

    @TempDir
    Path folder;

    private IncidentKit kit;

    @BeforeEach
    void open() {
        kit = new IncidentKit(folder);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void aPageComesInTheOrderOfTheIndex() {
        List<String> plan = kit.catalog.list(
                h -> h.createQuery(PAGE).map((rs, c) -> rs.getString("detail")).list());
        assertThat(plan).singleElement().asString().contains("USING INDEX timeline_order");
    }

    @Test
    void theNumberOfStatementsDoesNotGrowWithTheEntries() {
        Incident incident = kit.declared("Checkout errors");
        entries(incident, 0, 10);
        int few = statements(incident);
        entries(incident, 10, 400);
        assertThat(kit.timeline(incident)).hasSizeGreaterThan(400);
        assertThat(statements(incident)).isEqualTo(few);
    }

    private void entries(Incident incident, int from, int to) {
        kit.writing(h -> {
            for (int i = from; i < to; i++) {
                kit.incidents.pinned(h, incident.id(), "C1", i + ".000000", kit.omar.slack().orElseThrow(),
                        "Line " + i);
            }
        });
    }

    /** How many it takes to read all of it, the view, and the postmortem. */
    private int statements(Incident incident) {
        AtomicInteger count = new AtomicInteger();
        kit.<Integer>read(h -> {
            h.setSqlLogger(new SqlLogger() {
                @Override
                public void logBeforeExecution(StatementContext context) {
                    count.incrementAndGet();
                }
            });
            kit.incidents.timeline(h, incident.id(), true, 1000, 0);
            kit.incidents.inside(h, incident.id());
            return kit.incidents.postmortem(h, incident.id()).length();
        });
        return count.get();
    }
}
