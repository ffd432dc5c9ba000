package org.evolvent.ui.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evolvent.runtime.EvolventException;
import org.evolvent.study.StudyResult;
import org.evolvent.study.StudyRun;
import org.evolvent.ui.internal.page.Assets;
import org.evolvent.ui.internal.page.Page;
import org.evolvent.ui.internal.run.ShownRun;
import org.evolvent.ui.internal.run.ShownRuns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UiServerTest {
    private static final String TOKEN = "a-token-of-this-test-0123456789";

    @TempDir
    private static Path temporary;

    private static UiServer open;
    private static UiServer closed;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws InterruptedException {
        Path directory = temporary.resolve("climb");
        Studies.run(directory, 6);
        Map<String, Path> runs = Map.of("climb", directory);
        open = UiServer.start(new ShownRuns(runs), Access.of("127.0.0.1", Optional.empty()), Optional.of(0));
        closed = UiServer.start(new ShownRuns(runs), Access.of("127.0.0.1", Optional.of(TOKEN)), Optional.of(0));
    }

    @AfterAll
    static void stop() {
        open.close();
        closed.close();
    }

    private HttpResponse<String> get(UiServer server, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Returns all that a server answers to a request that no client would send. */
    private static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.joining("\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"overview", "schedules", "decisions", "population", "slots", "member?index=3", "node?index=0"})
    void everyViewIsThere(String view) throws Exception {
        HttpResponse<String> answer = get(open, "/api/runs/climb/" + view);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json;charset=utf-8");
        assertThat(answer.body()).startsWith("{").doesNotContain("NaN", "\u001b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/runs/other/overview",
                "/api/runs/climb/nothing",
                "/api/runs/climb/member?index=99",
                "/page/nothing.js",
                "/lib/nothing.js",
                "/study.yaml",
                "/page/study.yaml"
            })
    void whatIsNotThereIsNotFound(String path) throws Exception {
        assertThat(get(open, path).statusCode()).isEqualTo(404);
    }

    @Test
    void badOptionsAreNamed() throws Exception {
        assertThat(get(open, "/api/runs/climb/decisions?member=-1"))
                .returns(400, HttpResponse::statusCode)
                .extracting(HttpResponse::body)
                .asString()
                .contains("member is -1 but must be a whole number");
        assertThat(get(open, "/api/runs/climb/decisions?most=1001").body())
                .contains("most is 1001 but must be from 0 to 1000");
    }

    /** A file beside the run and one in it, by all ways to write the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/page/../study.yaml",
                "/page/..%2f..%2fstudy.yaml",
                "/page/%2e%2e/%2e%2e/etc/passwd",
                "/lib/..%5c..%5cstudy.yaml",
                "/api/runs/..%2fclimb/overview",
                "/api/runs/climb/..%2f..%2fstudy.yaml",
                "//etc/passwd",
                "/page/%00/etc/passwd",
                "/page//etc/passwd"
            })
    void nothingElseCanBeRead(String path) throws IOException {
        String answer =
                raw(open.port(), "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".formatted(path));
        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("root:", "objective:", "population:");
    }

    @Test
    void namesOfOtherSitesAreNotServed() throws IOException {
        for (String host :
                new String[] {"evil.example", "evil.example:" + open.port(), "localhost.evil.example", "10.0.0.1"}) {
            String answer =
                    raw(open.port(), "GET /api/runs HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host));
            assertThat(answer).startsWith("HTTP/1.1 421").doesNotContain("climb");
        }
        for (String host : new String[] {"localhost", "127.0.0.1:80", "[::1]:7353", "LOCALHOST:1"}) {
            String answer =
                    raw(open.port(), "GET /api/runs HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host));
            assertThat(answer).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void withATokenNobodyIsAnsweredWithoutIt() throws Exception {
        for (String path : new String[] {"/", "/api/runs", "/metrics", "/page/main.js", "/?token=wrong", "/?token="}) {
            assertThat(get(closed, path).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(get(closed, "/api/runs", "Authorization", "Bearer " + TOKEN).statusCode())
                .isEqualTo(200);
        assertThat(get(closed, "/api/runs", "Authorization", "Bearer " + TOKEN + "x")
                        .statusCode())
                .isEqualTo(401);
        assertThat(get(closed, "/api/runs", "Cookie", "evolvent-token=" + TOKEN).statusCode())
                .isEqualTo(200);
        HttpResponse<String> first = get(closed, "/?token=" + TOKEN);
        assertThat(first.statusCode()).isEqualTo(302);
        assertThat(first.headers().firstValue("Location").orElseThrow()).doesNotContain(TOKEN);
        assertThat(first.headers().firstValue("Set-Cookie").orElseThrow()).contains("HttpOnly", "SameSite=Strict");
        assertThat(closed.address()).endsWith("/?token=" + TOKEN);
    }

    @Test
    void anotherAddressThanLoopbackNeedsAToken() {
        assertThat(Access.of("0.0.0.0", Optional.empty()).token().orElseThrow()).hasSizeGreaterThan(30);
        assertThat(Access.of("0.0.0.0", Optional.empty()).token())
                .isNotEqualTo(Access.of("0.0.0.0", Optional.empty()).token());
        assertThat(Access.of("localhost", Optional.empty()).token()).isEmpty();
        assertThat(Access.of("0.0.0.0", Optional.empty()).knows("192.0.2.7:7353"))
                .isTrue();
        assertThat(Access.of("0.0.0.0", Optional.empty()).knows("evil.example")).isFalse();
        assertThat(Access.of("box.example", Optional.empty()).knows("Box.example:7353"))
                .isTrue();
        assertThat(Access.of("127.0.0.1", Optional.empty()).knows(null)).isFalse();
    }

    @Test
    void nothingCanBeChanged() throws Exception {
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(open.address() + "api/runs/climb/overview"))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .as(method)
                    .isEqualTo(405);
        }
    }

    @Test
    void pagesMayLoadNothingFromElsewhere() throws Exception {
        for (String path : new String[] {"/", "/page/main.js", "/api/runs", "/nothing"}) {
            HttpResponse<String> answer = get(open, path);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                    .doesNotContain("unsafe", "*");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        }
    }

    @Test
    void everyFileOfThePageIsThere() throws Exception {
        for (String name : Assets.names()) {
            assertThat(Assets.bytes(name)).as(name).isPresent();
            String path = name.startsWith("lib/") ? "/" + name : "/page/" + name;
            assertThat(get(open, path).statusCode()).as(path).isEqualTo(200);
        }
    }

    /** Texts become texts: only the report's bundle and this rule say what would undo that. */
    @Test
    void noTextBecomesMarkup() {
        for (String module : Assets.MODULES) {
            assertThat(Assets.text(module + ".js"))
                    .as(module)
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function");
        }
    }

    @Test
    void aReportIsOneFileThatNamesNoOther() {
        String report = Page.report("QUJD");
        assertThat(report)
                .contains("<script type=\"text/plain\" id=\"data\">QUJD</script>", "const $main = (() => {")
                .doesNotContain("src=\"/", "href=\"/", "\nimport ", "\nexport ");
        assertThat(report.getBytes(StandardCharsets.UTF_8).length).isLessThan(400_000);
    }

    @Test
    void metricsAreInTheFormatOfPrometheus() throws Exception {
        String text = get(open, "/metrics").body();
        assertThat(text)
                .contains("# TYPE evolvent_progress_ratio gauge", "# TYPE evolvent_copies_total counter")
                .containsPattern("(?m)^evolvent_progress_ratio\\{run=\"climb\",study=\"climb\"} 1.0$")
                .containsPattern("(?m)^evolvent_intervals_total\\{[^\\n]*} 4[0-8].0$");
        assertThat(text.lines())
                .allMatch(
                        line -> line.matches(
                                "# (HELP|TYPE) [a-z_]+ .+|[a-z_]+\\{run=\"[^\"]*\",study=\"([^\"\\\\]|\\\\.)*\"} [0-9.E+-]+|[a-z_]+\\{.*} NaN"));
    }

    @Test
    void aRunningStudyIsFollowedAndABrokenConnectionMissesNothing() throws Exception {
        Path directory = temporary.resolve("live");
        Studies.PACE.set(100);
        try (StudyRun run = Studies.start(directory, 12)) {
            while (!Files.exists(directory.resolve("study.yaml")) || !Files.exists(directory.resolve("events.db"))) {
                Thread.sleep(10);
            }
            try (UiServer server = UiServer.start(
                    new ShownRuns(Map.of("live", directory)),
                    Access.of("127.0.0.1", Optional.empty()),
                    Optional.of(0))) {
                long seen = revisions(server, 3);
                assertThat(get(server, "/api/runs/live/overview").body()).contains("\"state\":\"running\"");
                assertThat(revisions(server, 1))
                        .as("a new connection begins with what there is")
                        .isGreaterThanOrEqualTo(seen);
                var unused = run.await();
                run.close();
                assertThat(get(server, "/api/runs/live/overview").body()).contains("\"state\":\"done\"");
            }
        } finally {
            Studies.PACE.set(0);
        }
    }

    /** Listens until some revisions have come; returns the last. */
    private static long revisions(UiServer server, int count) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("GET /api/runs/live/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            long last = -1;
            for (int found = 0; found < count; ) {
                String line = lines.readLine();
                if (line.startsWith("id:")) {
                    long next = Long.parseLong(line.substring(3).strip());
                    assertThat(next).isGreaterThanOrEqualTo(last);
                    last = next;
                    found++;
                }
            }
            return last;
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        Path directory = temporary.resolve("climb");
        ShownRuns runs = new ShownRuns(Map.of("climb", directory));
        try (Warnings warnings = new Warnings()) {
            assertThatThrownBy(() ->
                            UiServer.start(runs, Access.of("127.0.0.1", Optional.empty()), Optional.of(open.port())))
                    .isInstanceOf(EvolventException.class)
                    .hasMessageContaining("port %s: it is taken", open.port());
            assertThat(warnings.all()).isEmpty();
        }
        runs.close();
    }

    private HttpResponse<String> order(UiServer server, String run, String word, String... headers)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:%s/api/runs/%s/control".formatted(server.port(), run)))
                        .headers(headers)
                        .POST(HttpRequest.BodyPublishers.ofString(word))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Tag("slow")
    @Test
    void aStudyIsPausedAndStoppedByWhoHasTheToken() throws Exception {
        Path directory = temporary.resolve("steered");
        String[] token = {"Authorization", "Bearer " + TOKEN};
        Studies.PACE.set(30);
        try (StudyRun run = Studies.start(directory, 500)) {
            while (!Files.exists(directory.resolve("events.db")) || !Files.exists(directory.resolve("study.yaml"))) {
                Thread.sleep(10);
            }
            try (ShownRuns shown = new ShownRuns(Map.of("steered", directory));
                    UiServer server =
                            UiServer.start(shown, Access.steering("127.0.0.1", Optional.of(TOKEN)), Optional.of(0))) {
                ShownRun steered = shown.find("steered").orElseThrow();
                Studies.growsFrom(steered, steered.follow().revision());
                assertThat(order(server, "steered", "pause", token).statusCode())
                        .isEqualTo(204);
                assertThat(steered.follow().order()).isEqualTo("pause");
                long held = Studies.rest(steered);
                assertThat(order(server, "steered", "run", token).statusCode()).isEqualTo(204);
                Studies.growsFrom(steered, held);
                assertThat(order(server, "steered", "stop", token).statusCode()).isEqualTo(204);
                assertThat(run.await().status()).isEqualTo(StudyResult.Status.INTERRUPTED);
                run.close();
                assertThat(directory.resolve("control")).doesNotExist();
                assertThat(order(server, "steered", "pause", token).body()).contains("Nobody drives");
            }
        } finally {
            Studies.PACE.set(0);
        }
    }

    @Test
    void nobodyElseMaySteer() throws Exception {
        try (UiServer server = UiServer.start(
                new ShownRuns(Map.of("climb", temporary.resolve("climb"))),
                Access.steering("127.0.0.1", Optional.empty()),
                Optional.of(0))) {
            String token = server.address().replaceFirst(".*token=", "");
            String cookie = "evolvent-token=" + token;
            assertThat(order(server, "climb", "pause", "Cookie", "other=1").statusCode())
                    .isEqualTo(401);
            assertThat(order(server, "climb", "pause", "Cookie", cookie, "Origin", "http://127.0.0.1:1")
                            .statusCode())
                    .isEqualTo(405);
            assertThat(order(server, "climb", "dance", "Cookie", cookie).body()).contains("must be run, pause or stop");
            assertThat(order(server, "other", "pause", "Cookie", cookie).statusCode())
                    .isEqualTo(404);
            assertThat(order(open, "climb", "pause", "Cookie", cookie).statusCode())
                    .isEqualTo(405);
            assertThat(order(closed, "climb", "pause", "Authorization", "Bearer " + TOKEN)
                            .statusCode())
                    .isEqualTo(405);
            assertThat(temporary.resolve("climb/control")).doesNotExist();
        }
    }
}
