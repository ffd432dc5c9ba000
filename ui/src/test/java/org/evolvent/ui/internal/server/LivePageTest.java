package org.evolvent.ui.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.evolvent.study.StudyRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What a reader is at while a study runs and its page is drawn anew again and again. */
@Tag("slow")
class LivePageTest extends PageTest {
    private static final String DONE = "document.querySelector('.card .meaning').textContent";
    private static final String ASKED =
            "performance.getEntriesByType('resource').filter(one => one.name.includes('/api/')).length";

    private StudyRun run;
    private UiServer server;

    @BeforeEach
    void open() throws InterruptedException {
        Path directory = temporary.resolve("growing-" + System.nanoTime());
        Studies.PACE.set(50);
        run = Studies.start(directory, 5000);
        while (!Files.exists(directory.resolve("events.db")) || !Files.exists(directory.resolve("study.yaml"))) {
            Thread.sleep(10);
        }
        server = serve(0, directory);
        browser.open(server, directory.getFileName().toString(), "overview");
    }

    @AfterEach
    void close() {
        server.close();
        run.close();
        Studies.PACE.set(0);
    }

    /** Waits until the page has been drawn anew twice: what was begun before is over by then. */
    private static void isDrawnAnew() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            String before = browser.of(".card .meaning");
            browser.until(DONE + " !== '" + before + "'");
        }
    }

    private static boolean is(String condition) {
        return Boolean.TRUE.equals(browser.executeScript("return Boolean(" + condition + ")"));
    }

    @Test
    void focusAndOpenTablesStay() throws Exception {
        browser.until("document.querySelector('.multiples canvas')?.width > 0 && " + DONE + ".includes('left')");
        browser.executeScript(
                "[...document.querySelectorAll('button')].find(each => each.textContent === 'as table').click()");
        browser.executeScript("document.querySelector('.multiples canvas').focus()");
        browser.switchTo().activeElement().sendKeys(Keys.ARROW_RIGHT);
        browser.until("document.querySelector('.tip:not([hidden])')");
        isDrawnAnew();
        assertThat(is("document.activeElement === document.querySelector('.multiples canvas')"))
                .as("the focus")
                .isTrue();
        browser.until("document.querySelector('.tip:not([hidden])')");
        assertThat(is("document.querySelector('main table tbody').rows.length > 1"))
                .as("the table")
                .isTrue();
        browser.noComplaints();
    }

    /** A page in a tab that nobody looks at asks for nothing, and holds none of the few connections of a browser. */
    @Test
    void aHiddenPageRests() throws Exception {
        browser.until(DONE + ".includes('left')");
        hide(true);
        Thread.sleep(1500); // What was asked before may still come.
        Object before = browser.executeScript("return " + ASKED);
        String seen = browser.of(".card .meaning");
        Thread.sleep(1500);
        assertThat(browser.executeScript("return " + ASKED)).isEqualTo(before);
        hide(false);
        browser.until(DONE + " !== '" + seen + "'");
        browser.noComplaints();
    }

    private static void hide(boolean isHidden) {
        browser.executeScript(
                "Object.defineProperty(document, 'hidden', { value: arguments[0], configurable: true });"
                        + "document.dispatchEvent(new Event('visibilitychange'))",
                isHidden);
    }

    /** As while a machine has much to do: what cannot be asked at once is asked again. */
    @Test
    void aPageThatGetsNoAnswerAtFirstAsksAgain() throws Exception {
        browser.executeCdpCommand("Network.enable", Map.of());
        browser.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of("*/api/runs")));
        try {
            browser.get("about:blank");
            browser.get(server.address());
            browser.until("document.querySelector('.lost')?.textContent.includes('is lost')");
        } finally {
            browser.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of()));
        }
        browser.until("document.querySelector('.card') && document.querySelector('.lost').textContent === ''");
    }

    /** A view that is left before it has come does not come instead of the one that was opened then. */
    @Test
    void aViewThatComesTooLateIsNotShown() throws Exception {
        browser.executeScript("""
                const fetch = window.fetch;
                window.fetch = async (address, request) => {
                  const answer = await fetch(address, request);
                  if (address.includes("/schedules")) { await new Promise(done => setTimeout(done, 1500)); window.isLate = true; }
                  return answer;
                };
                location.hash = location.hash.replace("overview", "schedules");
                setTimeout(() => { location.hash = location.hash.replace("schedules", "population"); }, 300);
                """);
        browser.until("window.isLate");
        Thread.sleep(300);
        assertThat(browser.of("h1")).isEqualTo("Population");
        assertThat(browser.of("nav [aria-current]")).isEqualTo("Population");
        browser.noComplaints();
    }
}
