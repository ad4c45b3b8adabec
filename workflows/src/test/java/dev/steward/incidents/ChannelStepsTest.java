package dev.steward.incidents;

import static dev.steward.incidents.IncidentKit.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Person;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelStepsTest {
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
    void saysWhatIsLeftToDoUntilNothingIs() {
        Incident incident = kit.declared("Checkout errors");
        Incidents.Setup setup = setup(incident).orElseThrow();
        assertThat(setup.invite()).containsExactlyInAnyOrder(kit.dana, kit.omar);
        assertThat(setup.topic()).isEqualTo("SEV-2 | investigating | Checkout errors | no lead yet");
        assertThat(setup.pin()).isEqualTo("incident:1:headline");
        made(incident, "C1");
        assertThat(setup(incident).orElseThrow().incident().channel().id()).contains("C1");
        joined(incident, kit.dana, Optional.empty());
        joined(incident, kit.omar, Optional.of("cannot_be_invited"));
        assertThat(setup(incident).orElseThrow().invite()).as("whom Slack would not have is not tried again").isEmpty();
        ready(incident);
        assertThat(setup(incident)).isEmpty();
        kit.writing(h -> kit.incidents.addMember(h, incident.id(), kit.pia.id()));
        assertThat(setup(incident).orElseThrow().invite()).containsExactly(kit.pia);
        assertThat(kit.message("incident:1:invited:" + kit.omar.id()))
                .isEqualTo("person:" + kit.omar.id() + " incident-invited");
    }

    @Test
    void whatWasSaidBeforeThereWasAChannelIsToldInIt() {
        Incident incident = kit.declared(IncidentKit.led(kit.said("Checkout errors"), kit.omar));
        done(kit.incidents.severity(incident.id(), kit.dana, Severity.SEV1));
        done(kit.incidents.note(incident.id(), kit.dana, "Only in the timeline", Optional.empty()));
        done(kit.incidents.resolve(incident.id(), kit.dana, ""));
        assertThat(kit.messages(incident)).containsExactly("incident:1:announcement");
        made(incident, "C1");
        assertThat(kit.messages(incident)).contains("incident:1:headline", "incident:1:changes")
                .filteredOn(key -> key.contains(":entry:")).as("role, severity, resolved").hasSize(3);
        assertThat(kit.messages(incident)).anyMatch(key -> key.contains(":resolved:"));
        int before = kit.messages(incident).size();
        made(incident, "C1");
        assertThat(kit.messages(incident)).as("told once").hasSize(before);
        assertThat(kit.story(incident)).containsOnlyOnce("incident.channel");
    }

    @Test
    void isNotReadyWhereMoreIsToBeDoneByNow() {
        Incident incident = kit.declared("Checkout errors");
        made(incident, "C1");
        kit.writing(h -> kit.incidents.setup(h, incident.id()).orElseThrow().invite()
                .forEach(person -> kit.incidents.joined(h, incident.id(), person.id(), Optional.empty())));
        Incidents.Setup seen = setup(incident).orElseThrow();
        done(kit.incidents.severity(incident.id(), kit.dana, Severity.SEV1));
        assertThat(kit.catalog.<Boolean>write(h -> kit.incidents.channelReady(h, seen))).isFalse();
        Incidents.Setup now = setup(incident).orElseThrow();
        assertThat(now.topic()).startsWith("SEV-1");
        assertThat(kit.catalog.<Boolean>write(h -> kit.incidents.channelReady(h, now))).isTrue();
        assertThat(setup(incident)).isEmpty();
    }

    @Test
    void theTopicFitsWhateverTheNames() {
        Incident incident = kit
                .declared(IncidentKit.led(kit.said("x".repeat(200)), kit.catalog.member("a".repeat(300))));
        assertThat(setup(incident).orElseThrow().topic()).hasSizeLessThanOrEqualTo(250)
                .endsWith("xx… | lead: A" + "a".repeat(58) + "…");
    }

    @Test
    void peopleAreToldElsewhereWhereItsChannelIsLostAndTheIncidentGoesOn() {
        Incident incident = kit.withChannel(kit.declared(IncidentKit.led(kit.said("Checkout errors"), kit.omar)));
        kit.allSent();
        kit.writing(h -> kit.incidents.channelTrouble(h, incident.id(), "It was archived.", true));
        assertThat(kit.now(incident).channel().trouble()).contains("It was archived.");
        assertThat(kit.messages(incident)).containsExactlyInAnyOrder("incident:1:announcement",
                "incident:1:invited:" + kit.dana.id(), "incident:1:invited:" + kit.omar.id());
        assertThat(setup(incident)).isEmpty();
        kit.allSent();
        kit.writing(h -> kit.incidents.channelTrouble(h, incident.id(), "It was archived.", true));
        done(kit.incidents.status(incident.id(), kit.dana, IncidentState.Progress.MONITORING));
        assertThat(kit.messages(incident)).as("nothing is sent where nobody is")
                .containsExactly("incident:1:announcement");
        made(incident, "C1");
        assertThat(kit.now(incident).channel().trouble()).isEmpty();
        assertThat(kit.messages(incident)).as("it is there again").contains("incident:1:headline");
        made(incident, "C2");
        assertThat(setup(incident).orElseThrow().invite()).as("another one").containsExactlyInAnyOrder(kit.dana,
                kit.omar);
    }

    @Test
    void whoDeclaredIsToldWhyThereIsNoChannelYet() {
        Incident incident = kit.declared(IncidentKit.confidential(kit.said("Keys leaked")));
        kit.writing(h -> kit.incidents.channelTrouble(h, incident.id(), "Slack does not answer.", false));
        assertThat(kit.messages(incident)).containsExactly("incident:1:invited:" + kit.dana.id());
        assertThat(setup(incident)).as("it is tried again").isPresent();
    }

    @Test
    void whatIsOverBeforeItHadAChannelGetsNone() {
        Incident incident = kit.declared("Checkout errors");
        done(kit.incidents.decline(incident.id(), kit.dana, "A drill"));
        assertThat(setup(incident)).isEmpty();
        assertThat(setup(new IncidentId(99))).isEmpty();
    }

    @Test
    void whoeverComesBelongsToIt() {
        Incident incident = kit.withChannel(kit.declared(IncidentKit.confidential(kit.said("Keys leaked"))));
        joined(incident, kit.pia, Optional.empty());
        assertThat(kit.seen(incident, kit.pia)).isPresent();
        assertThat(kit.catalog.find(h -> kit.incidents.inChannel(h, "C1")).orElseThrow().id()).isEqualTo(incident.id());
        assertThat(kit.catalog.find(h -> kit.incidents.inChannel(h, "C2"))).isEmpty();
    }

    @Test
    void goesOnAfterARestartWithWhatIsUnfinishedOnly() {
        Incident finished = kit.withChannel(kit.declared("Checkout errors"));
        Incident unfinished = kit.declared("Payments late");
        kit.writing(h -> h.execute("DELETE FROM job"));
        kit.catalog.pass(Duration.ofMinutes(1));
        kit.restart();
        List<String> jobs = kit.catalog.list(h -> h.createQuery("SELECT key FROM job ORDER BY key")
                .mapTo(String.class).list());
        assertThat(jobs).containsExactly("incident.channel:" + unfinished.id().value(), "incident.sweep")
                .doesNotContain("incident.channel:" + finished.id().value());
    }

    private Optional<Incidents.Setup> setup(Incident incident) {
        return setup(incident.id());
    }

    private Optional<Incidents.Setup> setup(IncidentId id) {
        return kit.catalog.find(h -> kit.incidents.setup(h, id));
    }

    private void made(Incident incident, String channel) {
        kit.writing(h -> kit.incidents.channelMade(h, incident.id(), channel, incident.channel().name()));
    }

    private void joined(Incident incident, Person person, Optional<String> trouble) {
        kit.writing(h -> kit.incidents.joined(h, incident.id(), person.id(), trouble));
    }

    private void ready(Incident incident) {
        kit.writing(h -> kit.incidents.channelReady(h, incident.id()));
    }
}
