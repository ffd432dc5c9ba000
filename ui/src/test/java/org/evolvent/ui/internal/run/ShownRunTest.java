package org.evolvent.ui.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.runtime.EvolventException;
import org.evolvent.ui.internal.server.Studies;
import org.evolvent.views.internal.history.Reading;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is told of a run whose log has been read in part. */
class ShownRunTest {
    private static final List<String> VIEWS =
            List.of("overview", "schedules", "decisions", "population", "slots", "tree", "map", "ancestors");

    @TempDir
    private static Path temporary;

    private static Path climb;

    @BeforeAll
    static void run() throws InterruptedException {
        climb = temporary.resolve("climb");
        Studies.run(climb, 6);
    }

    private static ShownRun open(Path directory, long slice) {
        return new ShownRun("climb", "climb", directory, slice);
    }

    private static String view(ShownRun run, String name) {
        return new String(Views.json(run, name, new Query(Map.of())).orElseThrow(), StandardCharsets.UTF_8);
    }

    private static JsonNode overview(ShownRun run) {
        return JsonMapper.shared().readTree(view(run, "overview"));
    }

    @Test
    void whatHasBeenReadIsShownUntilAllIs() {
        try (ShownRun run = open(climb, 20);
                ShownRun whole = open(climb, Long.MAX_VALUE)) {
            JsonNode first = overview(run);
            assertThat(first.get("revision").asInt()).isEqualTo(20);
            assertThat(first.at("/status/state").asString()).isEqualTo("reading");
            assertThat(first.get("concerns")).isEmpty();
            assertThat(first.get("outlook").asString()).contains("when its whole log has been read");
            assertThat(view(run, "population")).doesNotContain("interrupted");
            assertThat(run.measures()).isEmpty();
            int before = 0;
            for (Pulse pulse = run.follow(); pulse.read() < 100; pulse = run.follow()) {
                assertThat(pulse.read()).isGreaterThanOrEqualTo(before);
                before = pulse.read();
            }
            assertThat(before).isPositive();
            assertThat(overview(run).at("/status/state").asString()).isEqualTo("done");
            assertThat(VIEWS).allSatisfy(name -> assertThat(view(run, name)).isEqualTo(view(whole, name)));
            assertThat(run.measures()).isEqualTo(whole.measures()).isPresent();
        }
    }

    /** Computing takes longer than reading: pages look again after a while, and when all has been read. */
    @Test
    void pagesAreToldOfARevisionThatIsWorthALook() {
        try (ShownRun run = open(climb, 1)) {
            for (int i = 0; i < 20; i++) {
                var unused = run.follow();
            }
            long told = run.answer("slow", shown -> {
                        try {
                            Thread.sleep(3000);
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                        return Optional.of(new byte[0]);
                    })
                    .map(unused -> run.follow().revision())
                    .orElseThrow();
            Pulse pulse = run.follow();
            assertThat(pulse.revision()).isEqualTo(told);
            while (pulse.read() < 100) {
                assertThat(pulse.revision()).isEqualTo(told);
                pulse = run.follow();
            }
            assertThat(pulse.revision())
                    .isEqualTo(overview(run).get("revision").asLong())
                    .isGreaterThan(told);
        }
    }

    @Test
    void whatCameBeforeTheDamageIsShown() throws Exception {
        Path damaged = Files.createDirectory(temporary.resolve("damaged"));
        for (String file : List.of("study.yaml", "events.db")) {
            Files.copy(climb.resolve(file), damaged.resolve(file));
        }
        try (Connection log = DriverManager.getConnection("jdbc:sqlite:" + damaged.resolve("events.db"))) {
            log.createStatement().executeUpdate("UPDATE events SET body = replace(body, 'h', 'H') WHERE seq = 31");
        }
        try (ShownRun run = open(damaged, Long.MAX_VALUE)) {
            Pulse pulse = run.follow();
            assertThat(pulse.failure()).contains("Its first 30 events can be trusted");
            assertThat(pulse.read()).isBetween(1, 99);
            assertThat(pulse.revision()).isEqualTo(30);
            assertThat(overview(run).get("revision").asInt()).isEqualTo(30);
            assertThatThrownBy(() -> run.readWhole(Reading.SILENT))
                    .isInstanceOf(EvolventException.class)
                    .hasMessageContaining("Its first 30 events can be trusted");
        }
    }
}
