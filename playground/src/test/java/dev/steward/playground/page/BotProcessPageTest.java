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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bot's process from the page: ended and started by its buttons, and what people see while it is away. */
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
