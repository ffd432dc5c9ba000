package org.evolvent.ui.internal.server;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.ui.internal.run.ShownRuns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A browser, and a small study that has ended to look at with it. */
@NeedsProgram({"chromium", "chromedriver"})
@Tag("slow")
@Isolated("it may set the pace of studies, and a browser is slow beside others")
abstract class PageTest {
    @TempDir
    static Path temporary;

    static Browser browser;

    @BeforeAll
    static void start() throws InterruptedException {
        Studies.run(temporary.resolve("climb"), 8);
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        browser.quit();
    }

    /** A page whose server has gone complains, which is nothing to the next test. */
    @AfterEach
    void leave() {
        browser.get("about:blank");
        browser.forgetComplaints();
    }

    /** Serves the page of run directories, to this machine. */
    static UiServer serve(int port, Path... directories) {
        Map<String, Path> runs = new LinkedHashMap<>();
        for (Path directory : directories) {
            runs.put(directory.toString(), directory);
        }
        return UiServer.start(new ShownRuns(runs), Access.of("127.0.0.1", Optional.empty()), Optional.of(port));
    }
}
