package dev.steward.playground.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The playground as {@code ./steward playground} opens it, for somebody who has never been there. */
class FirstVisitPageTest extends LivePageTest {
    FirstVisitPageTest() {
        super(false);
    }

    /** What README's first screen promises, with nothing but what the page itself says. */
    @Test
    void leadsSomebodyWhoHasNeverBeenHereToAServiceARefusalAndAnOwner() {
        Window visitor = firstVisit();
        Locator tour = visitor.page().locator("#tour");
        assertThat(tour).containsText("Ask for a service");
        visitor.screenshot("first-visit-light");
        asksByTheTour(visitor, tour);
        visitor.button(tour, "Next").click();
        visitor.button(visitor.card("payments-api"), "Approve").click();
        assertThat(visitor.whispers("nobody decides on their own request")).isVisible();

        visitor.button(tour, "Next").click();
        visitor.button(tour, "Be Omar Okafor").click();
        visitor.button(visitor.card("payments-api"), "Approve").click();
        assertThat(visitor.card("payments-api")).containsText(Pattern.compile("Next:.*Pia Petrov"));
        becomes(visitor, "Pia Petrov");
        visitor.button(visitor.card("payments-api"), "Approve").click();
        assertThat(visitor.card("payments-api")).containsText("Applied");

        stepTo(visitor, tour, "Whose is it?");
        visitor.button(tour, "Be Olga Olsen").click();
        visitor.button(tour, "Put it into the composer").click();
        visitor.presses("Enter");
        assertThat(visitor.whispers("checkout-web").last()).isVisible();
        visitor.says("/owner payments-api");
        assertThat(visitor.whispers("payments-api").last()).containsText("Payments");

        stepTo(visitor, tour, "Say no, and say why");
        becomes(visitor, "Dana Diaz");
        visitor.says("/request new-service second-shop tier-3");
        fillsIn(visitor);
        visitor.button(tour, "Be Omar Okafor").click();
        visitor.button(visitor.card("second-shop"), "Reject").click();
        visitor.field("Reason").fill("basket does that already");
        visitor.button(visitor.dialog(), "Reject").click();
        assertThat(visitor.card("second-shop")).containsText("basket does that already");
        assertThat(visitor.card("second-shop").locator(".block-actions")).hasCount(0);
        visitor.screenshot("rejected-light");
    }

    private static void asksByTheTour(Window visitor, Locator tour) {
        visitor.button(tour, "Put it into the composer").click();
        visitor.presses("Enter");
        assertThat(visitor.field("Service name")).hasValue("payments-api");
        fillsIn(visitor);
    }

    private static void fillsIn(Window visitor) {
        visitor.field("What is it for?").fill("Takes payments for the shop");
        visitor.button(visitor.dialog(), "Next").click();
        assertThat(visitor.dialog()).containsText("Page 2 of 2");
        visitor.button(visitor.dialog(), "Submit").click();
        assertThat(visitor.dialog()).isHidden();
    }

    private static void becomes(Window visitor, String name) {
        visitor.page().locator(".person-switch").click();
        visitor.button(visitor.dialog(), name).click();
        assertThat(visitor.page().locator(".person-switch")).containsText(name);
    }

    private static void stepTo(Window visitor, Locator tour, String title) {
        for (int steps = 0; steps < 12 && !tour.innerText().contains(title); steps++) {
            visitor.button(tour, "Next").click();
        }
        assertThat(tour).containsText(title);
    }
}
