package org.evolvent.ui.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A browser that shows the page. */
final class Browser extends ChromeDriver {
    /** Starts one with a window of 1280 by 800 pixels. */
    Browser() {
        super(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(Path.of(program("chromedriver")).toFile())
                        .build(),
                options());
        size(1280, 800);
    }

    private static ChromeOptions options() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium"));
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars");
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logging);
        return options;
    }

    private static String program(String name) {
        for (String directory : System.getenv("PATH").split(java.io.File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(directory, name))) {
                return Path.of(directory, name).toString();
            }
        }
        throw new AssertionError(name + " is not on the PATH");
    }

    /** Sets the size of the window, in pixels. */
    void size(int width, int height) {
        executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Sets which theme the reader prefers: {@code light} or {@code dark}. */
    void theme(String name) {
        executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
    }

    /** Opens a view of a run as a server shows it, and waits until it is shown. */
    void open(UiServer server, String run, String view) throws InterruptedException {
        show(server.address(), run, view);
    }

    /** Opens a view of a run as a report shows it, and waits until it is shown. */
    void read(Path report, String run, String view) throws InterruptedException {
        show(report.toUri().toString(), run, view);
    }

    private void show(String page, String run, String view) throws InterruptedException {
        get("about:blank");
        // The page before this one may have lost its server.
        forgetComplaints();
        get(page + "#/" + run + "/" + view);
        String name = view.replaceFirst("\\?.*", "");
        until("document.querySelector('main')?.dataset.shown === '%s'".formatted(name));
    }

    /** Waits until an expression of the page is true. */
    void until(String condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!Boolean.TRUE.equals(executeScript("return Boolean(" + condition + ")"))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 30 s: %s; the page says: %s".formatted(condition, text()));
            }
            Thread.sleep(50);
        }
    }

    /** Returns the text of the whole page. */
    String text() {
        return findElement(By.tagName("body")).getText();
    }

    /** Returns the text of an element. In the page itself: between two calls from here it may have been drawn anew. */
    String of(String selector) {
        return String.valueOf(executeScript("return document.querySelector('%s').textContent".formatted(selector)));
    }

    /** Forgets what the page has complained about in its console. */
    void forgetComplaints() {
        var unused = manage().logs().get(LogType.BROWSER);
    }

    /** Nothing has been complained about since it was last asked or forgotten. */
    void noComplaints() {
        assertThat(manage().logs().get(LogType.BROWSER).getAll())
                .extracting(LogEntry::getMessage)
                .isEmpty();
    }

    /** Nothing sticks out of the window at its right. */
    void isAsWideAsTheWindow(String view, int width) {
        assertThat((List<?>) executeScript("""
                        return document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
                          .filter(each => each.getBoundingClientRect().right > innerWidth).map(each => each.outerHTML.slice(0, 80));
                        """))
                .as("what sticks out of %s at %s pixels", view, width)
                .isEmpty();
    }
}
