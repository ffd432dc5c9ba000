package org.evolvent.ui.internal.server;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openqa.selenium.chrome.ChromeDriver;

/** What axe says of a page. */
final class Axe {
    private Axe() {}

    /** Returns what axe calls serious or worse, with the elements: contrast, names, keyboard. */
    static List<?> barriers(ChromeDriver browser) throws IOException {
        try (InputStream script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            browser.executeScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<?>) browser.executeAsyncScript("""
                axe.run({ resultTypes: ["violations"] }).then(found => arguments[0](found.violations
                  .filter(one => ["serious", "critical"].includes(one.impact))
                  .map(one => one.id + ": " + one.nodes.slice(0, 3).map(node => node.html).join(" "))));
                """);
    }
}
