package org.evolvent.study.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.evolvent.core.space.Constraint;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Budget;
import org.evolvent.study.internal.text.Sizes;
import org.evolvent.trainer.Limits;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes studies as maps, lists, texts, numbers and truth values under the keys of a study file. */
final class SpecWriter {
    private SpecWriter() {}

    static Map<String, Object> plain(StudySpec spec) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("study", spec.name());
        file.put("trainer", trainer(spec.trainer()));
        Map<String, Object> space = new LinkedHashMap<>();
        spec.space().parameters().forEach(parameter -> space.put(parameter.name(), parameter.plain()));
        file.put("space", space);
        if (!spec.space().constraints().isEmpty()) {
            file.put(
                    "constraints",
                    spec.space().constraints().stream()
                            .map(Constraint::toString)
                            .toList());
        }
        Map<String, Object> objective = new LinkedHashMap<>();
        objective.put("metric", spec.objective().metric());
        objective.put("goal", lower(spec.objective().goal()));
        objective.put("absences", spec.absences());
        file.put("objective", objective);
        file.put("population", spec.population());
        file.put("budget", budget(spec.budget()));
        file.put(
                "interval",
                spec.intervalTime().isPresent()
                        ? Map.of("seconds", seconds(spec.intervalTime().get()))
                        : Map.of("steps", spec.intervalSteps()));
        file.put("burn_in", Map.of("steps", spec.burnInSteps()));
        Map<String, Object> strategy = new LinkedHashMap<>(spec.strategy().options());
        spec.strategy().classpath().ifPresent(patterns -> strategy.put("classpath", patterns));
        file.put("strategy", strategy);
        file.put("execution", execution(spec));
        file.put("attempts", spec.attempts());
        file.put("keep", Map.of("ancestors", spec.ancestors()));
        file.put("initial", initial(spec));
        if (spec.baseline()) {
            file.put("baseline", "random");
        }
        if (spec.strict()) {
            file.put("strict", true);
        }
        file.put("rules", spec.rules().number());
        file.put("seed", spec.seed());
        return file;
    }

    private static Number seconds(Duration time) {
        Duration whole = time.truncatedTo(ChronoUnit.SECONDS);
        return whole.equals(time) ? Long.valueOf(whole.toSeconds()) : (Number) (time.toNanos() / 1e9);
    }

    private static Map<String, Object> trainer(TrainerSpec spec) {
        Map<String, Object> trainer = new LinkedHashMap<>();
        if (spec instanceof TrainerSpec.InJvm java) {
            trainer.put("java", java.factory());
            trainer.put("classpath", java.classpath());
        } else if (spec instanceof TrainerSpec.Command command) {
            trainer.put("command", command.words());
            trainer.put("environment", command.environment());
            trainer.put("limits", limits(command.limits()));
        } else {
            trainer.put("embedded", true);
        }
        trainer.put("directory", spec.directory().toString());
        return trainer;
    }

    private static Map<String, Object> limits(Limits limits) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("start_up", limits.startUp().toString());
        limits.interval().map(Duration::toString).ifPresent(limit -> plain.put("interval", limit));
        limits.silence()
                .map(limit -> limit.equals(Limits.FOREVER) ? "none" : limit.toString())
                .ifPresent(limit -> plain.put("silence", limit));
        plain.put("log_bytes", limits.logBytes());
        return plain;
    }

    private static Map<String, Object> budget(Budget budget) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("steps", budget.steps());
        budget.wallClock().map(Duration::toString).ifPresent(limit -> plain.put("wall_clock", limit));
        budget.target().ifPresent(target -> plain.put("target", target));
        return plain;
    }

    private static Map<String, Object> execution(StudySpec spec) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("mode", lower(spec.mode()));
        Resources resources = spec.resources();
        resources.slots().ifPresent(slots -> plain.put("slots", slots));
        resources.hot().ifPresent(hot -> plain.put("hot", hot));
        resources.cpus().ifPresent(cpus -> plain.put("cpus", cpus));
        resources.gpus().ifPresent(gpus -> plain.put("gpus", gpus));
        resources.disk().ifPresent(bytes -> plain.put("disk", Sizes.exactly(bytes)));
        resources.devices().ifPresent(devices -> plain.put("devices", devices));
        resources.slurm().ifPresent(slurm -> plain.put("slurm", slurm(slurm)));
        resources.launcher().ifPresent(launcher -> plain.put("launcher", launcher(launcher)));
        return plain;
    }

    private static Map<String, Object> launcher(Resources.Launcher launcher) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("command", launcher.command());
        plain.put("hosts", launcher.hosts());
        plain.put("shell", launcher.shell());
        return plain;
    }

    private static Map<String, Object> slurm(Resources.Slurm slurm) {
        Map<String, Object> plain = new LinkedHashMap<>();
        slurm.memory().ifPresent(bytes -> plain.put("memory", Sizes.exactly(bytes)));
        slurm.time().map(Duration::toString).ifPresent(time -> plain.put("time", time));
        slurm.partition().ifPresent(partition -> plain.put("partition", partition));
        plain.put("options", slurm.options());
        return plain;
    }

    private static List<Map<String, Object>> initial(StudySpec spec) {
        List<Map<String, Object>> initial = new ArrayList<>();
        for (Hyperparameters point : spec.initial()) {
            Map<String, Object> plain = new LinkedHashMap<>();
            Path checkpoint = spec.checkpoints().get(initial.size());
            if (checkpoint != null) {
                plain.put("checkpoint", checkpoint.toString());
            }
            plain.putAll(point.plain());
            initial.add(plain);
        }
        return initial;
    }

    static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /** Returns YAML that the reader of study files reads as the same. */
    static String yaml(Map<String, Object> plain) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.AUTO)
                .setWidth(120)
                // The one that reads: what means a number there is quoted when it is a text.
                .setSchema(new CoreSchema())
                .build();
        return new Dump(settings).dumpToString(plain);
    }
}
