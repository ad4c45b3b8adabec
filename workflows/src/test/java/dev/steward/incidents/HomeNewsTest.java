package dev.steward.incidents;

import static dev.steward.incidents.IncidentKit.confidential;
import static dev.steward.incidents.IncidentKit.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Person;
import dev.steward.database.Json;
import dev.steward.jobs.Job;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homes follow incidents: of those who opened theirs, and may see it. */
class HomeNewsTest {
    @TempDir
    Path folder;

    private IncidentKit kit;

    @BeforeEach
    void open() {
        kit = new IncidentKit(folder);
        Stream.of(kit.dana, kit.omar, kit.pia)
                .forEach(person -> kit.writing(h -> kit.requests.homes().opened(h, person.id())));
        kit.allSent();
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void everyHomeThatWasOpenedFollowsAnIncidentThatAllMaySee() {
        Incident incident = kit.declared("Checkout errors");
        assertThat(renewed()).containsExactlyInAnyOrder(kit.dana, kit.omar, kit.pia);
        done(kit.incidents.severity(incident.id(), kit.dana, Severity.SEV3));
        assertThat(renewed()).hasSize(3);
        done(kit.incidents.status(incident.id(), kit.dana, IncidentState.Progress.MONITORING));
        assertThat(renewed()).hasSize(3);
        done(kit.incidents.role(incident.id(), kit.dana, IncidentRole.LEAD, kit.omar));
        assertThat(renewed()).hasSize(3);
        done(kit.incidents.resolve(incident.id(), kit.dana, ""));
        assertThat(renewed()).hasSize(3);
    }

    @Test
    void aStormIsOneJobThatOutlivesARestart() {
        for (int i = 0; i < 50; i++) {
            kit.declared("Storm " + i);
        }
        assertThat(homes()).as("nothing is put while people wait for their answer").isEmpty();
        assertThat(kit.count("SELECT count(*) FROM job WHERE kind = 'incident.homes'")).isEqualTo(1);
        kit.restart();
        assertThat(renewed()).hasSize(3);
    }

    @Test
    void aConfidentialOneChangesOnlyTheHomesOfItsMembers() {
        Incident incident = kit.declared(confidential(kit.said("A leak")));
        assertThat(homes()).containsExactly(kit.dana);
        kit.allSent();
        kit.writing(h -> kit.incidents.addMember(h, incident.id(), kit.omar.id()));
        assertThat(homes()).as("and of whoever joins").contains(kit.omar).doesNotContain(kit.pia);
        kit.allSent();
        done(kit.incidents.severity(incident.id(), kit.dana, Severity.SEV1));
        assertThat(homes()).containsExactlyInAnyOrder(kit.dana, kit.omar);
        assertThat(kit.count("SELECT count(*) FROM job WHERE kind = 'incident.homes'")).isZero();
    }

    /** Whose homes are to be published once the background work was done. */
    private List<Person> renewed() {
        try {
            assertThat(Objects.requireNonNull(kit.incidents.handlers().get(HomeNews.JOB))
                    .run(new Job(1, HomeNews.JOB, HomeNews.JOB, Json.tree("{}"), 1, 0))).isEqualTo(Job.Outcome.DONE);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        List<Person> people = homes();
        kit.allSent();
        return people;
    }

    private List<Person> homes() {
        return kit.catalog.list(h -> h
                .createQuery("SELECT CAST(substr(key, 6) AS INTEGER) FROM outbox WHERE key LIKE 'home:%' ORDER BY 1")
                .mapTo(Long.class).list().stream()
                .map(id -> kit.catalog.people().byId(h, id).orElseThrow()).toList());
    }
}
