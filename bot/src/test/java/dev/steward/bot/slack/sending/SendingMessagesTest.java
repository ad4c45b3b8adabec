package dev.steward.bot.slack.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.views.Golden;
import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.database.Json;
import dev.steward.database.TestClock;
import dev.steward.outbox.Delay;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import dev.steward.outbox.Priority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people are told about messages that come late, or not where they were meant to come. */
class SendingMessagesTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Rendered CARD = Rendered.paragraph(Mrkdwn.of("The card"));

    @ParameterizedTest
    @EnumSource(Undeliverable.class)
    void aMessageThatCouldNotGoWhereItWasMeantToGo(Undeliverable why) {
        String name = "undeliverable-" + why.name().toLowerCase(Locale.ROOT).replace('_', '-');
        var view = new UndeliverableView();
        Golden.assertMatches(name, view.render(Json.toTree(Map.of("channel", "payments", "why", why.name(), "fallback",
                "platform"))).orElseThrow());
        assertThat(view.render(Json.toTree(Map.of("channel", "payments", "why", why.name(), "fallback", "")))
                .orElseThrow().text().markup()).contains("was not posted anywhere else");
    }

    @Test
    void aMessageThatIsDelayed(@TempDir Path folder) {
        try (Database database = FreshDatabase.open(folder.resolve("steward.db"))) {
            var view = new DelayedView(database, new Outbox(new TestClock()));
            Golden.assertMatches("delayed",
                    view.render(Json.toTree(Map.of("channel", "payments", "key", "request:42:card",
                            "about", "REQ-42: *Waiting for approval*"))).orElseThrow());
            Golden.assertMatches("delayed-until", view.render(Json.toTree(Map.of("channel", "payments", "key",
                    "request:42:card", "about", "REQ-42: *Waiting for approval*", "until", NOON.toEpochMilli())))
                    .orElseThrow());
        }
    }

    @ParameterizedTest
    @EnumSource(Delay.class)
    void aMessageThatComesLate(Delay delay) {
        var due = new Message.Due(1, "k", new Destination.Channel("payments"), "v", Json.toTree(Map.of()),
                Priority.DECISION, 1, false, 0, NOON.toEpochMilli(), delay, null);
        Golden.assertSame("late-" + delay.name().toLowerCase(Locale.ROOT), Map.of("blocks",
                Lateness.blocks(due, CARD, NOON.plus(Duration.ofMinutes(10)), false)));
    }
}
