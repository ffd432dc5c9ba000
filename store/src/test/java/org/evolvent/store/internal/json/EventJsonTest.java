package org.evolvent.store.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StateDigest;
import org.evolvent.runtime.EvolventException;
import org.evolvent.testkit.internal.contract.SampleEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
    @Test
    void writesVersion2AsItAlwaysDid() throws IOException {
        List<String> written = SampleEvents.all().stream().map(EventJson::write).toList();
        assertThat(written).isEqualTo(golden(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void readsEachVersionForEver(int version) throws IOException {
        List<Event> read = new ArrayList<>();
        for (String line : golden(version)) {
            read.add(EventJson.read(read.size() + 1, line));
        }
        List<Event> expected = new ArrayList<>(SampleEvents.all());
        if (version == 1) {
            expected.removeIf(event -> event instanceof Event.CheckpointsLost);
        }
        assertThat(read).isEqualTo(expected);
        assertThat(StateDigest.of(read)).isEqualTo(StateDigest.of(SampleEvents.all()));
    }

    @Test
    void writesAndReadsAmendmentsAsItAlwaysDid() {
        String line =
                "{\"v\":2,\"type\":\"study_amended\",\"changes\":[{\"key\":\"budget.steps\",\"from\":\"1000\",\"to\":\"2000\"},{\"key\":\"budget.target\",\"to\":\"0.99\"}],"
                        + "\"definition\":\"study: sample\\nseed: 17\\nsteps: 2000\\n\","
                        + "\"changed\":[{\"member\":1,\"hyperparameters\":{\"learning_rate\":0.002,\"momentum\":0.30000000000000004,\"batch_size\":64,\"optimizer\":\"sgd\",\"augment\":false}}],"
                        + "\"joined\":[{\"member\":3,\"hyperparameters\":{\"learning_rate\":0.1,\"momentum\":1.0,\"batch_size\":32,\"optimizer\":\"adam\",\"augment\":true},\"weights\":{\"member\":0,\"interval\":0,\"step\":500,\"checkpoint\":\"%s\"}},"
                                .formatted(SampleEvents.copied().digest())
                        + "{\"member\":4,\"hyperparameters\":{\"learning_rate\":0.002,\"momentum\":0.30000000000000004,\"batch_size\":64,\"optimizer\":\"sgd\",\"augment\":false}}],"
                        + "\"left\":[2],\"at\":\"2026-01-02T03:05:25Z\"}";
        assertThat(EventJson.write(SampleEvents.amendment())).isEqualTo(line);
        assertThat(EventJson.read(1, line)).isEqualTo(SampleEvents.amendment());
    }

    @Test
    void writesAndReadsPartsOfIntervalsAsItAlwaysDid() {
        Event.IntervalFinished whole = SampleEvents.all().stream()
                .filter(Event.IntervalFinished.class::isInstance)
                .map(Event.IntervalFinished.class::cast)
                .findFirst()
                .orElseThrow();
        Event part = new Event.IntervalSuspended(
                whole.attempt().having(7),
                Map.of("loss", Double.NaN),
                List.of(0.5),
                SampleEvents.copied(),
                100,
                whole.execution());
        String line = EventJson.write(whole)
                .replace("interval_finished", "interval_suspended")
                .replace("\"steps\":500", "\"steps\":7")
                .replace(
                        "\"score\":0.9,\"metrics\":{\"accuracy\":0.9},\"samples\":[]",
                        "\"metrics\":{\"loss\":\"NaN\"},\"samples\":[0.5]");
        assertThat(EventJson.write(part)).isEqualTo(line);
        assertThat(EventJson.read(1, line)).isEqualTo(part);
    }

    @Test
    void writesAndReadsPlacesAsItAlwaysDid() {
        Event.IntervalFinished here =
                (Event.IntervalFinished) SampleEvents.all().get(2);
        Event.IntervalFinished there = SampleEvents.in("node n1, job step 17.0", here);
        String line = EventJson.write(here).replace("}}", ",\"place\":\"node n1, job step 17.0\"}}");
        assertThat(EventJson.write(there)).isEqualTo(line).contains("node n1");
        assertThat(EventJson.read(1, line)).isEqualTo(there).isNotEqualTo(here);
        assertThat(StateDigest.of(List.of(there))).isEqualTo(StateDigest.of(List.of(here)));
    }

    @Test
    void writesAndReadsWhatMembersBeginWithAsItAlwaysDid() {
        String line =
                "{\"v\":2,\"type\":\"population_created\",\"hyperparameters\":[{\"rate\":0.5}],\"founders\":[{\"member\":0,"
                        + "\"checkpoint\":\"%s\",\"step\":4000,\"metrics\":{\"accuracy\":0.25,\"loss\":\"Infinity\"},"
                                .formatted(SampleEvents.copied().digest())
                        + "\"samples\":[0.25],\"origin\":\"study 'old', member 7\"}]}";
        Event created = new Event.PopulationCreated(
                List.of(Hyperparameters.ofPlain(Map.of("rate", 0.5))),
                List.of(new Event.Founder(
                        new MemberId(0),
                        SampleEvents.copied(),
                        4000,
                        new TreeMap<>(Map.of("accuracy", 0.25, "loss", Double.POSITIVE_INFINITY)),
                        List.of(0.25),
                        "study 'old', member 7")));
        assertThat(EventJson.write(created)).isEqualTo(line);
        assertThat(EventJson.read(1, line)).isEqualTo(created);
    }

    /** What later versions have added to it. */
    @Test
    void keepsWhatWasAddedSince() {
        Event.IntervalFinished scored = SampleEvents.all().stream()
                .filter(Event.IntervalFinished.class::isInstance)
                .map(Event.IntervalFinished.class::cast)
                .findFirst()
                .orElseThrow();
        for (Event event : List.of(
                new Event.IntervalFinished(
                        scored.attempt(),
                        new Score.Absent("no metric 'accuracy'"),
                        Map.of("loss", 0.25),
                        List.of(),
                        scored.checkpoint(),
                        100,
                        scored.execution()),
                new Event.IntervalFinished(
                        timedCopy(scored.attempt()),
                        scored.score(),
                        scored.metrics(),
                        scored.samples(),
                        scored.checkpoint(),
                        100,
                        scored.execution()),
                new Event.AttemptFailed(
                        scored.attempt(), Event.Fault.TRAINER_AGAIN, "no such layer", scored.execution()),
                new Event.StudyEnded(Event.End.FAILURE, Instant.EPOCH))) {
            assertThat(EventJson.read(1, EventJson.write(event))).isEqualTo(event);
        }
    }

    private static Attempt timedCopy(Attempt attempt) {
        return new Attempt(
                attempt.member(),
                attempt.interval(),
                attempt.number(),
                attempt.stepFrom(),
                attempt.steps(),
                attempt.hyperparameters(),
                attempt.parent(),
                attempt.seed(),
                Optional.of(Integer.MAX_VALUE),
                Optional.of(Duration.ofNanos(1_500_000_001)));
    }

    @Test
    void keepsTheBitsOfEveryDouble() {
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < 20_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                Event event = new Event.Decided(
                        new MemberId(0), i, new Decision.Continue("why", Evidence.NONE.with("fact", number)));
                Event.Decided read = (Event.Decided) EventJson.read(1, EventJson.write(event));
                assertThat(Double.doubleToRawLongBits(
                                (Double) read.decision().evidence().facts().get("fact")))
                        .as("%s", number)
                        .isEqualTo(Double.doubleToRawLongBits(number));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"v\":3,\"type\":\"study_resumed\"}|version 3",
                "{\"v\":1,\"type\":\"study_paused\"}|'study_paused'",
                "{\"v\":1,\"type\":\"study_resumed\"}|'at'",
                "{\"type\":\"study_resumed\"}|'v'",
                "{\"v\":1,\"type\":\"study_resumed\",\"at\":\"yesterday\"}|yesterday",
                "{\"v\":1,\"type\":\"study_ended\",\"reason\":\"boredom\",\"at\":\"2026-01-01T00:00:00Z\"}|boredom",
                "{\"v\":1,\"type\":\"population_created\",\"hyperparameters\":[7]}|It is 7 but must be an object",
                "{\"v\":1,\"type\":\"stu|It is",
                "[]|It is",
                "~~|It is",
            })
    void refusesWhatItDoesNotKnow(String text, String complaint) {
        assertThatThrownBy(() -> EventJson.read(42, text))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining("Event 42 of the log")
                .hasMessageContaining(complaint);
    }

    private static List<String> golden(int version) throws IOException {
        try (InputStream in = EventJsonTest.class.getResourceAsStream("/golden/events-v%s.jsonl".formatted(version))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
