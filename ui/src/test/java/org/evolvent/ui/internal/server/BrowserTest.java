package org.evolvent.ui.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.Keys.BACK_SPACE;
import static org.openqa.selenium.Keys.ENTER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.study.StudyRun;
import org.evolvent.ui.internal.report.Report;
import org.evolvent.ui.internal.run.ShownComparison;
import org.evolvent.ui.internal.run.ShownRuns;
import org.evolvent.views.internal.history.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;

/**
 * The page in a real browser. Pictures of every view of a run, wide and narrow, light and dark:
 * {@code mvn -B -ntp -pl ui -am test -Dtest=BrowserTest -Dsurefire.failIfNoSpecifiedTests=false
 * "-DargLine=-Dpictures.of=RUN-DIRECTORY -Dpictures.to=DIRECTORY"}.
 */
class BrowserTest extends PageTest {
    private static final List<String> VIEWS =
            List.of("overview", "population", "schedules", "tree", "decisions", "slots", "compare", "member?index=2");

    private static final long MOST_REPORT_BYTES = 2_000_000;

    @Test
    void everyViewOfAFinishedRunLoads() throws Exception {
        try (UiServer server = serve(0, temporary.resolve("climb"))) {
            for (int width : new int[] {1280, 400}) {
                browser.size(width, 800);
                for (String view : VIEWS) {
                    browser.open(server, "climb", view);
                    assertThat(browser.of("h1")).isNotBlank();
                    browser.noComplaints();
                    browser.isAsWideAsTheWindow(view, width);
                }
            }
        } finally {
            browser.size(1280, 800);
        }
    }

    /** Alone, and beside a run; what evolvent compare wrote of four strategies over eight seeds. */
    @Test
    void aComparisonIsShown() throws Exception {
        Path directory = Files.createDirectories(temporary.resolve("compare-smooth-1"));
        Files.copy(Path.of("src/test/resources/comparison.json"), directory.resolve("comparison.json"));
        List<ShownComparison> comparisons = List.of(new ShownComparison("compare-smooth-1", directory));
        for (Map<String, Path> runs : List.of(Map.<String, Path>of(), Map.of("climb", temporary.resolve("climb")))) {
            try (UiServer server = UiServer.start(
                    new ShownRuns(runs, comparisons), Access.of("127.0.0.1", Optional.empty()), Optional.of(0))) {
                for (int width : new int[] {1280, 400}) {
                    browser.size(width, 800);
                    browser.open(server, "climb", "compare");
                    assertThat(browser.of("h1")).isEqualTo("smooth score, maximize");
                    assertThat(browser.text())
                            .contains(
                                    "pbt reaches 0.829 [0.771, 0.846] with 8 seeds, and 0.825 [0.783, 0.841] with fresh ones",
                                    "it is better than all others",
                                    "0.984 [0.906, 1]",
                                    "asha: a note <b>of</b> the comparison")
                            .doesNotContain("null", "undefined");
                    assertThat(browser.findElements(By.tagName("canvas"))).hasSize(3);
                    browser.noComplaints();
                    browser.isAsWideAsTheWindow("compare", width);
                }
            } finally {
                browser.size(1280, 800);
            }
        }
    }

    /** The overview says where the best model is. */
    @Test
    void aLongPathIsBroken() throws Exception {
        String name = "/a-disk/with-a-group/" + "and-a-directory-of-a-long-name".repeat(6);
        try (UiServer server = UiServer.start(
                new ShownRuns(Map.of(name, temporary.resolve("climb"))),
                Access.of("127.0.0.1", Optional.empty()),
                Optional.of(0))) {
            browser.size(400, 800);
            browser.open(server, "climb", "overview");
            assertThat(browser.text()).contains(name);
            browser.isAsWideAsTheWindow("overview", 400);
        } finally {
            browser.size(1280, 800);
        }
    }

    /** What is offered as a file is caught on its way out. */
    @Test
    void everyChartIsThereAsSvg() throws Exception {
        try (UiServer server = serve(0, temporary.resolve("climb"))) {
            for (String view : List.of("overview", "schedules", "tree", "decisions", "slots", "member?index=2")) {
                browser.open(server, "climb", view);
                browser.until(
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
                browser.noComplaints();
            }
        }
    }

    @Test
    void aMemberAndAStepAreFoundInTheTree() throws Exception {
        try (UiServer server = serve(0, temporary.resolve("climb"))) {
            browser.open(server, "climb", "tree");
            browser.until("document.querySelector('.legend .ramp')");
            browser.executeScript("document.querySelector('figure.tree canvas:last-child').focus()");
            browser.switchTo().activeElement().sendKeys("f");
            browser.switchTo().activeElement().sendKeys("3" + ENTER);
            browser.until("document.querySelector('.pin b')?.textContent.startsWith('Member 3')");
            browser.switchTo().activeElement().sendKeys(BACK_SPACE + "step 40" + ENTER);
            browser.until("location.hash.includes('from=36') && location.hash.includes('to=44')");
            browser.switchTo().activeElement().sendKeys(" is where?" + ENTER);
            browser.until("!document.activeElement.validity.valid");
            browser.noComplaints();
        }
    }

    @Test
    void everyViewIsAccessible() throws Exception {
        try (UiServer server = serve(0, temporary.resolve("climb"))) {
            hasNoBarriers(view -> browser.open(server, "climb", view));
        }
    }

    @Test
    void everyViewOfAReportIsAccessible() throws Exception {
        Path file = temporary.resolve("accessible.html");
        Report.write(temporary.resolve("climb"), "climb", file, Reading.SILENT);
        hasNoBarriers(view -> browser.read(file, "climb", view));
    }

    private interface Opening {
        void open(String view) throws InterruptedException;
    }

    /** What axe calls serious or worse: contrast, names, keyboard. */
    private static void hasNoBarriers(Opening opening) throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        try {
            for (String theme : List.of("light", "dark")) {
                browser.theme(theme);
                for (String view : VIEWS) {
                    opening.open(view);
                    openTables();
                    Axe.barriers(browser).forEach(barrier -> found.add("%s, %s: %s".formatted(view, theme, barrier)));
                }
            }
        } finally {
            browser.theme("light");
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
                browser.open(server, "climb", view);
                assertThat(browser.findElements(By.tagName("img"))).as(view).isEmpty();
                assertThat(browser.getTitle()).isNotEqualTo("1");
            }
            assertThat(browser.text()).doesNotContain("This view cannot be shown");
            browser.open(server, "climb", "population");
            assertThat(browser.text()).contains("<img src=x");
        }
    }

    /** The browser is told that there is no network. */
    @Test
    void aReportHasAllOfItInItself() throws Exception {
        Path file = temporary.resolve("report.html");
        Report.write(temporary.resolve("climb"), "climb", file, Reading.SILENT);
        assertThat(file)
                .isRegularFile()
                .satisfies(written -> assertThat(Files.size(written)).isLessThan(MOST_REPORT_BYTES));
        browser.get("about:blank");
        browser.forgetComplaints();
        browser.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", true, "latency", 0, "downloadThroughput", 0, "uploadThroughput", 0));
        try {
            for (String view : VIEWS) {
                browser.read(file, "climb", view);
                assertThat(browser.text()).doesNotContain("This view cannot be shown");
                assertThat(browser.findElements(By.tagName("img"))).as(view).isEmpty();
                browser.noComplaints();
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
            browser.open(server, "climb", "schedules");
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
            browser.noComplaints();
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
                browser.open(server, "live", "overview");
                browser.until("document.querySelector('.state').textContent.startsWith('running')");
                String before = copies();
                browser.until("document.querySelectorAll('.card')[0].querySelector('.value').textContent !== '%s'"
                        .formatted(before));
                browser.noComplaints();
            }
            browser.until("document.querySelector('.lost').textContent.includes('is lost')");
            try (UiServer again = serve(port, directory)) {
                browser.until("document.querySelector('.lost').textContent === ''");
                var unused = run.await();
                run.close();
                browser.until("document.querySelector('.state').textContent === 'finished'");
                assertThat(copies()).isEqualTo("100 %");
                assertThat(again.port()).isEqualTo(port);
            }
        } finally {
            Studies.PACE.set(0);
            // That a server was not there is what this is about.
            browser.forgetComplaints();
        }
    }

    private static String copies() {
        return browser.of(".card .value");
    }

    @EnabledIfSystemProperty(named = "pictures.to", matches = ".+", disabledReason = "it is for people, who say where")
    @Test
    void pictures() throws IOException, InterruptedException {
        String of = System.getProperty("pictures.of");
        Path directory = of == null ? temporary.resolve("climb") : Path.of(of).toAbsolutePath();
        Path to = Files.createDirectories(Path.of(System.getProperty("pictures.to")));
        try (UiServer server = serve(0, directory)) {
            for (String theme : new String[] {"light", "dark"}) {
                browser.theme(theme);
                for (int width : new int[] {1280, 400}) {
                    for (String view : VIEWS) {
                        browser.size(width, 800);
                        browser.open(server, directory.getFileName().toString(), view);
                        long height = (long) browser.executeScript("return document.documentElement.scrollHeight");
                        browser.size(width, (int) Math.min(2400, Math.max(800, height)));
                        Thread.sleep(300);
                        String name = "%s-%s-%s.png".formatted(view.replaceFirst("\\?.*", ""), width, theme);
                        Files.write(to.resolve(name), browser.getScreenshotAs(OutputType.BYTES));
                    }
                }
            }
        } finally {
            browser.size(1280, 800);
            browser.theme("light");
        }
        try (var made = Files.list(to)) {
            assertThat(made.filter(file -> file.toString().endsWith(".png")))
                    .hasSizeGreaterThanOrEqualTo(4 * VIEWS.size());
        }
    }
}
