package dev.steward.playground.endtoend;

import dev.steward.playground.emulator.Message;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bot for all tests of a class, so each asks for services of its own names. A class runs over HTTP, and a subclass of
 * it with {@link OverSocket} runs the same tests over Socket Mode. Whatever Slack refused meanwhile is a
 * defect of the bot, and fails the class.
 */
abstract class EndToEndTest {
    static final Duration LIMIT = Duration.ofSeconds(30);
    static final String CHANNEL = "platform-requests";

    static Stage stage;

    @BeforeAll
    static void start(@TempDir Path folder, TestInfo test) {
        stage = new Stage(root(), folder).initialised();
        if (test.getTestClass().orElseThrow().isAnnotationPresent(OverSocket.class)) {
            stage.socketMode();
        }
        stage.startHere();
        Until.isTrue("the groups are read from Slack", LIMIT,
                () -> number("SELECT count(*) FROM team WHERE seen_at IS NULL") == 0);
    }

    @AfterAll
    static void slackRefusedNothingThatTheBotSent() {
        stage.close();
    }

    static Path root() {
        return Path.of(System.getProperty("steward.root", "."));
    }

    static Actor actor(String name) {
        return new Actor(stage.slack().person(name));
    }

    /** Asks for a service of the requester's own team, or with other answers, and waits for its card. */
    static Message asked(Actor who, String service, Map<String, String> others) {
        fills(who, service, others);
        return card(service);
    }

    /** Asks for a service, and does not wait for what comes of it. */
    static void fills(Actor who, String service, Map<String, String> others) {
        who.opens(() -> who.types(CHANNEL, "/request", "new-service"), "Service name");
        Map<String, String> answers = new HashMap<>(basics(service));
        answers.putAll(others);
        who.submits(answers);
        who.sees("Tier");
        who.finishes(Map.of());
    }

    static Map<String, String> basics(String service) {
        return Map.of("service", service, "purpose", "Shows what happens to " + service);
    }

    /** The card of a service once it can be decided on. */
    static Message card(String service) {
        return posted(service, message -> labels(message).contains("Approve"));
    }

    /** The card of a service once it is as expected. */
    static Message posted(String service, Predicate<Message> expected) {
        return Until.present("a card of " + service + " as expected", LIMIT, () -> cards(service).stream()
                .filter(expected).findFirst());
    }

    static List<Message> cards(String service) {
        return about(stage.slack().channel(CHANNEL).messages(), service);
    }

    /** The direct message about a service once it is as expected. */
    static Message told(Actor who, String service, Predicate<Message> expected) {
        return Until.present(who.person().name() + " is told about " + service, LIMIT,
                () -> directMessages(who, service).stream().filter(expected).findFirst());
    }

    static List<Message> directMessages(Actor who, String service) {
        return about(who.person().directMessages(), service);
    }

    private static List<Message> about(List<Message> messages, String service) {
        return messages.stream().filter(message -> message.plainText().contains(service)).toList();
    }

    /** The message as it stands now. */
    static Message now(Message message) {
        return stage.slack().channel(message.channel()).message(message.ts()).orElseThrow();
    }

    static List<String> labels(Message message) {
        return message.buttons().stream().map(button -> button.label()).toList();
    }

    /** The value that the button Approve of a card carries. */
    static String value(Message card) {
        return card.buttons().stream().filter(button -> button.label().equals("Approve")).findFirst().orElseThrow()
                .value();
    }

    static long number(String sql) {
        return stage.inspect(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    /** The only column of the only row, as text. */
    static String text(String sql) {
        return stage.inspect(h -> h.createQuery(sql).mapTo(String.class).one());
    }

    /** Where a request for a service stands: its own state, its run's, and how often either changed. */
    static String standing(String service) {
        return stage.inspect(h -> h.createQuery("""
                SELECT request.state || ' ' || request.version || ', run ' || run.state || ' ' || run.version || ', '
                    || (SELECT count(*) FROM decision JOIN proposal ON proposal.id = decision.proposal
                        WHERE proposal.subject = 'RUN-' || run.id) || ' decisions'
                FROM request JOIN run ON run.id = request.run WHERE request.subject = :service""")
                .bind("service", service).mapTo(String.class).findOne()).orElse("nothing");
    }

    static void awaitState(String service, String state) {
        Until.isTrue("the request for " + service + " is " + state, LIMIT,
                () -> standing(service).startsWith(state + " "));
    }

    static Optional<String> ephemeral(Actor who, int before) {
        var all = who.person().ephemerals();
        return all.size() > before ? Optional.of(all.getLast().plainText()) : Optional.empty();
    }
}
