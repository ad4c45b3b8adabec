package dev.steward.bot.slack.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bot.slack.FakeSlack;
import dev.steward.bot.slack.FakeSlack.Answer;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.database.Json;
import dev.steward.database.TestClock;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import dev.steward.outbox.Priority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxSenderTest {
    private static final Destination REQUESTS = new Destination.Channel("requests");

    @TempDir
    Path home;
    private Database database;
    private FakeSlack slack;
    private SlackApi api;
    private OutboxSender sender;
    private final TestClock clock = new TestClock();
    private final Outbox outbox = new Outbox(clock);

    @BeforeEach
    void open() throws IOException {
        database = FreshDatabase.open(home.resolve("steward.db"));
        slack = new FakeSlack();
        api = new SlackApi(slack.api(), "xoxb-a-token-for-tests", Duration.ofSeconds(5));
        sender = sender(Optional.of("fallback"));
    }

    @AfterEach
    void close() {
        sender.close();
        api.close();
        slack.close();
        database.close();
    }

    @Test
    void postsWithTextBlocksAndTheKeyInTheMetadata() {
        put("k", REQUESTS, "hello", Priority.DECISION);
        run();
        var call = slack.calls("chat.postMessage").getFirst();
        assertThat(call.arg("channel")).isEqualTo("C0REQUESTS");
        assertThat(call.arg("text")).isEqualTo("hello");
        assertThat(call.arg("blocks")).contains("hello");
        assertThat(call.arg("metadata")).contains("steward_message").contains("\"key\":\"k\"");
        assertThat(call.arg("unfurl_links")).isEqualTo("false");
        assertThat(waiting()).isZero();
        assertThat(posted("k").channel()).isEqualTo("C0REQUESTS");
    }

    @Test
    void editsWhatItPostedAndSendsAnEqualEditNotAtAll() {
        put("k", REQUESTS, "one", Priority.DECISION);
        run();
        put("k", REQUESTS, "two", Priority.DECISION);
        run();
        put("k", REQUESTS, "two", Priority.DECISION);
        run();
        assertThat(slack.calls("chat.postMessage")).hasSize(1);
        assertThat(slack.calls("chat.update")).hasSize(1);
        assertThat(onlyMessage()).isEqualTo("two");
        assertThat(waiting()).isZero();
    }

    @Test
    void coalescesEditsThatCameWhileItWaited() {
        put("k", REQUESTS, "one", Priority.PROGRESS);
        run();
        for (int i = 0; i < 50; i++) {
            put("k", REQUESTS, "step " + i, Priority.PROGRESS);
        }
        run();
        assertThat(slack.calls("chat.update")).hasSize(1);
        assertThat(onlyMessage()).isEqualTo("step 49");
    }

    @Test
    void sendsTheUrgentFirst() {
        put("slow", REQUESTS, "progress", Priority.PROGRESS);
        put("page", REQUESTS, "page", Priority.PAGE);
        put("decision", REQUESTS, "decision", Priority.DECISION);
        run();
        assertThat(slack.calls("chat.postMessage")).extracting(c -> c.arg("text")).containsExactly("page", "decision",
                "progress");
    }

    @Test
    void aLimitPausesThatChannelAlone() {
        slack.next("chat.postMessage", Answer.limited(20));
        put("a", REQUESTS, "a", Priority.DECISION);
        put("b", REQUESTS, "b", Priority.DECISION);
        put("c", new Destination.Channel("other"), "c", Priority.NOTICE);
        run();
        assertThat(texts()).containsExactly("c");
        clock.advance(Duration.ofSeconds(19));
        run();
        assertThat(texts()).containsExactly("c");
        clock.advance(Duration.ofSeconds(1));
        run();
        assertThat(texts()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aLimitOnEditsLeavesPostsAlone() {
        put("a", REQUESTS, "a", Priority.DECISION);
        run();
        slack.next("chat.update", Answer.limited(60));
        put("a", REQUESTS, "a2", Priority.DECISION);
        put("b", REQUESTS, "b", Priority.NOTICE);
        run();
        assertThat(texts()).containsExactlyInAnyOrder("a", "b");
        clock.advance(Duration.ofSeconds(60));
        run();
        assertThat(texts()).containsExactlyInAnyOrder("a2", "b");
        assertThat(slack.calls("chat.update")).hasSize(2);
    }

    @Test
    void adoptsAPostWhoseAnswerWasLost() {
        slack.next("chat.postMessage", Answer.lost());
        put("k", REQUESTS, "hello", Priority.DECISION);
        run();
        assertThat(waiting()).isEqualTo(1);
        advanceAndRun();
        assertThat(slack.calls("chat.postMessage")).hasSize(1);
        assertThat(slack.calls("conversations.history")).hasSize(1);
        assertThat(posted("k").channel()).isEqualTo("C0REQUESTS");
        assertThat(waiting()).isZero();
    }

    @Test
    void adoptsALostPostAndBringsItUpToDate() {
        slack.next("chat.postMessage", Answer.garbled());
        put("k", REQUESTS, "old", Priority.DECISION);
        run();
        put("k", REQUESTS, "new", Priority.DECISION);
        advanceAndRun();
        assertThat(slack.messages()).hasSize(1);
        assertThat(onlyMessage()).isEqualTo("new");
    }

    @Test
    void doesNotPostAgainWhenTheEditOfAnAdoptedPostIsLostToo() {
        slack.next("chat.postMessage", Answer.lost()).next("chat.update", Answer.lost(), Answer.status(503));
        put("k", REQUESTS, "old", Priority.DECISION);
        run();
        put("k", REQUESTS, "new", Priority.DECISION);
        for (int i = 0; i < 4; i++) {
            advanceAndRun();
        }
        assertThat(slack.calls("chat.postMessage")).hasSize(1);
        assertThat(onlyMessage()).isEqualTo("new");
        assertThat(waiting()).isZero();
    }

    @Test
    void postsAgainAfterAFailureThatSlackDidNotApply() {
        slack.next("chat.postMessage", Answer.status(503), Answer.error("internal_error"));
        put("k", REQUESTS, "hello", Priority.DECISION);
        run();
        advanceAndRun();
        advanceAndRun();
        assertThat(slack.messages()).hasSize(1);
        assertThat(slack.calls("chat.postMessage")).hasSize(3);
    }

    @Test
    void looksBeforePostingAgainAfterAProcessDiedInTheMiddle() {
        put("k", REQUESTS, "hello", Priority.DECISION);
        Message.Due due = database.read(h -> outbox.due(h, 1)).getFirst();
        database.writing(h -> outbox.begin(h, due));
        run();
        assertThat(slack.calls().stream().map(FakeSlack.Call::method)).containsSubsequence("conversations.history",
                "chat.postMessage");
        assertThat(slack.messages()).hasSize(1);
    }

    @Test
    void doesNotPostWhenItCannotLook() {
        slack.next("chat.postMessage", Answer.lost()).next("conversations.history", Answer.status(500));
        put("k", REQUESTS, "hello", Priority.DECISION);
        run();
        advanceAndRun();
        assertThat(slack.messages()).hasSize(1);
        assertThat(waiting()).isEqualTo(1);
        advanceAndRun();
        assertThat(slack.messages()).hasSize(1);
        assertThat(waiting()).isZero();
    }

    @Test
    void repeatsAnEditWhoseAnswerWasLost() {
        put("k", REQUESTS, "one", Priority.DECISION);
        run();
        slack.next("chat.update", Answer.lost());
        put("k", REQUESTS, "two", Priority.DECISION);
        run();
        advanceAndRun();
        assertThat(slack.calls("chat.update")).hasSize(2);
        assertThat(onlyMessage()).isEqualTo("two");
        assertThat(waiting()).isZero();
    }

    @Test
    void joinsAPublicChannelThatItIsNotIn() {
        slack.next("chat.postMessage", Answer.error("not_in_channel"));
        put("k", REQUESTS, "hello", Priority.DECISION);
        run();
        assertThat(slack.calls("conversations.join")).hasSize(1);
        assertThat(onlyMessage()).isEqualTo("hello");
    }

    @Test
    void staysOutOfAChannelThatSomebodyRemovedItFromUntilItIsInvited() {
        happened("member_left_channel", "UDANA");
        happened("member_left_channel", FakeSlack.BOT_USER);
        happened("channel_left", "");
        slack.next("chat.postMessage", Answer.error("not_in_channel"));
        put("k", REQUESTS, "hello", Priority.DECISION);
        run();
        run();
        var calls = slack.calls("chat.postMessage");
        assertThat(slack.calls("conversations.join")).isEmpty();
        assertThat(calls.get(1).arg("channel")).isEqualTo("C0FALLBACK");
        assertThat(calls.get(1).arg("blocks")).contains("#requests, which is one that somebody removed Steward from.");
        assertThat(calls.get(2).arg("channel")).isEqualTo("D0UASKER");
        assertThat(calls.get(2).arg("text")).contains("invite Steward there again");
        happened("member_joined_channel", "UDANA");
        assertThat(database.<Boolean>read(h -> Removals.from(h, "C0REQUESTS"))).isTrue();
        happened("member_joined_channel", FakeSlack.BOT_USER);
        put("later", REQUESTS, "hello again", Priority.DECISION);
        run();
        assertThat(slack.calls("chat.postMessage").getLast().arg("channel")).isEqualTo("C0REQUESTS");
    }

    @Test
    void waitsAMomentForTheNewsThatItWasRemovedFromWhereItHasBeen() {
        put("before", REQUESTS, "hello", Priority.DECISION);
        run();
        slack.next("chat.postMessage", Answer.error("not_in_channel"));
        put("k", REQUESTS, "hello again", Priority.DECISION);
        run();
        assertThat(slack.calls("conversations.join")).isEmpty();
        happened("channel_left", "");
        slack.next("chat.postMessage", Answer.error("not_in_channel"));
        advanceAndRun();
        assertThat(slack.calls("conversations.join")).isEmpty();
        assertThat(slack.calls("chat.postMessage").getLast().arg("channel")).isEqualTo("C0FALLBACK");
    }

    @Test
    void joinsAgainWhereItHasBeenIfNobodySaysThatItWasRemoved() {
        put("before", REQUESTS, "hello", Priority.DECISION);
        run();
        slack.next("chat.postMessage", Answer.error("not_in_channel"));
        put("k", REQUESTS, "hello again", Priority.DECISION);
        run();
        slack.next("chat.postMessage", Answer.error("not_in_channel"));
        advanceAndRun();
        assertThat(slack.calls("conversations.join")).hasSize(1);
        assertThat(slack.calls("chat.postMessage").getLast().arg("channel")).isEqualTo("C0REQUESTS");
    }

    private void happened(String type, String user) {
        var event = Json.toTree(Map.of("type", type, "user", user, "channel", "C0REQUESTS"));
        var removals = new Removals(FakeSlack.BOT_USER, clock);
        assertThat(removals.concerns(event)).isEqualTo(!user.equals("UDANA"));
        database.writing(h -> removals.happened(h, event));
    }

    @Test
    void goesToTheFallbackChannelAndTellsWhomItConcerns() {
        slack.next("chat.postMessage", Answer.error("is_archived"));
        put("k", new Destination.Channel("old"), "hello", Priority.DECISION);
        run();
        run();
        var calls = slack.calls("chat.postMessage");
        assertThat(calls.get(1).arg("channel")).isEqualTo("C0FALLBACK");
        assertThat(calls.get(1).arg("blocks")).contains("Meant for #old, which is archived.");
        assertThat(calls.get(2).arg("channel")).isEqualTo("D0UASKER");
        assertThat(calls.get(2).arg("text")).contains("#old").contains("is archived").contains("#fallback");
    }

    @Test
    void whatOthersMayNotReadGoesNowhereElse() {
        for (String error : List.of("is_archived", "channel_not_found", "restricted_action")) {
            slack.next("chat.postMessage", Answer.error(error));
            put(error, new Destination.Channel("old"), "secret", Priority.DECISION);
            run();
            assertThat(errorOf(error)).contains("the destination");
        }
        put("nowhere", new Destination.Channel("nowhere"), "secret", Priority.DECISION);
        run();
        assertThat(slack.calls("chat.postMessage")).extracting(call -> call.arg("channel"))
                .doesNotContain("C0FALLBACK");
    }

    @Test
    void aChannelThatDoesNotExistIsAFallbackToo() {
        put("k", new Destination.Channel("nowhere"), "hello", Priority.DECISION);
        run();
        assertThat(slack.calls("chat.postMessage").getFirst().arg("channel")).isEqualTo("C0FALLBACK");
    }

    @Test
    void givesUpWithAReasonWhenThereIsNoFallback() {
        sender = sender(Optional.empty());
        slack.next("chat.postMessage", Answer.error("is_archived"));
        put("k", new Destination.Channel("old"), "hello", Priority.DECISION);
        run();
        assertThat(errorOf("k")).contains("archived");
        run();
        assertThat(slack.calls("chat.postMessage").getLast().arg("channel")).isEqualTo("D0UASKER");
    }

    @Test
    void postsAnewWhatSomebodyDeleted() {
        put("k", REQUESTS, "one", Priority.DECISION);
        run();
        slack.deleteMessages();
        put("k", REQUESTS, "two", Priority.DECISION);
        run();
        assertThat(onlyMessage()).isEqualTo("two");
        assertThat(slack.calls("chat.postMessage")).hasSize(2);
    }

    @Test
    void aThreadWaitsForItsRoot() {
        put("thread", new Destination.InThread("root"), "detail", Priority.PAGE);
        put("root", REQUESTS, "card", Priority.NOTICE);
        run();
        assertThat(texts()).containsExactly("card");
        clock.advance(Duration.ofSeconds(1));
        run();
        assertThat(slack.calls("chat.postMessage").getLast().arg("thread_ts")).isEqualTo(posted("root").ts());
    }

    @Test
    void givesAThreadUpWhoseRootNeverComes() {
        put("thread", new Destination.InThread("none"), "detail", Priority.NOTICE);
        run();
        assertThat(errorOf("thread")).contains("never posted");
    }

    @Test
    void sendsTheTextAloneWhenSlackRefusesTheBlocks() {
        slack.next("chat.postMessage", Answer.error("invalid_blocks"));
        put("k", REQUESTS, "hello", Priority.DECISION);
        run();
        assertThat(slack.calls("chat.postMessage").getLast().arg("blocks")).isEqualTo("[]");
        assertThat(onlyMessage()).isEqualTo("hello");
    }

    @Test
    void keepsTheMessageWhileTheTokenIsWrong() {
        slack.next("chat.postMessage", Answer.error("invalid_auth"));
        put("k", REQUESTS, "hello", Priority.DECISION);
        run();
        assertThat(waiting()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(5));
        run();
        assertThat(onlyMessage()).isEqualTo("hello");
    }

    @Test
    void opensADirectMessageOnce() {
        put("a", new Destination.Person(7), "one", Priority.NOTICE);
        put("b", new Destination.Person(7), "two", Priority.NOTICE);
        run();
        assertThat(slack.calls("conversations.open")).hasSize(1);
        assertThat(slack.calls("chat.postMessage")).extracting(c -> c.arg("channel")).containsOnly("D0UASKER");
    }

    @Test
    void settlesAMessageThatHasNothingToSayAnyMore() {
        put("k", REQUESTS, "", Priority.NOTICE);
        run();
        assertThat(slack.calls()).isEmpty();
        assertThat(waiting()).isZero();
    }

    @Test
    void keepsAMessageWhoseViewFails() {
        put("k", REQUESTS, "bug", Priority.NOTICE);
        run();
        assertThat(waiting()).isEqualTo(1);
        assertThat(errorOf("k")).isEqualTo("IllegalStateException");
    }

    @Test
    void sendsByItselfWhenStarted() {
        sender.start();
        put("k", REQUESTS, "hello", Priority.DECISION);
        put("t", new Destination.InThread("k"), "detail", Priority.DECISION);
        Awaitility.await().untilAsserted(() -> {
            clock.advance(Duration.ofSeconds(1));
            assertThat(texts()).containsExactlyInAnyOrder("hello", "detail");
            assertThat(waiting()).isZero();
        });
    }

    @Test
    void writesNothingMoreAboutTenThousandMessagesThatWaitForTheirChannel() throws IOException {
        database.writing(h -> {
            for (int i = 0; i < 10_000; i++) {
                outbox.put(h, message("m" + i, REQUESTS, "m" + i, Priority.NOTICE));
            }
        });
        put("other", new Destination.Channel("other"), "other", Priority.PROGRESS);
        for (int i = 0; i < 6; i++) {
            run();
        }
        assertThat(texts()).as("three go at once, and the other channel is not held up").hasSize(4).contains("other");
        assertThat(number("SELECT count(*) FROM outbox WHERE place = 'C0REQUESTS'")).isEqualTo(9997);
        assertThat(number("SELECT count(*) FROM outbox WHERE put_off_at <> created_at OR attempts > 0")).isZero();
        byte[] before = Files.readAllBytes(home.resolve("steward.db-wal"));
        run();
        assertThat(home.resolve("steward.db-wal")).as("nothing is written while all of them wait")
                .hasBinaryContent(before);
        clock.advance(Duration.ofSeconds(1));
        put("urgent", REQUESTS, "urgent", Priority.DECISION);
        run();
        assertThat(texts()).as("a decision goes first").hasSize(5).contains("urgent");
        clock.advance(Duration.ofSeconds(2));
        run();
        assertThat(texts()).as("and then two of the others").hasSize(7);
    }

    private int number(String sql) {
        return database.read(h -> h.createQuery(sql).mapTo(Integer.class).one());
    }

    private static Message message(String key, Destination destination, String text, Priority priority) {
        return new Message(key, destination, "plain", Map.of("text", text), priority);
    }

    private OutboxSender sender(Optional<String> fallback) {
        var views = new MessageViews().with("plain", args -> {
            String text = args.path("text").asText();
            if (text.equals("bug")) {
                throw new IllegalStateException("a bug");
            }
            Rendered message = Rendered.paragraph(Mrkdwn.text(text.isEmpty() ? "-" : text)).about(7);
            return text.isEmpty() ? Optional.empty() : Optional.of(text.equals("secret") ? message.kept() : message);
        });
        return new OutboxSender(database, outbox, clock, views, new OutboxSender.Post(api, new ChannelNames(api, clock),
                FakeSlack.BOT_USER, id -> id == 7 ? Optional.of("UASKER") : Optional.empty(), id -> Optional.empty(),
                fallback));
    }

    private void put(String key, Destination destination, String text, Priority priority) {
        database.writing(
                h -> outbox.put(h, message(key, destination, text, priority)));
    }

    private void run() {
        sender.sendDue();
    }

    private void advanceAndRun() {
        clock.advance(Duration.ofSeconds(10));
        run();
    }

    private int waiting() {
        return database.read(outbox::waiting);
    }

    private Message.Posted posted(String key) {
        return database.read(h -> outbox.posted(h, key)).orElseThrow();
    }

    private List<String> texts() {
        return slack.messages().values().stream().map(m -> m.getOrDefault("text", "")).toList();
    }

    private String onlyMessage() {
        assertThat(slack.messages()).hasSize(1);
        return texts().getFirst();
    }

    private String errorOf(String key) {
        return database.read(h -> h.createQuery("SELECT last_error FROM outbox WHERE key = :key").bind("key", key)
                .mapTo(String.class).one());
    }
}
