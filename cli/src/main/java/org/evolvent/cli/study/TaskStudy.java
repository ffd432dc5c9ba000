package org.evolvent.cli.study;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.study.Study;
import org.evolvent.tasks.SyntheticTask;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** Studies of synthetic tasks. */
public final class TaskStudy {
    private TaskStudy() {}

    /**
     * Returns a task's own protocol as a study file.
     *
     * @param settings replace its values, as they would those of a file
     * @throws StudyFileException when anything is wrong with the settings
     */
    public static StudyFile of(SyntheticTask task, List<Setting> settings) {
        Map<String, Object> space = new LinkedHashMap<>();
        for (Parameter parameter : task.space().parameters()) {
            space.put(parameter.name(), Definition.domain(parameter.domain()));
        }
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("study", task.name());
        file.put("trainer", Map.of("command", List.of("simulated")));
        file.put("space", space);
        file.put(
                "objective",
                Map.of(
                        "metric",
                        task.objective().metric(),
                        "goal",
                        Definition.lower(task.objective().goal())));
        file.put("population", task.population());
        file.put("budget", Map.of("steps", task.steps()));
        file.put("interval", Map.of("steps", task.intervalSteps()));
        String yaml = new Dump(DumpSettings.builder().build()).dumpToString(file);
        return StudyFile.parse("--task " + task.name(), yaml, Path.of("/"), settings)
                .startable();
    }

    /** Returns a study with a task's space, objective and first hyperparameters instead of its own. */
    public static Study onTask(Study study, SyntheticTask task) {
        var first = task.initial().apply(study.seed());
        return new Study(
                study.name(),
                task.space(),
                task.objective(),
                study.population(),
                study.budget(),
                study.intervalSteps(),
                study.burnInSteps(),
                study.strategy(),
                study.mode(),
                study.attempts(),
                study.ancestors(),
                first.subList(0, Math.min(first.size(), study.population())),
                study.seed());
    }
}
