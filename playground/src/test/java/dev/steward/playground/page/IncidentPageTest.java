package dev.steward.playground.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.page.Window.Look;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.AlertPost;
import dev.steward.playground.stage.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Incidents by mouse alone: from the menu of shortcuts, or from an alert, to their end. */
class IncidentPageTest extends BrowserTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void isDeclaredLedAndResolvedByMouse() {
        Window dana = window("dana/payments", Look.LIGHT);
        dana.page().getByLabel("Shortcuts and commands").click();
        dana.page().locator(".menu").getByText("Declare an incident").click();
        assertThat(dana.dialog()).containsText("It is fine if this is incomplete");
        dana.field("What is wrong?").fill("Cards are refused");
        dana.field("SEV-2").check();
        assertThat(Accessibility.grave(dana.page())).as("of the form").isEmpty();
        dana.screenshot("incident-form-light");
        dana.button(dana.dialog(), "Declare").click();
        assertThat(dana.dialog()).containsText("is declared");
        dana.presses("Escape");

        dana.page().locator("#sidebar .room").filter(new Locator.FilterOptions().setHasText("cards-are-refused"))
                .click();
        Locator headline = dana.card("Cards are refused");
        assertThat(headline).containsText("nobody yet");
        headline.locator("button", new Locator.LocatorOptions().setHasText("I lead")).click();
        assertThat(dana.whispers("You are incident lead")).isVisible();
        assertThat(headline.locator("button", new Locator.LocatorOptions().setHasText("I lead"))).hasCount(0);
        assertThat(headline).containsText("Dana Diaz");
        assertThat(Accessibility.grave(dana.page())).as("of the channel").isEmpty();
        dana.screenshot("incident-light");

        headline.locator("button", new Locator.LocatorOptions().setHasText("Resolve")).click();
        dana.field("What ended it?").fill("The bank is back");
        dana.button(dana.dialog(), "Resolve").click();
        assertThat(dana.messages("is resolved").first()).containsText("Postmortem");
        assertThat(headline.locator("button", new Locator.LocatorOptions().setHasText("I am scribe"))).hasCount(0);
    }

    @Test
    void isPlayedFromTheAlertToThePostmortemWithAWayBackAndBreakGlassInTheMiddle() {
        changed("night-page", "Takes payments by night");
        try (AlertPost alertmanager = new AlertPost(stage.port())) {
            alertmanager.post(List.of(AlertPost.firing("f-night", Instant.now(), "alertname", "NightFails", "service",
                    "night-page", "severity", "critical")));
        }
        String onCall = onCall();
        Window lead = window(onCall + "/payments", Look.DARK);
        Window other = window((onCall.equals("dana") ? "omar" : "dana") + "/payments", Look.LIGHT);

        lead.button(lead.card("night-page: 1 alert firing"), "Declare").click();
        lead.field("What is wrong?").fill("Night pages fail");
        lead.field("SEV-1").check();
        lead.button(lead.dialog(), "Declare").click();
        assertThat(lead.dialog()).containsText("is declared");
        lead.presses("Escape");
        enters(lead, "night-pages-fail");
        lead.button(lead.card("Night pages fail"), "I lead").click();
        assertThat(lead.whispers("You are incident lead")).isVisible();
        String incident = number("INC-\\d+", lead.card("Night pages fail").innerText());

        lead.says("/access night-page admin 1h");
        lead.field("Why").fill("To see which pages fail");
        lead.field("Incident").fill(incident);
        lead.button(lead.dialog(), "Submit").click();
        Locator loud = other.messages("Break-glass").first();
        assertThat(loud).containsText("To see which pages fail");
        assertThat(loud).containsText("Active");
        other.screenshot("break-glass-light");

        Locator changes = lead.messages("What changed").first();
        lead.button(changes, "Propose revert").click();
        lead.button(lead.dialog(), "Propose").click();
        assertThat(lead.whispers("REQ-").last()).isVisible();
        lead.screenshot("incident-revert-dark");
        String revert = number("REQ-\\d+", lead.whispers("REQ-").last().innerText());
        enters(other, "platform-requests");
        Locator card = other.card(revert);
        assertThat(card).containsText("Takes payments by night");
        other.button(card, "Approve").click();
        assertThat(card).containsText("Applied");
        assertThat(lead.messages("revert of").last()).containsText("applied");

        lead.button(lead.card("Night pages fail"), "Resolve").click();
        lead.field("What ended it?").fill("It is as it was before");
        lead.button(lead.dialog(), "Resolve").click();
        assertThat(lead.messages("is resolved").first()).containsText("Postmortem");
        enters(other, "payments");
        assertThat(loud).containsText("Ended");
        other.button(loud, "Sign").click();
        other.field("It was right to do").check();
        other.field("What did you look at?").fill("The log of the session");
        other.button(other.dialog(), "Sign").click();
        assertThat(loud).containsText("Signed");
        other.presses("Escape");

        lead.says("/incident postmortem");
        assertThat(lead.dialog()).containsText("Postmortem");
        assertThat(Accessibility.grave(lead.page())).as("of the postmortem").isEmpty();
        lead.screenshot("postmortem-dark");
        String draft = String.join("\n", lead.dialog().locator("textarea").all().stream().map(Locator::inputValue)
                .toList());
        assertThat(draft).contains("## What changed before", "## What was done", revert, "NightFails",
                "It is as it was before");
        lead.button(lead.dialog(), "Keep").click();
        assertThat(lead.dialog()).isHidden();
    }

    /** A service that was made, and then changed to serve that. */
    private static void changed(String service, String purpose) {
        Actor dana = new Actor(stage.slack().person("dana"));
        dana.types("platform-requests", "/request", "new-service");
        dana.sees("Service name");
        dana.submits(Map.of("service", service, "purpose", "Takes payments by day"));
        dana.sees("Tier");
        dana.finishes(Map.of());
        applied(1);
        dana.types("platform-requests", "/request", "change " + service);
        dana.sees("as it is now");
        dana.submits(Map.of("purpose", purpose));
        dana.sees("Tier");
        dana.finishes(Map.of());
        applied(2);
    }

    private static void applied(int runs) {
        Actor omar = new Actor(stage.slack().person("omar"));
        Message card = Until.present("a card to decide on", LIMIT,
                () -> stage.slack().channel("platform-requests").messages().stream()
                        .filter(m -> m.buttons().stream().anyMatch(b -> b.actionId().equals("approve"))).findFirst());
        omar.clicksAndIsTold(card, "approve");
        Until.isTrue(runs + " runs are applied", LIMIT, () -> stage.inspect(h -> h.createQuery(
                "SELECT count(*) FROM run WHERE state = 'applied'").mapTo(Integer.class).one()) == runs);
    }

    /** Who has the pager this week: they are paged. */
    private static String onCall() {
        return Until.present("somebody is paged", LIMIT, () -> Stream.of("dana", "omar").filter(name -> stage.slack()
                .person(name).directMessages().stream().anyMatch(m -> m.plainText().contains("NightFails")))
                .findFirst());
    }

    /** Goes to the channel whose name ends so. */
    private static void enters(Window window, String name) {
        window.page().locator("#sidebar .room-name")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("(^|-)" + name + "$"))).click();
    }

    private static String number(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).findFirst().orElseThrow();
    }
}
