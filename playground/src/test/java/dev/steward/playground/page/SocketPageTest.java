package dev.steward.playground.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.steward.playground.page.Window.Look;
import dev.steward.playground.stage.Until;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page over Socket Mode: as over HTTP, and connections can be cut. */
class SocketPageTest extends LivePageTest {
    SocketPageTest() {
        super(true);
    }

    @Test
    void aRequestIsAppliedOnceThoughItsSocketsAreCut() {
        Window dana = window("dana/platform-requests", Look.LIGHT);
        Window omar = window("omar/platform-requests", Look.DARK);
        Backstage stage = Backstage.at(dana, "Faults");
        stage.orders("socket_dropped", "block_actions", Map.of());

        dana.says("/request new-service socket-page");
        dana.field("What is it for?").fill("Is asked for over sockets that break");
        dana.button(dana.dialog(), "Next").click();
        assertThat(dana.dialog()).containsText("Page 2 of 2");
        dana.button(dana.dialog(), "Submit").click();
        Locator approve = omar.button(omar.card("socket-page"), "Approve");
        assertThat(approve).isVisible();
        approve.click();
        assertThat(omar.page().locator(".notice, .toast").first()).containsText("trouble connecting");
        assertThat(stage.over("block_actions")).containsText("struck once");
        dana.button(stage.panel(), "Cut a socket").click();
        assertThat(dana.page().locator(".toast").last()).containsText("cut");

        Until.isTrue("Steward is connected again", Duration.ofSeconds(60), () -> (Integer) omar.page()
                .evaluate("fetch('/_control/sockets').then(a => a.json()).then(a => a.open)") > 0);
        // Whether Steward had read the click before its socket broke, nobody at Slack's end can know: people click again.
        if (approve.isVisible()) {
            approve.click();
        }
        assertThat(omar.whispers("Your approval was the last one needed")).isVisible();
        assertThat(dana.card("socket-page")).containsText("Applied");
        assertThat(dana.page().locator("#stream article:has(.block-header)")
                .filter(new Locator.FilterOptions().setHasText("socket-page"))).hasCount(1);
        stage.turnedTo("Journal");
        assertThat(stage.entries("socket broken").first()).isVisible();
        assertThat(stage.entries("socket_dropped").first()).containsText("nobody there");
        dana.screenshot("socket-journal-light");
    }
}
