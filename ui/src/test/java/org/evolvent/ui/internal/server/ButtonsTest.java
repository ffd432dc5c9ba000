package org.evolvent.ui.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.evolvent.study.StudyResult;
import org.evolvent.study.StudyRun;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.ui.internal.run.ShownRun;
import org.evolvent.ui.internal.run.ShownRuns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.openqa.selenium.By;
import org.openqa.selenium.interactions.Actions;

/** The buttons that steer a study, pressed with a mouse in a real browser. */
@NeedsProgram({"chromium", "chromedriver"})
@Tag("slow")
@Isolated("it sets the pace of studies, and a browser is slow beside others")
class ButtonsTest {
    private static final String STATE = "document.querySelector('.state').textContent";

    @TempDir
    private Path temporary;

    private Browser browser;
    private StudyRun run;
    private ShownRun shown;
    private UiServer server;
    private Warnings warnings;

    @BeforeEach
    void start() throws InterruptedException {
        warnings = new Warnings();
        Path directory = temporary.resolve("steered");
        Studies.PACE.set(50);
        run = Studies.start(directory, 5000);
        while (!Files.exists(directory.resolve("events.db")) || !Files.exists(directory.resolve("study.yaml"))) {
            Thread.sleep(10);
        }
        ShownRuns runs = new ShownRuns(Map.of("steered", directory));
        shown = runs.find("steered").orElseThrow();
        server = UiServer.start(runs, Access.steering("127.0.0.1", Optional.empty()), Optional.of(0));
        browser = new Browser();
        browser.open(server, "steered", "overview");
    }

    @AfterEach
    void stop() {
        browser.quit();
        server.close();
        run.close();
        warnings.close();
        Studies.PACE.set(0);
        assertThat(warnings.all())
                .as("of a page that was left while it listened")
                .isEmpty();
    }

    private void press(String name) {
        browser.findElement(By.cssSelector("[data-name=%s]".formatted(name))).click();
    }

    @Test
    void aStudyHoldsGoesOnAndEnds() throws Exception {
        browser.until(STATE + ".startsWith('running')");
        press("pause");
        browser.until(STATE + " === 'paused'");
        long held = Studies.rest(shown);
        assertThat(browser.of("[data-name=pause]")).isEqualTo("Resume");
        press("pause");
        Studies.growsFrom(shown, held);
        browser.until(STATE + ".startsWith('running')");
        press("stop");
        assertThat(browser.switchTo().alert().getText()).contains("evolvent resume");
        browser.switchTo().alert().dismiss();
        Studies.growsFrom(shown, shown.follow().revision());
        press("stop");
        browser.switchTo().alert().accept();
        assertThat(run.await().status()).isEqualTo(StudyResult.Status.INTERRUPTED);
        run.close();
        browser.until(STATE + " === 'interrupted'");
        assertThat(browser.findElements(By.cssSelector("[data-name=pause], [data-name=stop]")))
                .isEmpty();
        assertThat(browser.text()).contains("Go on with: evolvent resume");
        browser.noComplaints();
    }

    /** A running study is drawn anew twice a second, and a button that was taken away meanwhile would never be released. */
    @Test
    void aButtonThatIsHeldWhileThePageIsDrawnAnewIsPressed() throws Exception {
        browser.until(STATE + ".startsWith('running')");
        Actions mouse = new Actions(browser);
        mouse.clickAndHold(browser.findElement(By.cssSelector("[data-name=pause]")))
                .perform();
        String before = browser.of(".card .meaning");
        browser.until("document.querySelector('.card .meaning').textContent !== '%s'".formatted(before));
        mouse.release().perform();
        browser.until(STATE + " === 'paused'");
    }
}
