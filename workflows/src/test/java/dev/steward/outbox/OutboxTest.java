package dev.steward.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.database.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    @TempDir
    Path home;
    private java.util.List<Message.Due> due(Set<String> destinations, Set<String> places) {
        return database.read(h -> outbox.due(h, 10, new Outbox.Closed(destinations, places)));
    }

    private Database database;
    private final TestClock clock = new TestClock();
    private final Outbox outbox = new Outbox(clock);

    @BeforeEach
    void open() {
        database = FreshDatabase.open(home.resolve("steward.db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void sendsDecisionsBeforeProgressAndTheOlderFirst() {
        put("progress", Priority.PROGRESS);
        put("notice", Priority.NOTICE);
        clock.advance(Duration.ofMillis(5));
        put("page", Priority.PAGE);
        put("decision", Priority.DECISION);
        assertThat(due()).extracting(Message.Due::key).containsExactly("page", "decision", "notice", "progress");
    }

    @Test
    void sendsWhatWasPutOrPutOffBeforeTheClockWasSetBack() {
        put("new", Priority.NOTICE);
        put("failed", Priority.NOTICE);
        Message.Due failed = due().getLast();
        database.writing(h -> outbox.retry(h, failed, Duration.ofMinutes(5), false, "no answer"));
        assertThat(due()).extracting(Message.Due::key).containsExactly("new");
        clock.advance(Duration.ofHours(-1));
        assertThat(due()).extracting(Message.Due::key).containsExactly("new", "failed");
    }

    @Test
    void passesOverWhatWaitsBehindSomethingThatIsClosed() {
        put("first", Priority.NOTICE);
        put("second", Priority.PROGRESS);
        Message.Due first = due().getFirst();
        database.writing(h -> outbox.waitBehind(h, first, "C1"));
        assertThat(due(Set.of(), Set.of("C1"))).as("both go to the same destination").isEmpty();
        assertThat(due(Set.of(), Set.of("C2"))).extracting(Message.Due::key).containsExactly("first", "second");
        assertThat(due(Set.of(first.destination().text()), Set.of())).isEmpty();
    }

    @Test
    void aThreadWaitsForItsRootAndGoesOnWhenThatIsSentOrGivenUp() {
        put("root", Priority.NOTICE);
        Message.Due root = due().getFirst();
        var thread = new Destination.InThread("root");
        database.writing(
                h -> outbox.put(h, new Message("detail", thread, "view", java.util.Map.of(), Priority.NOTICE)));
        Message.Due detail = due().getLast();
        database.writing(h -> outbox.waitForRoot(h, detail, thread));
        assertThat(due(Set.of(), Set.of(Outbox.ROOT))).extracting(Message.Due::key).containsExactly("root");
        database.writing(h -> outbox.sent(h, root, new Message.Posted("C1", "1.0", "d")));
        assertThat(due(Set.of(), Set.of(Outbox.ROOT))).extracting(Message.Due::key).containsExactly("detail");
        database.writing(h -> outbox.waitForRoot(h, detail, thread));
        assertThat(due(Set.of(), Set.of(Outbox.ROOT))).as("the root was posted meanwhile")
                .extracting(Message.Due::key).containsExactly("detail");
    }

    @Test
    void coalescesEditsOfOneMessage() {
        put("card", Priority.PROGRESS);
        put("card", Priority.DECISION);
        put("card", Priority.PROGRESS);
        assertThat(due()).singleElement().satisfies(m -> {
            assertThat(m.priority()).isEqualTo(Priority.DECISION);
            assertThat(m.revision()).isEqualTo(3);
        });
    }

    @Test
    void keepsAMessageDueThatWasPutAgainWhileItWasSent() {
        put("card", Priority.NOTICE);
        Message.Due sending = due().getFirst();
        put("card", Priority.NOTICE);
        database.writing(h -> outbox.sent(h, sending, new Message.Posted("C1", "1.0", "d1")));
        assertThat(due()).singleElement().satisfies(m -> assertThat(m.posted())
                .isEqualTo(new Message.Posted("C1", "1.0", "d1")));
        Message.Due edit = due().getFirst();
        database.writing(h -> outbox.sent(h, edit, new Message.Posted("C1", "1.0", "d2")));
        assertThat(due()).isEmpty();
        assertThat(database.<java.util.Optional<Message.Posted>>read(h -> outbox.posted(h, "card")))
                .contains(new Message.Posted("C1", "1.0", "d2"));
    }

    @Test
    void remembersThatAPostsAnswerWasNotSeen() {
        put("card", Priority.NOTICE);
        Message.Due sending = due().getFirst();
        assertThat(sending.uncertain()).isFalse();
        database.writing(h -> outbox.begin(h, sending));
        assertThat(due().getFirst().uncertain()).isTrue();
        database.writing(h -> outbox.retry(h, sending, Duration.ofSeconds(2), true, "timeout"));
        assertThat(due()).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(due()).singleElement().satisfies(m -> {
            assertThat(m.uncertain()).isTrue();
            assertThat(m.attempts()).isEqualTo(1);
        });
    }

    @Test
    void keepsAnUndeliverableMessageUntilItIsPutAgain() {
        put("card", Priority.NOTICE);
        database.writing(h -> outbox.giveUp(h, due().getFirst(), "is_archived"));
        assertThat(due()).isEmpty();
        assertThat(database.<Integer>read(h -> h.createQuery("SELECT count(*) FROM outbox")
                .mapTo(Integer.class).one())).isEqualTo(1);
        put("card", Priority.NOTICE);
        assertThat(due()).hasSize(1);
    }

    @Test
    void keepsANewerMessageDueWhenTheOlderOneIsGivenUp() {
        put("card", Priority.NOTICE);
        Message.Due older = due().getFirst();
        put("card", Priority.NOTICE);
        database.writing(h -> outbox.giveUp(h, older, "invalid_blocks"));
        assertThat(due()).hasSize(1);
        database.writing(h -> outbox.retry(h, older, Duration.ofMinutes(5), false, "timeout"));
        assertThat(due()).as("the newer one does not wait for the older one's turn").hasSize(1);
    }

    @Test
    void tellsTheSenderOnlyAfterTheCommit() {
        AtomicInteger told = new AtomicInteger();
        outbox.onPut(told::incrementAndGet);
        database.writing(h -> {
            outbox.put(h, message("card", Priority.NOTICE));
            assertThat(told).hasValue(0);
        });
        assertThat(told).hasValue(1);
    }

    @Test
    void readsEveryDestinationBackFromItsStoredForm() {
        for (Destination to : List.of(new Destination.Channel("x"), new Destination.Person(7),
                new Destination.InThread("request:1:card"), new Destination.Home(7))) {
            assertThat(Destination.parse(to.text())).isEqualTo(to);
        }
    }

    private void put(String key, Priority priority) {
        database.writing(h -> outbox.put(h, message(key, priority)));
    }

    private static Message message(String key, Priority priority) {
        return new Message(key, new Destination.Channel("c"), "card", Map.of(), priority);
    }

    private List<Message.Due> due() {
        return database.read(h -> outbox.due(h, 100));
    }
}
