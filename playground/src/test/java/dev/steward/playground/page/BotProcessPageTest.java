package dev.steward.playground.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.steward.playground.live.Playground;
import dev.steward.playground.live.Wishes;
import dev.steward.playground.page.Window.Look;
import dev.steward.playground.stage.Stage;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The playground as {@code ./steward playground} opens it: somebody's first visit, the bot's process ended and started by
 * the page's buttons, and what people see while it is away.
 */
class BotProcessPageTest {
    private static final double PATIENCE_MS = 60_000;

    private static Chromium chromium;
    private static Playground playground;

    private final List<Window> windows = new ArrayList<>();

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        Path root = Path.of(System.getProperty("steward.root", ".")).toAbsolutePath();
        Wishes.Ports ports = new Wishes.Ports(Stage.freePort(), Stage.freePort(), Stage.freePort());
        playground = Playground.open(new Wishes(ports, folder.resolve("home"), false, false), root,
                new PrintStream(PrintStream.nullOutputStream()));
        chromium = Chromium.start();
    }

    @AfterAll
    static void close() {
        chromium.close();
        playground.close();
    }

    @AfterEach
    void noWindowHasComplained() {
        List<String> complaints = windows.stream().flatMap(window -> window.complaints().stream()).toList();
        windows.forEach(Window::close);
        assertThat(complaints).isEmpty();
    }

    private Window window(String address, Look look) {
        Window opened = Window.open(chromium.browser(), playground.url(), address, look);
        windows.add(opened);
        return opened;
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
        assertThat(olga.page().locator(".notice")).containsText("/owner failed");
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

    /** What README's first screen promises, with nothing but what the page itself says. */
    @Test
    void leadsSomebodyWhoHasNeverBeenHereToAServiceARefusalAndAnOwner() {
        Window visitor = Window.firstVisit(chromium.browser(), playground.url());
        windows.add(visitor);
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
}
