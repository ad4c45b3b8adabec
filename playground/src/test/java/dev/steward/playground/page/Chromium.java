package dev.steward.playground.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Chromium of this machine, driven by Playwright. Playwright's own browsers are never downloaded; a machine without
 * a Chromium fails the tests.
 */
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome-stable",
            "google-chrome");
    private static final List<String> FLAGS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        Playwright playwright = Playwright
                .create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(playwright, playwright.chromium()
                .launch(new BrowserType.LaunchOptions().setExecutablePath(executable()).setArgs(FLAGS)));
    }

    Browser browser() {
        return browser;
    }

    private static Path executable() {
        Stream<Path> folders = Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
        return folders.flatMap(folder -> NAMES.stream().map(folder::resolve)).filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no Chromium on the PATH; any of " + NAMES
                        + " will do"));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
