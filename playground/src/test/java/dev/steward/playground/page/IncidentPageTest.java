package dev.steward.playground.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.steward.playground.page.Window.Look;
import org.junit.jupiter.api.Test;

/** An incident by mouse alone, from the menu of shortcuts to its end. */
class IncidentPageTest extends BrowserTest {

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
}
