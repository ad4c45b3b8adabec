package dev.steward.playground.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One browser window in which the page is open as one person. What the browser complains about is kept. */
final class Window implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private Window(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(message.type() + ": " + message.text() + " at " + message.location());
            }
        });
        page.onPageError(error -> complaints.add("uncaught: " + error));
    }

    /** How a window looks: its colours and its size in CSS pixels. */
    record Look(ColorScheme colours, int width, int height) {
        static final Look LIGHT = new Look(ColorScheme.LIGHT, 1360, 850);
        static final Look DARK = new Look(ColorScheme.DARK, 1360, 850);
    }

    /**
     * Opens the page.
     *
     * @param address what stands behind the hash, for example {@code dana/platform-requests}
     */
    static Window open(Browser browser, URI base, String address, Look look) {
        Window window = new Window(browser.newContext(new Browser.NewContextOptions().setColorScheme(look.colours())
                .setViewportSize(look.width(), look.height()).setLocale("en-GB")));
        window.page
                .addInitScript("if (!localStorage.getItem('steward.tour')) localStorage.setItem('steward.tour', '-1')");
        window.page.navigate(base.resolve("/#/" + address).toString());
        assertThat(window.page.locator(".app.ready")).isVisible();
        return window;
    }

    /** Opens the page as somebody does who has never been there: the tour greets them. */
    static Window firstVisit(Browser browser, URI base) {
        Window window = new Window(browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(Look.LIGHT.width(), Look.LIGHT.height()).setLocale("en-GB")));
        window.page.navigate(base.toString());
        assertThat(window.page.locator(".app.ready")).isVisible();
        return window;
    }

    /** A second tab of the same browser at the same place. */
    Window another() {
        Window other = new Window(context);
        other.page.navigate(page.url());
        assertThat(other.page.locator(".app.ready")).isVisible();
        return other;
    }

    Page page() {
        return page;
    }

    List<String> complaints() {
        return complaints;
    }

    /** Types into what has the focus. */
    void types(String text) {
        page.keyboard().type(text);
    }

    void presses(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    Locator composer() {
        return page.locator("#composer textarea");
    }

    /** Writes into the channel, by mouse. */
    void says(String text) {
        composer().click();
        composer().fill(text);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send").setExact(true)).first().click();
        assertThat(composer()).hasValue("");
    }

    /** The messages with that text in the middle of the page. */
    Locator messages(String text) {
        return page.locator("#stream article").filter(new Locator.FilterOptions().setHasText(text));
    }

    /** The messages with that text that only this person sees. */
    Locator whispers(String text) {
        return page.locator("#stream article.ephemeral").filter(new Locator.FilterOptions().setHasText(text));
    }

    /** The card of a request for that service. */
    Locator card(String service) {
        return page.locator("#stream article:has(.block-header)")
                .filter(new Locator.FilterOptions().setHasText(service))
                .first();
    }

    /** The open form or question. */
    Locator dialog() {
        return page.locator("dialog[open]").last();
    }

    Locator field(String label) {
        return dialog().getByLabel(label);
    }

    Locator button(Locator within, String label) {
        return within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(label)).first();
    }

    /** What of the page has the focus. */
    Locator focused() {
        return page.locator(":focus");
    }

    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    @Override
    public void close() {
        context.close();
    }
}
