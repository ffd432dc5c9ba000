package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What other tools get is what {@code show} says; {@code python/tests/test_export.py} opens it in the tools themselves. */
class ExportTest {
    @TempDir
    Path temporary;

    private Shell shell;

    @BeforeEach
    void run() throws Exception {
        shell = new Shell(temporary);
        Archive.unzip(
                Path.of(ExportTest.class.getResource("/golden/v2/failures.zip").toURI()), temporary);
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    @Test
    void tablesSayWhatShowSays() throws Exception {
        assertThat(shell.call("export", "run", "--to", "csv").out())
                .isEqualTo("Exported to %s%n".formatted(temporary.resolve("run/exports/csv")));
        List<String> members = Files.readAllLines(temporary.resolve("run/exports/csv/members.csv"));
        List<String> shown =
                shell.call("show", "run", "--members").out().lines().toList();
        assertThat(members).hasSameSizeAs(shown);
        for (int i = 1; i < shown.size(); i++) {
            List<String> cells = List.of(members.get(i).split(",", -1)).subList(0, 5);
            List<String> told = List.of(shown.get(i).strip().split("\\s+"));
            List<String> known = cells.stream().filter(cell -> !cell.isEmpty()).toList();
            for (int k = 0; k < known.size(); k++) {
                double exact = Double.parseDouble(known.get(k));
                assertThat(Double.parseDouble(told.get(k))).isCloseTo(exact, offset(1e-3 * Math.abs(exact)));
            }
        }
        assertThat(members.get(0)).isEqualTo("member,rank,interval,step,score,status,mood,ballast,rate,checkpoint");
        assertThat(temporary.resolve("run/exports/csv/decisions.csv"))
                .content()
                .contains("\"{\"\"rank\"\":2,", "before.rate", "\r\n");
        assertThat(temporary.resolve("run/exports/csv/intervals.csv"))
                .content()
                .startsWith("member,interval,attempt,step_from,step_to,score,metrics.score,position,mood,");
    }

    @Test
    void linesOfJsonHoldTheLogsOwnNumbers() throws Exception {
        assertThat(shell.call("export", "run", "--to", "jsonl", "--out", "there")
                        .code())
                .isZero();
        List<JsonNode> intervals = lines(temporary.resolve("there/intervals.jsonl"));
        JsonNode status = shell.call("status", "run", "--json").json();
        assertThat(intervals.stream()
                        .filter(each -> each.get("status").asString().equals("finished")))
                .hasSize(status.get("intervals").asInt());
        assertThat(intervals)
                .anySatisfy(each -> assertThat(each.get("score"))
                        .isEqualTo(status.get("best").get("score")));
        assertThat(lines(temporary.resolve("there/decisions.jsonl")).get(2).get("donor"))
                .isEqualTo(JsonMapper.shared().readTree("1"));
    }

    @Test
    void decisionsHaveTheTimesThatTheSqlViewHas() throws Exception {
        Path study = shell.write("study.yaml", Shell.STUDY);
        assertThat(shell.call("run", study.toString(), "--dir", "hill").code()).isZero();
        assertThat(shell.call("export", "hill", "--to", "jsonl", "--out", "there")
                        .code())
                .isZero();
        List<String> times = new ArrayList<>();
        try (Connection log = DriverManager.getConnection("jdbc:sqlite:" + temporary.resolve("hill/events.db"));
                ResultSet rows = log.createStatement().executeQuery("SELECT at FROM decisions ORDER BY seq")) {
            while (rows.next()) {
                times.add(rows.getString(1));
            }
        }
        assertThat(lines(temporary.resolve("there/decisions.jsonl")))
                .extracting(each -> each.get("at").asString())
                .isEqualTo(times)
                .hasSizeGreaterThan(10);
    }

    @Test
    void aStudyIsExportedWhileItRuns() {
        Path study = shell.write("study.yaml", Shell.STUDY);
        Answer ran = shell.call("run", study.toString(), "--dir", "hill", "--export", "tensorboard");
        assertThat(ran.code()).as(ran.err()).isZero();
        Path exported = temporary.resolve("hill/exports/tensorboard");
        assertThat(ran.err()).contains("Exported to " + exported);
        Path best = exported.resolve("best/events.out.tfevents.evolvent");
        assertThat(best).isNotEmptyFile();
        assertThat(exported.resolve("member-05")).isDirectory();
        assertThat(shell.call("export", "hill", "--to", "tensorboard", "--out", "again")
                        .code())
                .isZero();
        assertThat(temporary.resolve("again/best/events.out.tfevents.evolvent")).hasSameBinaryContentAs(best);
    }

    @Test
    void anExportThatFailsHarmsNoStudy() {
        Path study = shell.write("study.yaml", Shell.STUDY);
        // Nobody listens there, as a rule: and if MLflow does, it takes the study.
        Answer ran = shell.call("run", study.toString(), "--dir", "hill", "--export", "mlflow");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).containsAnyOf("To try again: evolvent export", "Exported to");
    }

    @Test
    void whatIsNoFormatIsRefusedBeforeAnythingStarts() {
        Path study = shell.write("study.yaml", Shell.STUDY);
        Answer refused = shell.call("run", study.toString(), "--dir", "other", "--export", "excel");
        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("--export is excel but must be one of csv, jsonl, parquet");
        assertThat(temporary.resolve("other")).doesNotExist();
    }

    /** A stand-in for MLflow's server, which answers and remembers. */
    @Test
    void mlflowIsToldByItsRestApi() throws Exception {
        List<JsonNode> batches = Collections.synchronizedList(new ArrayList<>());
        List<JsonNode> runs = Collections.synchronizedList(new ArrayList<>());
        Set<String> ended = Collections.synchronizedSet(new HashSet<>());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/2.0/mlflow/", exchange -> {
            String call = exchange.getRequestURI().getPath().substring("/api/2.0/mlflow/".length());
            byte[] sent = exchange.getRequestBody().readAllBytes();
            JsonNode body = sent.length == 0
                    ? JsonMapper.shared().createObjectNode()
                    : JsonMapper.shared().readTree(sent);
            int code = 200;
            String answer = "{}";
            switch (call) {
                case "experiments/get-by-name" -> code = 404;
                case "experiments/create" -> answer = "{\"experiment_id\": \"7\"}";
                case "runs/create" -> {
                    runs.add(body);
                    answer = "{\"run\": {\"info\": {\"run_id\": \"id-%s\"}}}".formatted(runs.size());
                }
                case "runs/log-batch" -> batches.add(body);
                case "runs/update" -> ended.add(body.get("run_id").asString());
                default -> code = 400;
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            Answer answer = shell.call("export", "run", "--to", "mlflow", "--out", address);
            assertThat(answer.code()).as(answer.err()).isZero();
        } finally {
            server.stop(0);
        }
        assertThat(runs.stream().map(run -> run.get("run_name").asString()))
                .containsExactly("run", "member-00", "member-01", "member-02", "member-03", "best");
        assertThat(runs.get(1).get("experiment_id").asString()).isEqualTo("7");
        assertThat(runs.get(1).at("/tags/0/value").asString()).isEqualTo("id-1");
        assertThat(ended).hasSize(6);
        List<Double> scores = new ArrayList<>();
        for (JsonNode batch : batches) {
            for (JsonNode metric : batch.get("metrics")) {
                if (metric.get("key").asString().equals("metrics/score")) {
                    scores.add(metric.get("value").asDouble());
                }
            }
        }
        double best =
                shell.call("status", "run", "--json").json().at("/best/score").asDouble();
        assertThat(Collections.max(scores)).isEqualTo(best);
        assertThat(shell.call("export", "run", "--to", "mlflow", "--out", "nowhere")
                        .err())
                .contains("--out is nowhere but must be the address");
    }
}
