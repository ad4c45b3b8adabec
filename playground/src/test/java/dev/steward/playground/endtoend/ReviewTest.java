package dev.steward.playground.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.Message;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A review of access in Slack, from the ninetieth day to what nobody confirmed, with a clock that is turned. */
class ReviewTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String OWNERS = "payments";

    @TempDir
    Path folder;

    @Test
    void ownersSayWhatIsStillNeededTheRestEndsAndWhatTheLastOfATeamLeavesIsTold() throws IOException {
        try (Stage stage = new Stage(EndToEndTest.root(), folder).turningClock().initialised()) {
            lastsAYear(stage);
            catalog(stage);
            stage.startHere();
            Until.isTrue("the groups are read from Slack", LIMIT,
                    () -> number(stage, "SELECT count(*) FROM team WHERE seen_at IS NULL") == 0);
            Actor dana = new Actor(stage.slack().person("dana"));
            Actor omar = new Actor(stage.slack().person("omar"));
            String kept = has(stage, dana, "reader");
            String ended = has(stage, dana, "operator");
            String lost = has(stage, omar, "reader");
            stage.slack().openHome(dana.person());
            assertThat(reviews(stage)).as("nothing is asked before its time").isEmpty();

            stage.slack().clock().advance(Duration.ofDays(90));
            Message asked = review(stage, message -> message.plainText().contains("Who still needs access"));
            assertThat(asked.plainText()).contains("`basket-lab`", "REQ-" + kept, "REQ-" + ended, "REQ-" + lost,
                    "<@" + omar.person().id() + "> as *Read*", "[Confirm]", "[End now]", "[Confirm all]");
            Until.isTrue("dana sees it at home", LIMIT, () -> dana.person().home()
                    .filter(home -> home.plainText().contains("One grant needs your answer")).isPresent());
            outsidersChangeNothing(stage, asked, lost);

            assertThat(dana.clicksAndIsTold(asked, "confirm-access:" + kept)).contains("You cannot confirm your own");
            assertThat(omar.clicksAndIsTold(asked, "confirm-access:" + kept)).contains("Confirmed: Dana");
            assertThat(omar.clicksAndIsTold(now(stage, asked), "end-access:" + ended)).contains("is being ended");
            Message half = review(stage, message -> message.plainText().contains("Confirmed by Omar")
                    && message.plainText().contains("revoked by Omar"));
            assertThat(half.plainText()).contains("[Confirm all]");
            assertThat(omar.clicksAndIsTold(half, "confirm-all-access")).contains("You cannot confirm your own");

            stage.slack().clock().advance(Duration.ofDays(7));
            Until.isTrue("the owners are reminded", LIMIT, () -> reviews(stage).size() == 2);
            stage.slack().clock().advance(Duration.ofDays(7));
            Until.isTrue("what nobody confirmed is gone", LIMIT,
                    () -> text(stage, "SELECT state || ' ' || coalesce(cause, '') FROM lease WHERE request = " + lost)
                            .equals("ended unconfirmed"));
            Message over = review(stage, message -> message.plainText().contains("*Suspended*")
                    && message.plainText().contains("was up"));
            assertThat(over.plainText()).contains("Confirmed by Omar").doesNotContain("[Confirm]", "[End now]");
            assertThat(text(stage, "SELECT state FROM lease WHERE request = " + kept)).isEqualTo("active");
            assertThat(reviews(stage)).as("of the one thing that somebody has access to").hasSize(2)
                    .allMatch(message -> message.plainText().contains("`basket-lab`"));
            isGivenBack(stage, dana, omar, over, lost);
            assertThat(stage.slack().channel("checkout").messages()).as("an empty review bothers nobody").isEmpty();
            theLastOfATeamLeaves(stage);
        }
    }

    private static void isGivenBack(Stage stage, Actor dana, Actor omar, Message over, String lost) {
        assertThat(over.plainText()).contains("[Give back]", "left");
        assertThat(omar.clicksAndIsTold(over, "give-back:" + lost)).contains("You cannot give it back to yourself");
        assertThat(dana.clicksAndIsTold(over, "give-back:" + lost)).contains("Given back to Omar");
        review(stage, message -> message.plainText().contains("given back by Dana")
                && !message.plainText().contains("[Give back]"));
        Until.isTrue("omar has it again", LIMIT, () -> number(stage, """
                SELECT count(*) FROM lease a JOIN lease b ON a.request = b.given_back
                WHERE a.state = 'active' AND a.lasts = b.remaining AND b.request =""" + " " + lost) == 1);
    }

    private static void theLastOfATeamLeaves(Stage stage) {
        stage.slack().people().deactivate(stage.slack().person("olga"));
        Message told = Until.present("the platform team is told", LIMIT,
                () -> stage.slack().channel("platform").messages().stream()
                        .filter(message -> message.plainText().contains("Nobody is left in team Checkout"))
                        .findFirst());
        assertThat(told.plainText()).contains("`idle-cart`", "name another owner");
    }

    private static void outsidersChangeNothing(Stage stage, Message asked, String request) {
        String value = "1:" + request;
        for (String outsider : List.of("olga", "gus")) {
            Actor actor = new Actor(stage.slack().person(outsider));
            assertThat(actor.forgesAndIsTold(asked, "confirm-access:" + request, value))
                    .contains("Only the owner team and the platform team");
            assertThat(actor.forgesAndIsTold(asked, "confirm-all-access", value))
                    .contains("Only the owner team and the platform team");
        }
        Actor olga = new Actor(stage.slack().person("olga"));
        assertThat(olga.forgesAndIsTold(asked, "end-access:" + request, value)).contains("Only the person who has");
        for (String nonsense : List.of("1", "1:", "1:2;DROP TABLE lease", "1:" + "2,".repeat(100) + "2")) {
            assertThat(olga.forgesAndIsTold(asked, "confirm-access:" + request, nonsense)).contains("changed nothing");
        }
        assertThat(number(stage, "SELECT count(*) FROM lease WHERE confirmed_at IS NOT NULL OR cause IS NOT NULL"))
                .isZero();
    }

    /** Asks for access, which the rule gives at once, and answers the number of the request once it is there. */
    private static String has(Stage stage, Actor who, String role) {
        who.opens(() -> who.types("platform-requests", "/access", "basket-lab " + role + " 365d"),
                "What you are going");
        who.finishes(Map.of("reason", "To look after the baskets"));
        String lease = " FROM lease JOIN person ON person.id = holder WHERE person.name = '" + who.person().name()
                + "' AND role = '" + role + "' AND lease.state = 'active'";
        Until.isTrue(who.person().name() + " is " + role, LIMIT,
                () -> number(stage, "SELECT count(*)" + lease) == 1);
        return text(stage, "SELECT request" + lease);
    }

    private static List<Message> reviews(Stage stage) {
        return stage.slack().channel(OWNERS).messages().stream()
                .filter(message -> message.plainText().contains("access to `")).toList();
    }

    /** The first message of the review, once it is as expected. */
    private static Message review(Stage stage, Predicate<Message> expected) {
        return Until.present("a review as expected", LIMIT, () -> reviews(stage).stream().findFirst().filter(expected));
    }

    private static Message now(Stage stage, Message message) {
        return stage.slack().channel(message.channel()).message(message.ts()).orElseThrow();
    }

    private static long number(Stage stage, String sql) {
        return stage.inspect(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    private static String text(Stage stage, String sql) {
        return stage.inspect(h -> h.createQuery(sql).mapTo(String.class).one());
    }

    private static void lastsAYear(Stage stage) throws IOException {
        Path file = stage.workflows().resolve("service-access.yaml");
        Files.writeString(file, Files.readString(file).replace("durations: [1h, 8h, 1d, 7d]", "durations: [1h, 365d]")
                .replace("durations: [1h, 4h, 8h]", "durations: [1h, 365d]").replace("<= 8.0", "<= 8760.0"));
    }

    private void catalog(Stage stage) throws IOException {
        Path files = Files.createDirectories(folder.resolve("catalog"));
        for (String[] thing : new String[][]{{"basket-lab", "payments"}, {"idle-lab", "payments"},
                {"idle-cart", "checkout"}}) {
            Files.writeString(files.resolve(thing[0] + ".yaml"), """
                    apiVersion: backstage.io/v1alpha1
                    kind: Component
                    metadata:
                      name: %s
                      annotations:
                        steward.dev/tier: tier-4
                    spec:
                      type: service
                      lifecycle: experimental
                      owner: %s
                    """.formatted(thing[0], thing[1]));
        }
        stage.command("catalog", "import", "--yes", files.toString());
    }
}
