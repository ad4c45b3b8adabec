package dev.steward.incidents;

import static dev.steward.incidents.IncidentKit.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.requests.RequestId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A follow-up becomes a request: one, however many forms are opened for it. */
class ItemRequestsTest {
    @TempDir
    Path folder;

    private IncidentKit kit;
    private Incident incident;
    private long item;

    @BeforeEach
    void open() {
        kit = new IncidentKit(folder);
        incident = kit.withChannel(kit.declared("Checkout errors"));
        done(kit.incidents.item(incident.id(), kit.dana, true, "Add a replica", Optional.of(kit.omar),
                Optional.empty()));
        item = item().id();
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void theRequestIsNotedOnTheFollowUp() {
        opened("form");
        sentIn("form", "pending");
        assertThat(item().request()).contains(new RequestId(1));
        assertThat(item().requestDone()).isFalse();
        assertThat(kit.story(incident)).containsOnlyOnce("incident.item_request");
        assertThat(kit.texts(incident)).last().isEqualTo("REQ-1 was made for: Add a replica");
    }

    @Test
    void aSecondFormForTheSameIsNotSentIn() {
        opened("first");
        opened("second");
        assertThat(obstacle("first")).isEmpty();
        sentIn("first", "pending");
        assertThat(obstacle("second")).contains("REQ-1 was made for \"Add a replica\" already, by Dana.");
        assertThat(obstacle("of something else")).isEmpty();
    }

    @Test
    void afterOneThatCameToNothingAnotherCanBeMade() {
        opened("first");
        opened("second");
        sentIn("first", "rejected");
        assertThat(item().request()).isEmpty();
        assertThat(obstacle("second")).isEmpty();
        sentIn("second", "pending");
        assertThat(item().request()).contains(new RequestId(2));
    }

    @Test
    void whatEndedMeanwhileIsNotAskedFor() {
        opened("form");
        done(kit.incidents.itemEnded(item, kit.omar, true));
        assertThat(obstacle("form")).contains("\"Add a replica\" was done already.");
    }

    @Test
    void itsOwnerIsAskedOnceWhetherItIsDoneWhenTheRequestIs() {
        opened("form");
        sentIn("form", "pending");
        kit.allSent();
        kit.swept();
        assertThat(reminders()).isEmpty();
        kit.catalog.pass(Duration.ofMinutes(5));
        kit.writing(h -> h.execute("UPDATE request SET state = 'done', updated_at = ?",
                kit.catalog.instant().toEpochMilli()));
        kit.swept();
        assertThat(reminders()).hasSize(1);
        assertThat(item().requestDone()).isTrue();
        kit.allSent();
        kit.catalog.pass(Duration.ofDays(2));
        kit.swept();
        assertThat(reminders()).isEmpty();
    }

    @Test
    void aFormThatWasLeftLyingIsForgotten() {
        opened("form");
        kit.catalog.pass(Duration.ofDays(4));
        kit.swept();
        assertThat(kit.count("SELECT count(*) FROM item_form")).isZero();
    }

    private void opened(String key) {
        kit.writing(h -> kit.incidents.itemRequests().begin(h, item, key));
    }

    private void sentIn(String key, String state) {
        kit.applied(kit.checkout, key, "applied", Duration.ZERO);
        kit.writing(h -> {
            h.execute("UPDATE request SET state = ? WHERE idempotency_key = ?", state, key);
            long request = h.createQuery("SELECT id FROM request WHERE idempotency_key = :key").bind("key", key)
                    .mapTo(Long.class).one();
            kit.incidents.itemRequests().purpose(key).became().accept(h, new RequestId(request));
        });
    }

    private Optional<String> obstacle(String key) {
        return kit.read(h -> kit.incidents.itemRequests().purpose(key).obstacle().apply(h));
    }

    private IncidentView.Item item() {
        return kit.inside(incident).items().getFirst();
    }

    private List<String> reminders() {
        return kit.messages(incident).stream().filter(key -> key.contains(":item:")).toList();
    }
}
