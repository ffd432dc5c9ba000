package org.evolvent.ui.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the page says of a log that has been read in part, in a real browser. */
class ReadingTest extends PageTest {
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
        try (UiServer server = serve(0, temporary.resolve("climb"))) {
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
                UiServer server = serve(0, damaged)) {
            browser.open(server, "damaged", "overview");
            browser.until("document.querySelector('.log').textContent.includes('Its first 60 events can be trusted')");
            assertThat(browser.text()).contains("The best model is member");
            assertThat(Axe.barriers(browser)).isEmpty();
            browser.noComplaints();
            assertThat(warnings.all()).singleElement().asString().contains("cannot be read on");
        }
    }
}
