package dev.steward.playground.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.steward.playground.page.Window.Look;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One bot and one browser for all tests of a class; each opens windows of its own, and no window may complain. */
abstract class BrowserTest {
    private static final double LIMIT_MS = 30_000;

    static Stage stage;
    private static Chromium chromium;

    private final List<Window> windows = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) {
        PlaywrightAssertions.setDefaultAssertionTimeout(LIMIT_MS);
        stage = new Stage(Path.of(System.getProperty("steward.root", ".")), folder).initialised();
        stage.startHere();
        chromium = Chromium.start();
        Until.isTrue("the groups are read from Slack", Duration.ofSeconds(30), () -> stage.inspect(
                h -> h.createQuery("SELECT count(*) FROM team WHERE seen_at IS NULL").mapTo(Long.class).one()) == 0);
    }

    @AfterAll
    static void end() {
        chromium.close();
        stage.close();
    }

    @AfterEach
    void noWindowHasComplained() {
        List<String> complaints = windows.stream().flatMap(window -> window.complaints().stream()).toList();
        windows.forEach(Window::close);
        assertThat(complaints).isEmpty();
    }

    /** Opens the page as somebody, in a browser of their own. */
    Window window(String person) {
        return window(person + "/platform-requests", Look.LIGHT);
    }

    Window window(String address, Look look) {
        return kept(Window.open(chromium.browser(), stage.slack().apiUrl().resolve("/"), address, look));
    }

    Window kept(Window window) {
        windows.add(window);
        return window;
    }
}
