package dev.steward.playground.page;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The playground as people start it, with its bot as a process, in a browser; one for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LivePageTest {
    private static final double PATIENCE_MS = 60_000;

    private final boolean socket;
    private final List<Window> windows = new ArrayList<>();
    private Playground playground;
    private Chromium chromium;

    LivePageTest(boolean socket) {
        this.socket = socket;
    }

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        Path root = Path.of(System.getProperty("steward.root", ".")).toAbsolutePath();
        Wishes.Ports ports = new Wishes.Ports(Stage.freePort(), Stage.freePort(), Stage.freePort());
        playground = Playground.open(new Wishes(ports, folder.resolve("home"), false, socket), root,
                new PrintStream(PrintStream.nullOutputStream()));
        chromium = Chromium.start();
    }

    @AfterAll
    void close() {
        chromium.close();
        playground.close();
    }

    /** Chromium notes every answer of 400 by itself; one that a test provokes is no complaint. */
    @AfterEach
    void noWindowHasComplained() {
        List<String> complaints = windows.stream().flatMap(window -> window.complaints().stream())
                .filter(one -> !one.contains("a status of 400")).toList();
        windows.forEach(Window::close);
        windows.clear();
        assertThat(complaints).isEmpty();
    }

    Window window(String address, Look look) {
        Window opened = Window.open(chromium.browser(), playground.url(), address, look);
        windows.add(opened);
        return opened;
    }

    /** Opens the page as somebody does who has never been there. */
    Window firstVisit() {
        Window opened = Window.firstVisit(chromium.browser(), playground.url());
        windows.add(opened);
        return opened;
    }
}
