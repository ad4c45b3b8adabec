package dev.steward.bot.slack.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bot.slack.FakeSlack;
import dev.steward.bot.slack.FakeSlack.Answer;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.database.TestClock;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import dev.steward.outbox.Priority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeDeliveryTest {
    private static final long DANA = 7;

    @TempDir
    Path folder;
    private Database database;
    private FakeSlack slack;
    private SlackApi api;
    private OutboxSender sender;
    private final TestClock clock = new TestClock();
    private final Outbox outbox = new Outbox(clock);
    private final Map<Long, Map<String, Object>> homes = new HashMap<>();

    @BeforeEach
    void open() throws IOException {
        database = FreshDatabase.open(folder.resolve("steward.db"));
        slack = new FakeSlack();
        api = new SlackApi(slack.api(), "xoxb-a-token-for-tests", Duration.ofSeconds(5));
        var views = new MessageViews().with("plain", args -> Optional.of(Rendered.paragraph(Mrkdwn.of("hello"))));
        sender = new OutboxSender(database, outbox, clock, views, new OutboxSender.Post(api,
                new ChannelNames(api, clock), FakeSlack.BOT_USER, id -> Optional.of("U" + id),
                id -> Optional.ofNullable(homes.get(id)), Optional.empty()));
    }

    @AfterEach
    void close() {
        sender.close();
        api.close();
        slack.close();
        database.close();
    }

    @Test
    void publishesAHomeAsItIsWhenItIsSentAndAnEqualOneNotAtAll() {
        changed(DANA, "one");
        changed(DANA, "two");
        run();
        changed(DANA, "two");
        run();
        assertThat(published()).hasSize(1);
        assertThat(published().getFirst().arg("user_id")).isEqualTo("U7");
        assertThat(published().getFirst().arg("view")).contains("two");
        assertThat(waiting()).isZero();
    }

    @Test
    void publishesAnEqualHomeOnceItIsOpenedAnew() {
        changed(DANA, "one");
        run();
        database.writing(h -> outbox.renew(h, "home:7"));
        changed(DANA, "one");
        run();
        assertThat(published()).hasSize(2);
    }

    @Test
    void carriesTheHashSoThatASlowCallCannotPutAnOlderHomeOverIt() {
        changed(DANA, "one");
        run();
        changed(DANA, "two");
        run();
        assertThat(published().getFirst().arg("hash")).isEmpty();
        assertThat(published().getLast().arg("hash")).startsWith("hash");
    }

    @Test
    void publishesAllTheSameWhenSlackHasAnotherHash() {
        changed(DANA, "one");
        run();
        slack.next("views.publish", Answer.error("hash_conflict"));
        changed(DANA, "two");
        run();
        assertThat(published()).hasSize(3);
        assertThat(published().getLast().arg("hash")).isEmpty();
        assertThat(published().getLast().arg("view")).contains("two");
        assertThat(waiting()).isZero();
    }

    @Test
    void publishesAgainWithoutAHashWhenTheAnswerWasLost() {
        changed(DANA, "one");
        run();
        slack.next("views.publish", Answer.lost());
        changed(DANA, "two");
        run();
        assertThat(waiting()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(2));
        run();
        assertThat(published().getLast().arg("hash")).isEmpty();
        assertThat(waiting()).isZero();
        changed(DANA, "three");
        run();
        assertThat(published().getLast().arg("hash")).startsWith("hash");
        assertThat(published()).hasSize(4);
    }

    @Test
    void aLimitPausesHomesAndNothingElse() {
        slack.next("views.publish", Answer.limited(20));
        changed(DANA, "one");
        changed(8, "other");
        post();
        run();
        assertThat(published()).hasSize(1);
        assertThat(slack.calls("chat.postMessage")).hasSize(1);
        clock.advance(Duration.ofSeconds(20));
        run();
        assertThat(published()).hasSize(3);
        assertThat(waiting()).isZero();
    }

    @Test
    void publishesAtMostAHundredTimesInTheWorstMinute() {
        for (long person = 1; person <= 300; person++) {
            changed(person, "one");
        }
        run();
        for (int second = 0; second < 60; second++) {
            clock.advance(Duration.ofSeconds(1));
            run();
        }
        assertThat(published()).hasSizeBetween(95, 100);
        clock.advance(Duration.ofMinutes(3));
        run();
        assertThat(published()).hasSizeGreaterThan(100);
    }

    @Test
    void progressLeavesRoomForHomesThatChangedForOtherReasons() {
        for (long person = 1; person <= 50; person++) {
            put(person, "one", Priority.PROGRESS);
        }
        run();
        assertThat(published()).hasSize(4);
        changed(99, "decided");
        run();
        assertThat(published()).hasSize(5);
        assertThat(published().getLast().arg("user_id")).isEqualTo("U99");
    }

    @Test
    void sendsDecisionsFirst() {
        changed(DANA, "one");
        post();
        run();
        assertThat(slack.calls()).extracting(FakeSlack.Call::method)
                .containsSubsequence("chat.postMessage", "views.publish");
    }

    @Test
    void saysNothingToSomebodyWhoIsToHaveNoHome() {
        changed(DANA, "one");
        run();
        homes.remove(DANA);
        put(DANA);
        run();
        assertThat(published()).hasSize(1);
        assertThat(waiting()).isZero();
        assertThat(given()).isZero();
    }

    @Test
    void givesAHomeUpThatSlackRefusesAndTriesTheNextOne() {
        slack.next("views.publish", Answer.error("not_enabled"));
        changed(DANA, "one");
        run();
        assertThat(given()).isEqualTo(1);
        changed(DANA, "two");
        run();
        assertThat(given()).isZero();
        assertThat(published()).hasSize(2);
    }

    private void changed(long person, String text) {
        put(person, text, Priority.HOME);
    }

    private void put(long person, String text, Priority priority) {
        homes.put(person, Map.of("type", "home", "blocks", List.of(Map.of("text", text))));
        database.writing(h -> outbox.put(h, message(person, priority)));
    }

    private void put(long person) {
        database.writing(h -> outbox.put(h, message(person, Priority.HOME)));
    }

    private static Message message(long person, Priority priority) {
        return new Message("home:" + person, new Destination.Home(person), "home", Map.of("person", person), priority);
    }

    private void post() {
        database.writing(h -> outbox.put(h,
                new Message("card", new Destination.Channel("requests"), "plain", Map.of(), Priority.DECISION)));
    }

    private void run() {
        while (sender.sendDue() > 0) {
            // until nothing is due any more
        }
    }

    private List<FakeSlack.Call> published() {
        return slack.calls("views.publish");
    }

    private int waiting() {
        return database.read(outbox::waiting);
    }

    private int given() {
        return database.read(outbox::undeliverable);
    }
}
