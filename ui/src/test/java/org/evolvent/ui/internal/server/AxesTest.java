package org.evolvent.ui.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where values lie in charts. */
@Tag("slow")
class AxesTest extends PageTest {
    private static final String LOG = "{name: 'rate', kind: 'float', scale: 'log', low: 1e-4, high: 1, levels: []}";

    /** Runs that are compared need not have the same ranges; seen: each drew ticks of its own into the same panel. */
    @Test
    void runsThatAreComparedShareTheirAxes() throws Exception {
        try (UiServer server = serve(0, temporary.resolve("climb"))) {
            browser.open(server, "climb", "overview");
            assertThat(places(LOG + ", {...%s, low: 1e-8}".formatted(LOG), "1e-8, 1e-4, 1"))
                    .isEqualTo("log 0 0.5 1");
            assertThat(places(LOG + ", {...%s, scale: 'linear', low: 0, high: 2}".formatted(LOG), "0, 1, 2"))
                    .isEqualTo("linear 0 0.5 1");
            assertThat(places(levels("32", "64", "128") + "," + levels("8", "16", "32"), "8, 32, 128, 64"))
                    .isEqualTo("8 16 32 64 128 0 0.5 1 0.75");
            assertThat(places(levels("relu", "tanh") + "," + levels("tanh", "gelu"), "'relu', 'tanh', 'gelu'"))
                    .isEqualTo("relu tanh gelu 0 0.5 1");
            assertThat(places(levels("32", "64") + ", {...%s, low: 0, high: 128}".formatted(LOG), "32, 128"))
                    .isEqualTo("linear 0.25 1");
        }
    }

    /** A line through one point is nothing; seen: an empty chart after the first results of a study. */
    @Test
    void oneResultIsSeen() throws Exception {
        Path directory = temporary.resolve("short");
        Studies.run(directory, 1);
        try (UiServer server = serve(0, directory)) {
            browser.open(server, "climb", "overview");
            browser.until("""
                    (() => {
                      const canvas = document.querySelector(".uplot canvas");
                      const best = getComputedStyle(document.documentElement).getPropertyValue("--best").trim();
                      const rgb = [1, 3, 5].map(at => parseInt(best.slice(at, at + 2), 16));
                      // Without the names beside the curves, which have their colours.
                      const end = document.querySelector(".u-over").getBoundingClientRect().right - canvas.getBoundingClientRect().left;
                      const wide = Math.floor((end * canvas.width) / canvas.clientWidth);
                      const data = canvas.getContext("2d").getImageData(0, 0, wide, canvas.height).data;
                      let seen = 0;
                      for (let i = 0; i < data.length; i += 4) {
                        seen += rgb.every((value, j) => Math.abs(data[i + j] - value) < 3) ? 1 : 0;
                      }
                      return seen > 10;
                    })()""");
        }
    }

    private static String levels(String... texts) {
        return "{name: 'kind', kind: 'choice', scale: 'linear', low: 0, high: %d, levels: ['%s']}"
                .formatted(texts.length - 1, String.join("', '", texts));
    }

    /** Returns the scale or the levels of the axis that some have in common, and where values lie on it. */
    private static Object places(String axes, String values) {
        return browser.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                import("/page/steps.js").then(({ commonAxis, positionIn }) => {
                  const axis = commonAxis([%s]);
                  const places = [%s].map(value => Math.round(1e6 * positionIn(axis, { value, position: 0.123 })) / 1e6);
                  done([axis.kind === "choice" ? axis.levels.join(" ") : axis.scale, ...places].join(" "));
                }).catch(error => done(String(error)));
                """.formatted(axes, values));
    }
}
