package org.evolvent.trainer.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.Manifest;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.trainer.internal.Evaluations;
import org.evolvent.trainer.testing.Attempts;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainers tell what they have saved where a store wants to know. */
class ToldTest {
    @TempDir
    Path directory;

    @NeedsProgram("python3")
    @ParameterizedTest
    @ValueSource(strings = {"loop", "class"})
    void theSdkTellsWhatItHasSaved(String style) {
        List<Manifest> told = new ArrayList<>();
        String script = Python.root().resolve("python/tests/steady.py").toString();
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
                ProcessExecutor executor = new ProcessExecutor(
                        Python.launch(script, directory, 1, style),
                        List.of(),
                        Evaluations::none,
                        curious(checkpoints, told),
                        InstantSource.system())) {
            ExecutorEvent.Done done = (ExecutorEvent.Done) Attempts.run(executor, Attempts.first(0, 0));
            try (CheckpointStore.Opened opened =
                    checkpoints.open(done.checkpoint().id())) {
                assertThat(told).containsExactly(Manifest.of(opened.directory()));
            }
        }
    }

    /** Returns a store that wants to be told, and notes what it is. */
    private static CheckpointStore curious(CheckpointStore inner, List<Manifest> told) {
        return (CheckpointStore) Proxy.newProxyInstance(
                CheckpointStore.class.getClassLoader(),
                new Class<?>[] {CheckpointStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("wantsManifests")) {
                        return true;
                    }
                    if (method.getName().equals("commit")) {
                        told.add((Manifest) arguments[1]);
                        return inner.commit((Path) arguments[0]);
                    }
                    return method.invoke(inner, arguments);
                });
    }

    @Test
    void whatLeadsOutOfACheckpointIsRefused() {
        String sha = "0".repeat(64);
        for (String file : List.of(
                "{\"path\":\"../x\",\"bytes\":1,\"sha256\":\"%s\"}".formatted(sha),
                "{\"path\":\"x\",\"bytes\":-1,\"sha256\":\"%s\"}".formatted(sha),
                "{\"path\":\"x\",\"bytes\":1,\"sha256\":\"0\"}",
                "{\"path\":\"x\\ny\",\"bytes\":1,\"sha256\":\"%s\"}".formatted(sha),
                "7")) {
            byte[] line = "{\"evolvent\":2,\"type\":\"ok\",\"id\":3,\"files\":[%s]}"
                    .formatted(file)
                    .getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Wire.decode(line, 0))
                    .as(file)
                    .isInstanceOf(MalformedMessage.class)
                    .hasMessageContaining("'files' is no list of path, bytes and sha256");
        }
    }
}
