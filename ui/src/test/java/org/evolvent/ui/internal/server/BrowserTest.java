package org.evolvent.ui.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.Keys.BACK_SPACE;
import static org.openqa.selenium.Keys.ENTER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.evolvent.study.StudyRun;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.ui.internal.report.Report;
import org.evolvent.ui.internal.run.ShownRuns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The page in a real browser. Pictures of every view of a run, wide and narrow, light and dark:
 * {@code mvn -B -ntp -pl ui -am test -Dtest=BrowserTest -Dsurefire.failIfNoSpecifiedTests=false
 * "-DargLine=-Dpictures.of=RUN-DIRECTORY -Dpictures.to=DIRECTORY"}.
 */
@NeedsProgram({"chromium", "chromedriver"})
@Tag("slow")
@Isolated("it sets the pace of studies, and a browser is slow beside others")
class BrowserTest {
    private static final List<String> VIEWS =
            List.of("overview", "population", "schedules", "tree", "decisions", "slots", "compare", "member?index=2");

    private static final long MOST_REPORT_BYTES = 2_000_000;

    @TempDir
    private static Path temporary;

    private static ChromeDriver browser;

    @BeforeAll
    static void start() throws InterruptedException {
        Studies.run(temporary.resolve("climb"), 8);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium"));
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars");
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logging);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(Path.of(program("chromedriver")).toFile())
                        .build(),
                options);
        size(1280, 800);
    }

    @AfterAll
    static void stop() {
        browser.quit();
    }

    /** A page whose server has gone complains, which is nothing to the next test. */
    @AfterEach
    void leave() {
        browser.get("about:blank");
        forgetComplaints();
    }

    private static String program(String name) {
        for (String directory : System.getenv("PATH").split(java.io.File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(directory, name))) {
                return Path.of(directory, name).toString();
            }
        }
        throw new AssertionError(name + " is not on the PATH");
    }

    private static void size(int width, int height) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    private static void theme(String name) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
    }

    private static UiServer serve(int port, Path... directories) {
        Map<String, Path> runs = new LinkedHashMap<>();
        for (Path directory : directories) {
            runs.put(directory.toString(), directory);
        }
        return UiServer.start(new ShownRuns(runs), Access.of("127.0.0.1", Optional.empty()), Optional.of(port));
    }

    private static void open(UiServer server, String run, String view) throws InterruptedException {
        browser.get("about:blank");
        // The page before this one may have lost its server.
        forgetComplaints();
        browser.get(server.address() + "#/" + run + "/" + view);
        String name = view.replaceFirst("\\?.*", "");
        until("document.querySelector('main')?.dataset.shown === '%s'".formatted(name));
    }

    /** Waits until an expression of the page is true. */
    private static void until(String condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!Boolean.TRUE.equals(browser.executeScript("return Boolean(" + condition + ")"))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 30 s: %s; the page says: %s".formatted(condition, text()));
            }
            Thread.sleep(50);
        }
    }

    private static String text() {
        return browser.findElement(By.tagName("body")).getText();
    }

    /** Returns the text of an element. In the page itself: between two calls from here it may have been drawn anew. */
    private static String of(String selector) {
        return String.valueOf(
                browser.executeScript("return document.querySelector('%s').textContent".formatted(selector)));
    }

    private static void forgetComplaints() {
        var unused = browser.manage().logs().get(LogType.BROWSER);
    }

    private static void noComplaints() {
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                .extracting(LogEntry::getMessage)
                .isEmpty();
    }

    @Test
    void everyViewOfAFinishedRunLoads() throws Exception {
        try (UiServer server = serve(0, temporary.resolve("climb"))) {
            for (int width : new int[] {1280, 400}) {
                size(width, 800);
                for (String view : VIEWS) {
                    open(server, "climb", view);
                    assertThat(of("h1")).isNotBlank();
                    noComplaints();
                    isAsWideAsTheWindow(view, width);
                }
            }
        } finally {
            size(1280, 800);
        }
    }

    private static void isAsWideAsTheWindow(String view, int width) {
        assertThat((List<?>) browser.executeScript("""
                        return document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
                          .filter(each => each.getBoundingClientRect().right > innerWidth).map(each => each.outerHTML.slice(0, 80));
                        """))
                .as("what sticks out of %s at %s pixels", view, width)
                .isEmpty();
    }

    /** The overview says where the best model is. */
    @Test
    void aLongPathIsBroken() throws Exception {
        String name = "/a-disk/with-a-group/" + "and-a-directory-of-a-long-name".repeat(6);
        try (UiServer server = UiServer.start(
                new ShownRuns(Map.of(name, temporary.resolve("climb"))),
                Access.of("127.0.0.1", Optional.empty()),
                Optional.of(0))) {
            size(400, 800);
            open(server, "climb", "overview");
            assertThat(text()).contains(name);
            isAsWideAsTheWindow("overview", 400);
        } finally {
            size(1280, 800);
        }
    }

    /** What is offered as a file is caught on its way out. */
    @Test
    void everyChartIsThereAsSvg() throws Exception {
        try (UiServer server = serve(0, temporary.resolve("climb"))) {
            for (String view : List.of("overview", "schedules", "tree", "decisions", "slots", "member?index=2")) {
                open(server, "climb", view);
                until(
                        "[...document.querySelectorAll('button')].some(each => each.textContent.startsWith('as SVG') && each.offsetParent !== null)");
                List<?> drawings = (List<?>) browser.executeAsyncScript("""
                        const [done] = arguments;
                        const files = [];
                        const make = URL.createObjectURL;
                        URL.createObjectURL = blob => { files.push(blob.text()); return "#" + location.hash.slice(1); };
                        const buttons = [...document.querySelectorAll("button")].filter(each => each.textContent.startsWith("as SVG") && each.offsetParent !== null);
                        buttons.forEach(each => each.click());
                        URL.createObjectURL = make;
                        Promise.all(files).then(texts => done(texts.map(text => {
                          const drawing = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
                          return drawing.nodeName === "svg" && !text.includes("NaN") && !text.includes("undefined")
                            ? drawing.querySelectorAll("path, rect").length : -1;
                        })));
                        """);
                assertThat(drawings)
                        .as(view)
                        .isNotEmpty()
                        .allSatisfy(marks -> assertThat((long) marks).isGreaterThan(3));
                noComplaints();
            }
        }
    }

    @Test
    void aMemberAndAStepAreFoundInTheTree() throws Exception {
        try (UiServer server = serve(0, temporary.resolve("climb"))) {
            open(server, "climb", "tree");
            until("document.querySelector('.legend .ramp')");
            browser.executeScript("document.querySelector('figure.tree canvas:last-child').focus()");
            browser.switchTo().activeElement().sendKeys("f");
            browser.switchTo().activeElement().sendKeys("3" + ENTER);
            until("document.querySelector('.pin b')?.textContent.startsWith('Member 3')");
            browser.switchTo().activeElement().sendKeys(BACK_SPACE + "step 40" + ENTER);
            until("location.hash.includes('from=36') && location.hash.includes('to=44')");
            browser.switchTo().activeElement().sendKeys(" is where?" + ENTER);
            until("!document.activeElement.validity.valid");
            noComplaints();
        }
    }

    /** What axe calls serious or worse: contrast, names, keyboard. A report has the same views. */
    @Test
    void everyViewIsAccessible() throws Exception {
        List<String> found = new ArrayList<>();
        try (UiServer server = serve(0, temporary.resolve("climb"))) {
            for (String theme : List.of("light", "dark")) {
                theme(theme);
                for (String view : VIEWS) {
                    open(server, "climb", view);
                    openTables();
                    Axe.barriers(browser).forEach(barrier -> found.add("%s, %s: %s".formatted(view, theme, barrier)));
                }
            }
        } finally {
            theme("light");
        }
        assertThat(found).isEmpty();
    }

    private static void openTables() {
        browser.executeScript(
                "[...document.querySelectorAll('button')].filter(b => b.textContent === 'as table').forEach(b => b.click())");
    }

    /** Choices and messages of failures would make an image, if texts became markup. */
    @Test
    void whatATrainerSaysIsText() throws Exception {
        try (UiServer server = serve(0, temporary.resolve("climb"))) {
            for (String view : VIEWS) {
                open(server, "climb", view);
                assertThat(browser.findElements(By.tagName("img"))).as(view).isEmpty();
                assertThat(browser.getTitle()).isNotEqualTo("1");
            }
            assertThat(text()).doesNotContain("This view cannot be shown");
            open(server, "climb", "population");
            assertThat(text()).contains("<img src=x");
        }
    }

    /** The browser is told that there is no network. */
    @Test
    void aReportHasAllOfItInItself() throws Exception {
        Path file = temporary.resolve("report.html");
        Report.write(temporary.resolve("climb"), "climb", file);
        assertThat(file)
                .isRegularFile()
                .satisfies(written -> assertThat(Files.size(written)).isLessThan(MOST_REPORT_BYTES));
        browser.get("about:blank");
        forgetComplaints();
        browser.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", true, "latency", 0, "downloadThroughput", 0, "uploadThroughput", 0));
        try {
            for (String view : VIEWS) {
                browser.get("about:blank");
                browser.get(file.toUri() + "#/climb/" + view);
                until("document.querySelector('main')?.dataset.shown === '%s'"
                        .formatted(view.replaceFirst("\\?.*", "")));
                assertThat(text()).doesNotContain("This view cannot be shown");
                assertThat(browser.findElements(By.tagName("img"))).as(view).isEmpty();
                noComplaints();
            }
        } finally {
            browser.executeCdpCommand(
                    "Network.emulateNetworkConditions",
                    Map.of("offline", false, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
        }
    }

    @Test
    void aChartCanBeReadWithoutAMouse() throws Exception {
        try (UiServer server = serve(0, temporary.resolve("climb"))) {
            open(server, "climb", "schedules");
            browser.executeScript("document.querySelector('canvas').focus()");
            By tip = By.cssSelector(".tip:not([hidden])");
            for (int i = 0; i < 100 && browser.findElements(tip).isEmpty(); i++) { // Until the chart is drawn.
                browser.switchTo().activeElement().sendKeys(org.openqa.selenium.Keys.ARROW_RIGHT);
                Thread.sleep(50);
            }
            assertThat(browser.findElement(tip).getText()).contains("rate", "of the best model");
            browser.executeScript(
                    "[...document.querySelectorAll('button')].find(b => b.textContent === 'as table').click()");
            assertThat(browser.findElements(By.cssSelector("main table"))).isNotEmpty();
            noComplaints();
        }
    }

    @Test
    void aRunningStudyIsFollowedThroughARestartOfTheServer() throws Exception {
        Path directory = temporary.resolve("live");
        Studies.PACE.set(60);
        int port;
        try (StudyRun run = Studies.start(directory, 60)) {
            while (!Files.exists(directory.resolve("events.db")) || !Files.exists(directory.resolve("study.yaml"))) {
                Thread.sleep(10);
            }
            try (UiServer server = serve(0, directory)) {
                port = server.port();
                open(server, "live", "overview");
                until("document.querySelector('.state').textContent.startsWith('running')");
                String before = copies();
                until("document.querySelectorAll('.card')[0].querySelector('.value').textContent !== '%s'"
                        .formatted(before));
                noComplaints();
            }
            until("document.querySelector('.lost').textContent.includes('is lost')");
            try (UiServer again = serve(port, directory)) {
                until("document.querySelector('.lost').textContent === ''");
                var unused = run.await();
                run.close();
                until("document.querySelector('.state').textContent === 'finished'");
                assertThat(copies()).isEqualTo("100 %");
                assertThat(again.port()).isEqualTo(port);
            }
        } finally {
            Studies.PACE.set(0);
            // That a server was not there is what this is about.
            forgetComplaints();
        }
    }

    private static String copies() {
        return of(".card .value");
    }

    @Test
    void pictures() throws IOException, InterruptedException {
        String of = System.getProperty("pictures.of");
        Path directory = of == null ? temporary.resolve("climb") : Path.of(of).toAbsolutePath();
        Path to = Files.createDirectories(Path.of(
                System.getProperty("pictures.to", temporary.resolve("pictures").toString())));
        try (UiServer server = serve(0, directory)) {
            for (String theme : new String[] {"light", "dark"}) {
                theme(theme);
                for (int width : new int[] {1280, 400}) {
                    for (String view : VIEWS) {
                        size(width, 800);
                        open(server, directory.getFileName().toString(), view);
                        long height = (long) browser.executeScript("return document.documentElement.scrollHeight");
                        size(width, (int) Math.min(2400, Math.max(800, height)));
                        Thread.sleep(300);
                        String name = "%s-%s-%s.png".formatted(view.replaceFirst("\\?.*", ""), width, theme);
                        Files.write(to.resolve(name), browser.getScreenshotAs(OutputType.BYTES));
                    }
                }
            }
        } finally {
            size(1280, 800);
            theme("light");
        }
        try (var made = Files.list(to)) {
            assertThat(made.filter(file -> file.toString().endsWith(".png")))
                    .hasSizeGreaterThanOrEqualTo(4 * VIEWS.size());
        }
    }
}
