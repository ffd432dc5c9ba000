package org.evolvent.ui.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.ui.internal.run.ShownRuns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What the page says of a log that has been read in part, in a real browser. */
@NeedsProgram({"chromium", "chromedriver"})
@Tag("slow")
@Isolated("a browser is slow beside others")
class ReadingTest {
    @TempDir
    private static Path temporary;

    private static Browser browser;

    @BeforeAll
    static void start() throws InterruptedException {
        Studies.run(temporary.resolve("climb"), 8);
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        browser.quit();
    }

    @AfterEach
    void leave() {
        browser.get("about:blank");
        browser.forgetComplaints();
    }

    private static UiServer serve(Path directory) {
        return UiServer.start(
                new ShownRuns(Map.of(directory.toString(), directory)),
                Access.of("127.0.0.1", Optional.empty()),
                Optional.of(0));
    }

    /** The pulses of a server that is not done with a large log. */
    @Test
    void howFarTheLogHasBeenReadIsToldAboveEachView() throws Exception {
        Object script = browser.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                        const listen = EventSource.prototype.addEventListener;
                        EventSource.prototype.addEventListener = function (type, told) {
                          listen.call(this, type, event => told(type === "revision"
                            ? { data: JSON.stringify({ ...JSON.parse(event.data), read: 43 }) } : event));
                        };
                        """))
                .get("identifier");
        try (UiServer server = serve(temporary.resolve("climb"))) {
            for (int width : new int[] {1280, 400}) {
                browser.size(width, 800);
                browser.open(server, "climb", "population");
                browser.until("document.querySelector('.log').textContent.includes('43 % of it')");
                assertThat(Axe.barriers(browser)).isEmpty();
                browser.isAsWideAsTheWindow("population", width);
                browser.noComplaints();
            }
        } finally {
            browser.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
            browser.size(1280, 800);
        }
    }

    @Test
    void aLogThatIsDamagedIsShownUpToThereAndSaysSo() throws Exception {
        Path damaged = Files.createDirectory(temporary.resolve("damaged"));
        for (String file : List.of("study.yaml", "events.db")) {
            Files.copy(temporary.resolve("climb").resolve(file), damaged.resolve(file));
        }
        try (Connection log = DriverManager.getConnection("jdbc:sqlite:" + damaged.resolve("events.db"))) {
            log.createStatement().executeUpdate("UPDATE events SET body = replace(body, 'h', 'H') WHERE seq = 61");
        }
        try (Warnings warnings = new Warnings();
                UiServer server = serve(damaged)) {
            browser.open(server, "damaged", "overview");
            browser.until("document.querySelector('.log').textContent.includes('Its first 60 events can be trusted')");
            assertThat(browser.text()).contains("The best model is member");
            assertThat(Axe.barriers(browser)).isEmpty();
            browser.noComplaints();
            assertThat(warnings.all()).singleElement().asString().contains("cannot be read on");
        }
    }
}
