package dev.steward.playground.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.page.Window.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The playground from behind its scenes: the bot's process, faults, the journal, the clock, and beginning anew. */
class BotProcessPageTest extends LivePageTest {
    BotProcessPageTest() {
        super(false);
    }

    private static Locator process(Window window) {
        window.presses("Alt+b", "ArrowRight", "ArrowRight");
        Locator panel = window.page().locator("#panel");
        assertThat(panel.locator(".process")).containsText("Running");
        return panel;
    }

    @Test
    void saysThatTheBotWasKilledAndRecoversWhenItIsStarted() {
        Window lena = window("lena/general", Look.LIGHT);
        Window olga = window("olga/general", Look.DARK);
        Locator panel = process(lena);
        assertThat(lena.button(panel, "Start")).isDisabled();

        lena.button(panel, "Kill").click();
        assertThat(panel.locator(".process")).containsText("Not running");
        assertThat(olga.page().locator("#banner")).containsText("Steward is not running");
        assertThat(lena.button(panel, "Kill")).isDisabled();
        assertThat(Accessibility.grave(lena.page())).isEmpty();
        lena.screenshot("killed-light");
        olga.says("/owner checkout-web");
        assertThat(olga.page().locator(".notice").last()).containsText("/owner failed");
        olga.says("People still hear each other");
        assertThat(lena.messages("still hear each other")).isVisible();
        olga.screenshot("killed-dark");

        lena.button(panel, "Start").click();
        assertThat(panel.locator(".process")).containsText("Running");
        assertThat(olga.page().locator("#banner")).isEmpty();
        olga.says("/owner checkout-web");
        assertThat(olga.whispers("checkout-web").first())
                .isVisible();
    }

    @Test
    void stopsTheBotInAnOrderlyWay() {
        Window lena = window("lena/general", Look.LIGHT);
        Locator panel = process(lena);

        lena.button(panel, "Stop").click();
        assertThat(panel.locator(".process")).containsText("Not running");
        assertThat(lena.page().locator("#banner")).containsText("Steward is not running");
        lena.button(panel, "Start").click();
        assertThat(panel.locator(".process")).containsText("Running");
        assertThat(lena.page().locator("#banner")).isEmpty();
    }

    @Test
    void faultsAreFeltAndSaidAndNothingIsDoneTwice() throws IOException {
        Window dana = window("dana/platform-requests", Look.LIGHT);
        Window omar = window("omar/platform-requests", Look.DARK);
        Backstage stage = Backstage.at(dana, "Faults");
        assertThat(stage.panel()).containsText("speak over HTTP here");
        assertThat(stage.field("What").locator("option[value=socket_dropped]")).hasCount(0);
        stage.asksFor("slow", "views.open", Map.of("By (ms)", "-5", "Chance (%)", "200", "Times", "0"));
        assertThat(stage.panel().locator(".wrong:visible")).containsText(new String[]{"from 0 to 3600000",
                "from 1 to 1000000", "up to 100 %"});
        assertThat(stage.field("By (ms)")).isFocused();
        assertThat(stage.panel()).containsText("Nothing is on order");
        assertThat(Accessibility.grave(dana.page())).isEmpty();
        dana.screenshot("faults-refused-light");

        stage.orders("slow", "views.open", Map.of("By (ms)", "3500", "Chance (%)", "100", "Times", "1"));
        dana.says("/request new-service faulty-page");
        Locator offered = dana.whispers("Slack did not open the form");
        assertThat(offered).isVisible();
        assertThat(stage.over("views.open")).containsText("struck once");
        stage.orders("response_lost", "chat.postMessage", Map.of("In", "#platform-requests"));
        stage.orders("rate_limited", "chat.update", Map.of("Retry after (ms)", "1000"));
        stage.orders("server_error", "chat.update", Map.of("Status", "503"));
        stage.orders("duplicated", "view_submission", Map.of("Again after (ms)", "300"));
        stage.orders("duplicated", "block_actions", Map.of("Times", "", "Ends after (s)", "600"));
        stage.orders("late", "event_callback", Map.of("By (ms)", "800", "Times", ""));
        assertThat(Accessibility.grave(dana.page())).isEmpty();
        dana.screenshot("faults-ordered-light");

        dana.button(offered, "Open the form").click();
        dana.field("What is it for?").fill("Is asked for while much goes wrong");
        dana.button(dana.dialog(), "Next").click();
        assertThat(dana.dialog()).containsText("Page 2 of 2");
        dana.button(dana.dialog(), "Submit").click();
        omar.button(omar.card("faulty-page"), "Approve").click();
        assertThat(omar.whispers("Your approval was the last one needed")).isVisible();
        for (Window window : List.of(dana, omar)) {
            assertThat(window.card("faulty-page")).containsText("Applied");
            assertThat(window.page().locator("#stream article:has(.block-header)")
                    .filter(new Locator.FilterOptions().setHasText("faulty-page"))).hasCount(1);
        }
        assertThat(omar.whispers("Your approval was the last one needed")).hasCount(1);
        for (String struck : List.of("response lost", "rate limited", "server error", "view_submission")) {
            assertThat(stage.over(struck)).containsText("struck once");
        }
        assertThat(stage.standing("block_actions")).containsText("struck");
        dana.button(stage.standing("block_actions"), "Withdraw").click();
        assertThat(stage.panel().locator("ul[aria-label='On order'] li")).hasCount(1);
        dana.button(stage.panel(), "Clear them all").click();
        assertThat(stage.panel()).containsText("Nothing is on order");
        omar.says("/owner faulty-page");
        assertThat(omar.whispers("faulty-page").last()).containsText("payments");

        readsTheJournal(stage.turnedTo("Journal"));
    }

    private static void readsTheJournal(Backstage stage) throws IOException {
        Window window = stage.window();
        Locator lost = stage.entries("response_lost platform-requests").first();
        assertThat(lost).containsText("chat.postMessage");
        assertThat(lost).containsText("answer lost");
        assertThat(lost.locator(".about")).containsText("in #platform-requests");
        lost.locator("summary").focus();
        window.presses("Enter");
        assertThat(lost.locator("pre")).containsText("\"fault\": \"response_lost\"");
        assertThat(stage.entries("/request new-service").first().locator(".about")).containsText("Dana Diaz");
        assertThat(stage.entries("duplicated block_actions").first()).containsText("acknowledged");
        stage.entries("");
        assertThat(Accessibility.grave(window.page())).isEmpty();
        window.screenshot("journal-light");

        Download saved = window.page().waitForDownload(() -> stage.panel().getByText("Download").click());
        List<ObjectNode> lines = Files.readAllLines(saved.path()).stream().map(Json::parseObject).toList();
        assertThat(saved.suggestedFilename()).isEqualTo("journal.jsonl");
        assertThat(lines).extracting(line -> line.path("method").asText() + " " + line.path("fault").asText())
                .contains("views.open slow", "chat.postMessage response_lost", "chat.update rate_limited",
                        "chat.update server_error", " duplicated", " late");
        assertThat(Files.readString(saved.path())).contains("/request", "\"token\":\"(masked)\"")
                .doesNotContain("xoxb-0", "playground-signing-secret", "verification-token");
    }

    @Test
    void beginsAnewForEverybodyOnceItIsMeant() {
        Window lena = window("lena/general", Look.LIGHT);
        Window olga = window("olga/general", Look.DARK);
        olga.says("This goes with all the rest");
        assertThat(lena.messages("goes with all the rest")).isVisible();
        Backstage stage = Backstage.at(lena, "Clock and reset");
        assertThat(stage.panel()).containsText("the time of this machine");
        lena.button(stage.panel(), "+ 8 hours").click();
        assertThat(stage.panel()).containsText("That is 8 hours ahead");
        olga.presses("Alt+b");
        assertThat(new Backstage(olga).turnedTo("Clock and reset").panel()).containsText("That is 8 hours ahead");
        new Backstage(olga).turnedTo("Journal");

        lena.button(stage.panel(), "Reset the workspace").click();
        lena.button(lena.dialog(), "Keep it as it is").click();
        assertThat(lena.messages("goes with all the rest")).isVisible();
        lena.button(stage.panel(), "Reset the workspace").click();
        lena.button(lena.dialog(), "Begin anew").click();
        assertThat(lena.page().locator("#banner")).containsText("Steward is");
        assertThat(olga.page().locator("#banner")).containsText("Steward is");
        assertThat(lena.messages("goes with all the rest")).hasCount(0);
        assertThat(olga.messages("goes with all the rest")).hasCount(0);
        assertThat(lena.page().locator("#banner")).isEmpty();
        assertThat(olga.page().locator("#banner")).isEmpty();
        assertThat(new Backstage(olga).entries("goes with all the rest")).hasCount(0);
        assertThat(new Backstage(olga).entries("auth.test").first()).isVisible();
        olga.says("/request mine");
        assertThat(olga.whispers("").last()).not().containsText("faulty-page");
        olga.says("/owner checkout-web");
        assertThat(olga.whispers("checkout-web").first()).isVisible();
    }
}
