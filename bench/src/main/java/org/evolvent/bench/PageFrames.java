package org.evolvent.bench;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.ui.internal.run.ShownRuns;
import org.evolvent.ui.internal.server.Access;
import org.evolvent.ui.internal.server.UiServer;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** How soon the page of a run is usable in a browser without a graphics card, and how fluently its family tree pans and zooms. */
public final class PageFrames {
    private static final int SECONDS = 3;

    /** Pans, or zooms in and out, at each frame; gives back when each frame began, in milliseconds. */
    private static final String GESTURE = """
            const [kind, seconds, done] = arguments;
            const canvas = document.querySelector("figure.tree canvas:last-child");
            const box = canvas.getBoundingClientRect();
            const middle = [box.left + box.width / 2, box.top + box.height / 2];
            const send = (type, x, more) => canvas.dispatchEvent(new (type === "wheel" ? WheelEvent : PointerEvent)(type,
              { bubbles: true, cancelable: true, pointerId: 1, clientX: x, clientY: middle[1], ...more }));
            canvas.setPointerCapture = () => {};
            const frames = [];
            if (kind === "pan") {
              for (let i = 0; i < 6; i++) send("wheel", middle[0], { deltaY: -200 });
              send("pointerdown", middle[0]);
            }
            const step = now => {
              frames.push(now);
              const phase = (now - frames[0]) / 1000;
              if (phase > seconds) {
                if (kind === "pan") send("pointerup", middle[0]);
                done(frames);
                return;
              }
              if (kind === "pan") send("pointermove", middle[0] + 300 * Math.sin(2 * phase));
              else if (kind !== "rest") send("wheel", middle[0], { deltaY: 60 * Math.cos(2 * phase), shiftKey: kind === "zoom rows" });
              requestAnimationFrame(step);
            };
            requestAnimationFrame(step);
            """;

    private static final int FOLLOWED_SECONDS = 60;

    /** Looks at the answers on their way to the page: a layout is one in which a line that was there before has another row. */
    private static final String WATCH = """
            const [watchedView] = arguments;
            window.watched = [0, 0];
            let rows = new Map();
            const fetched = window.fetch;
            window.fetch = async (...given) => {
              const answer = await fetched(...given);
              const view = String(given[0]).split("/").pop().split("?")[0];
              if (view === watchedView) {
                answer.clone().json().then(data => {
                  window.watched[0]++;
                  const lines = data.tree?.lines || [];
                  window.watched[1] += lines.some(line => rows.has(line.id) && rows.get(line.id) !== line.row) ? 1 : 0;
                  rows = new Map(lines.map(line => [line.id, line.row]));
                });
              }
              return answer;
            };
            """;

    private PageFrames() {}

    /**
     * Measures and prints.
     *
     * @param arguments a run directory, as {@link SimulatedRun} makes it; and optionally a directory for a picture in each theme
     */
    public static void main(String[] arguments) throws Exception {
        Path run = Path.of(arguments[0]).toAbsolutePath();
        ChromeOptions options = new ChromeOptions();
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1280,800");
        options.setBinary("/usr/bin/chromium");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .build();
        long before = System.nanoTime();
        try (UiServer server = UiServer.start(
                new ShownRuns(Map.of(arguments[0], run)), Access.of("127.0.0.1", Optional.empty()), Optional.of(0))) {
            print("server: %.2f s", (System.nanoTime() - before) / 1e9);
            ChromeDriver browser = new ChromeDriver(service, options);
            try {
                browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
                // Of the processor: others may be at work.
                browser.executeCdpCommand("Performance.enable", Map.of("timeDomain", "threadTicks"));
                for (String view :
                        List.of("overview", "tree", "overview", "tree", "population", "schedules", "slots")) {
                    open(browser, server, run, view);
                }
                open(browser, server, run, "tree");
                for (String kind : List.of("rest", "zoom", "pan", "zoom rows")) {
                    gesture(browser, kind);
                }
                for (String view : List.of("tree", "overview")) {
                    open(browser, server, run, view);
                    growth(browser, run, view);
                }
                if (arguments.length > 1) {
                    pictures(browser, server, run, Path.of(arguments[1]));
                }
            } finally {
                browser.quit();
            }
        }
        print("heap: %,d MB of %,d", used() >> 20, Runtime.getRuntime().maxMemory() >> 20);
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Opens a view; it is usable when it has been drawn. */
    private static void open(ChromeDriver browser, UiServer server, Path run, String view) throws InterruptedException {
        browser.get("about:blank");
        long before = System.nanoTime();
        browser.get(server.address() + "#/" + run.getFileName() + "/" + view);
        String shown =
                "return document.querySelector('main')?.dataset.shown === '%s' && document.querySelector('main canvas, main table') !== null"
                        .formatted(view);
        while (!Boolean.TRUE.equals(browser.executeScript(shown))) {
            Thread.sleep(5);
        }
        if (view.equals("tree")) {
            while (!Boolean.TRUE.equals(
                    browser.executeScript("return document.querySelector('.legend .ramp') !== null"))) {
                Thread.sleep(5);
            }
        }
        print("%s: usable after %.2f s", view, (System.nanoTime() - before) / 1e9);
    }

    private static void gesture(ChromeDriver browser, String kind) throws InterruptedException {
        double busy = busy(browser);
        List<?> frames = Objects.requireNonNull((List<?>) browser.executeAsyncScript(GESTURE, kind, SECONDS));
        double spent = (busy(browser) - busy) / frames.size();
        double[] gaps = new double[frames.size() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = ((Number) frames.get(i + 1)).doubleValue() - ((Number) frames.get(i)).doubleValue();
        }
        Arrays.sort(gaps);
        print(
                "%s: %.0f frames/s; a frame every %.1f ms (median), %.1f (95 %%), and %.1f ms of processor time of the page's thread for each; load %.1f",
                kind,
                (double) gaps.length / SECONDS,
                gaps[gaps.length / 2],
                gaps[gaps.length * 95 / 100],
                1000 * spent,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        Thread.sleep(1500);
    }

    /** What following costs, while the run grows: in the server, whose process does nothing else, and in the page's thread. */
    private static void growth(ChromeDriver browser, Path run, String view) throws InterruptedException {
        browser.executeScript(WATCH, view);
        // Until what was asked for before has been paid for by a rest.
        long[] first = watched(browser);
        for (int i = 0; i < 2 * FOLLOWED_SECONDS && first[0] == 0; i++) {
            Thread.sleep(1000);
            first = watched(browser);
        }
        long events = events(run);
        long server = processTime();
        double page = busy(browser);
        Thread.sleep(1000L * FOLLOWED_SECONDS);
        long[] last = watched(browser);
        double perSecond = 1.0 / FOLLOWED_SECONDS;
        long grown = events(run) - events;
        if (grown > 0) {
            print(
                    "%s, live: %.0f events/s for %d s; asked for %d times, laid out anew %d times; each second %.0f ms of the server and %.0f ms of the page's thread; load %.1f",
                    view,
                    grown * perSecond,
                    FOLLOWED_SECONDS,
                    last[0] - first[0],
                    last[1] - first[1],
                    (processTime() - server) / 1e6 * perSecond,
                    1000 * (busy(browser) - page) * perSecond,
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        }
    }

    private static long events(Path run) {
        try (RunDirectory read = RunDirectory.read(run)) {
            return read.events().size();
        }
    }

    /** Returns how often the view was asked for, and how often the tree was laid out anew. */
    private static long[] watched(ChromeDriver browser) {
        return ((List<?>) Objects.requireNonNull(browser.executeScript("return window.watched")))
                .stream().mapToLong(number -> ((Number) number).longValue()).toArray();
    }

    private static long processTime() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Seconds of processor time that the page's thread has taken. */
    private static double busy(ChromeDriver browser) {
        List<?> metrics = Objects.requireNonNull((List<?>)
                browser.executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics"));
        for (Object metric : metrics) {
            Map<?, ?> named = (Map<?, ?>) metric;
            if ("TaskDuration".equals(named.get("name"))) {
                return Objects.requireNonNull((Number) named.get("value")).doubleValue();
            }
        }
        throw new IllegalStateException("the browser does not measure TaskDuration");
    }

    private static void pictures(ChromeDriver browser, UiServer server, Path run, Path to) throws Exception {
        for (String theme : List.of("light", "dark")) {
            browser.executeCdpCommand(
                    "Emulation.setEmulatedMedia",
                    Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
            open(browser, server, run, "tree");
            Thread.sleep(500);
            Files.write(
                    Files.createDirectories(to).resolve("tree-" + theme + ".png"),
                    browser.getScreenshotAs(OutputType.BYTES));
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
