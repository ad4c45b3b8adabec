package dev.steward.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelineTest {
    private static final int PAGE = 15;

    @TempDir
    Path folder;

    private IncidentKit kit;
    private Incident incident;

    @BeforeEach
    void open() {
        kit = new IncidentKit(folder);
        incident = kit.withChannel(kit.declared("Checkout errors"));
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void openingALongTimelineAsksTheDatabaseNoMoreThanOpeningAShortOne() {
        entries(20);
        List<String> few = asked(this::opened);
        entries(800);
        assertThat(asked(this::opened)).isEqualTo(few).hasSizeLessThan(20);
    }

    @Test
    void thePostmortemOfALongTimelineAsksTheDatabaseNoMoreThanThatOfAShortOne() {
        entries(20);
        List<String> few = asked(h -> kit.incidents.postmortem(h, incident.id()));
        entries(800);
        assertThat(asked(h -> kit.incidents.postmortem(h, incident.id()))).isEqualTo(few).hasSizeLessThan(25);
    }

    @Test
    void noQueryOfATimelineReadsAWholeTable() {
        entries(20);
        List<String> asked = new ArrayList<>(asked(this::opened));
        asked.addAll(asked(h -> kit.incidents.postmortem(h, incident.id())));
        assertThat(asked).filteredOn(sql -> sql.contains("timeline_entry")).hasSizeGreaterThan(4)
                .allSatisfy(sql -> assertThat(plan(sql)).as(sql).anyMatch(step -> step.contains("timeline_order"))
                        .noneMatch(step -> step.startsWith("SCAN") || step.contains("TEMP B-TREE")));
    }

    /** All that is looked at for one page in Slack. */
    private Integer opened(Handle handle) {
        int size = kit.incidents.timelineSize(handle, incident.id(), true);
        assertThat(kit.incidents.view(handle, incident.id(), Optional.of(kit.dana))).isPresent();
        assertThat(kit.incidents.timeline(handle, incident.id(), true, PAGE, size - PAGE)).hasSize(PAGE);
        assertThat(kit.incidents.timeline(handle, incident.id(), false, PAGE, 0)).hasSize(PAGE);
        return size;
    }

    private void entries(int count) {
        kit.writing(h -> {
            int before = kit.incidents.timelineSize(h, incident.id(), true);
            for (int i = before; i < before + count; i++) {
                kit.incidents.pinned(h, incident.id(), "C1", i + ".000000",
                        (i % 2 == 0 ? kit.omar : kit.dana).slack().orElseThrow(), "Line " + i);
            }
        });
        for (int i = 0; i < count / 20; i++) {
            IncidentKit.done(kit.incidents.update(incident.id(), i % 2 == 0 ? kit.omar : kit.dana,
                    new Incidents.Update("Half of all fail", "", "", Optional.of(Duration.ofHours(1)))));
        }
    }

    private List<String> asked(Function<Handle, ?> work) {
        List<String> all = new ArrayList<>();
        kit.read(h -> {
            h.getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
                @Override
                public void logAfterExecution(StatementContext context) {
                    all.add(context.getParsedSql().getSql());
                }
            });
            return String.valueOf(work.apply(h));
        });
        return all;
    }

    private List<String> plan(String sql) {
        return kit.catalog.list(h -> {
            Query query = h.createQuery("EXPLAIN QUERY PLAN " + sql);
            for (int i = 0; i < sql.chars().filter(c -> c == '?').count(); i++) {
                query.bind(i, 1);
            }
            return query.map((rs, c) -> rs.getString("detail")).list();
        });
    }
}
