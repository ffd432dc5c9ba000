package org.evolvent.study.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.evolvent.study.spec.StudyFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema that serves editors says the same as the parser, and the manual knows every key. */
class StudySchemaTest {
    private static final String MINIMAL = """
            study: s
            trainer: {java: a.B}
            space: {x: {float: [0, 1]}}
            objective: {metric: m, goal: minimize}
            budget: {steps: 10}
            interval: {steps: 1}
            """;

    private static final String SCHEMA = text("/org/evolvent/study/spec/study.schema.json");

    /** Lines that may follow, or replace the line with the same key. */
    static final List<String> GOOD = List.of(
            "study: 2026-x.y",
            "interval: {seconds: 300}",
            "interval: {seconds: 0.5}",
            "trainer: {java: a.B, classpath: [classes, \"lib/*.jar\"], directory: sub}",
            "trainer: {embedded: true}",
            "trainer: {command: [python3, train.py, 5, true]}",
            "trainer: {command: [c], environment: {A_1: x, B: 2}, limits: {}}",
            "trainer: {command: [c], limits: {silence: none}}",
            "trainer: {command: [c], limits: {start_up: 90s, interval: PT1H, silence: 1h30m, log_bytes: 1.0e6}}",
            "space: {x: {float: [1.0e-5, 1e-1], scale: log, fixed: true}}",
            "space: {x: {float: [0.9, 0.9999], scale: discount, init: [0.98, 0.99], size: 0.05}}",
            "space: {x: {float: [0, 1], step: 0.05, normal: [0.5, 0.1], factors: [0.5, 2], change: 0.5, resample: 0}}",
            "space: {x: {int: [0, 100], step: 10, init: [0, 20]}, y: {int: [1, 9], scale: log, normal: [3, 0.5]}}",
            "space: {x: {choice: [a, b], change: 0.1, resample: 1}, y: {choice: [1, 2], ordered: true, size: 0.5}}",
            "space: {x: {choice: [a, b]}, y: {float: [0, 1], when: {x: [a]}}, z: {flag: true, when: {x: [a, b]}}}",
            "space: {x: {int: [1, 8]}, y: {int: [1, 8]}}\nconstraints: [x <= y, 2 * x + y < 20]",
            "constraints: []",
            "space: {x: {choice: [[1, [2]], {a: 1}, null, 2]}, y: {flag: true, when: {x: [[1, [2]], null]}}}",
            "space: {x: {choice: [[1], [2]]}}\ninitial: [{x: [2]}]",
            "space: {x: {int: [1, 4], scale: linear}, y.z-0: {choice: [a, b]}}",
            "space: {x: {choice: [32, 64, 128], ordered: true}, b: {flag: true}, c: {choice: [true, 1, one]}}",
            "population: 2",
            "budget: {steps: 2.0e4, wall_clock: 1h30m, target: 0.5}",
            "budget: {steps: 10, wall_clock: PT90S}",
            "burn_in: {steps: 0}",
            "strategy: {}",
            "strategy: {exploit: none, explore: none, copy: weights}",
            "strategy: {exploit: {truncation: {fraction: 0.5}}, explore: {resample: 1}}",
            "strategy: {exploit: truncation, explore: {perturb: {factors: [0.5, 2]}, resample: 0.1}}",
            "strategy: {explore: {gaussian: {sd: 0.2}}}",
            "strategy: {explore: perturb, copy: nothing}",
            "strategy: {random_search: {}}",
            "strategy: {random_schedules: {}}",
            "strategy: {exploit: tournament, compare: equal_progress}",
            "strategy: {exploit: {truncation: {}, gap: {absolute: 0.1}, backtrack: true}}",
            "strategy: {exploit: {welch: {window: 5, level: 0.1}}}",
            "strategy: {exploit: {non_dominated: {minimize: [size], fraction: 0.2}}}",
            "strategy: {explore: {shift: {levels: 5, most: 2}, resample: 0.1}}",
            "strategy: {explore: {pairwise: {inertia: 0, attraction: 2}}}",
            "strategy: {explore: {pb2: {categories: random, window: 50}}}",
            "strategy: {explore: {pb2: {categories: separate}}}",
            "strategy: {explore: {trust_region: {window: 50}}, exploit: {truncation: {fraction: 0.125}, backtrack: true}}",
            "strategy: {explore: trust_region}",
            "strategy: {asha: {grace: 2, eta: 3}}",
            "strategy: {mo_pbt: {maximize: [speed], minimize: [size], fraction: 0.3}}",
            "strategy: {ipbt: {patience: 3, growth: 4, fraction: 0.3, factors: [0.5, 2]}}",
            "strategy: {ipbt: }",
            "strategy: {fire: {period: 5, fraction: 0.3, level: 0.05, factors: [0.5, 2]}}",
            "strategy: {mf_pbt: {periods: [1, 5]}}",
            "strategy: {exploit: {truncation: {fraction: 0.25, donors: 0.5}, average: 5}}",
            "strategy: {exploit: {tournament: {size: 3}, backtrack: true}}",
            "strategy: {exploit: bands, explore: {mutate: {change: 0.25, amplitude: [1.1, 2]}}}",
            "strategy: {exploit: {bands: {deviations: 0.5, absolute: 0.025}}}",
            "strategy: {explore: {mutate: {amplitude: []}, then: {java: {a.b.Halving: {by: 4}}}}}",
            "strategy: {explore: {gaussian: {}, resample: 0.1, then: {command: [python3, repair.py]}}}",
            "strategy: {explore: {resample: 0.5, then: shift}}",
            "strategy: {explore: {java: a.b.Halving}, classpath: []}",
            "strategy: {explore: {java: {a.b.Halving: {by: 4}}, resample: 0.1}}",
            "strategy: {explore: {command: [python3, explore.py, 5]}}",
            "strategy: {explore: {command: {words: [explore], seconds: 0.5}}}",
            "strategy: {exploit: {java: a.b.Meek, gap: {absolute: 1}}}",
            "strategy: {java: a.b.Idle, classpath: []}",
            "execution: {}",
            "execution: {mode: synchronous, slots: 3, hot: 0}",
            "execution: {disk: 200GB}",
            "execution: {disk: 1.5 TiB}",
            "execution: {disk: 4096}",
            "trainer: {command: [c]}\nexecution: {slurm: {slots: 8, cpus: 2, gpus: 1, memory: 32GB, time: 12h, partition: gpu, options: [--exclusive]}}",
            "trainer: {command: [c]}\nexecution: {slots: 8, cpus: 2, slurm: {}}",
            "trainer: {command: [c]}\nexecution: {launcher: {command: [ssh, '{host}'], hosts: [a, b], shell: true}}",
            "trainer: {command: [c]}\nexecution: {slots: 2, launcher: {command: [env]}}",
            "objective: {metric: m, goal: minimize, absences: 0}",
            "attempts: 1",
            "keep: {ancestors: 2}",
            "initial: []",
            "initial: [{x: 0.5}, {x: 1}]",
            "initial: [{}, {checkpoint: tmp}, {checkpoint: /tmp, x: 1}]",
            "baseline: random",
            "baseline: none",
            "strict: true",
            "seed: -9223372036854775808");

    static final List<String> BAD = List.of(
            "trainer: {embedded: false}",
            "trainer: {embedded: true, command: [c]}",
            "trainer: {embedded: true, limits: {}}",
            "sede: 1",
            "study: a/b",
            "study: [a]",
            "trainer: {}",
            "trainer: {java: a.B, command: [c]}",
            "trainer: {command: [c], classpath: [d]}",
            "trainer: {java: a.B, limits: {}}",
            "trainer: {java: a.B, environment: {}}",
            "trainer: {command: [c], environment: {A-B: x}}",
            "trainer: {command: [c], environment: {A: [x]}}",
            "trainer: {command: [c], limits: {start_up: soon}}",
            "trainer: {command: [c], limits: {interval: 90}}",
            "trainer: {command: [c], limits: {log_bytes: 0}}",
            "trainer: {command: [c], limits: {startup: 90s}}",
            "trainer: {command: []}",
            "trainer: {command: python3}",
            "trainer: {java: 5}",
            "trainer: a.B",
            "space: {}",
            "space: {x: {}}",
            "space: {x: 1}",
            "space: {0x: {flag: true}}",
            "space: {x: {float: [0, 1], int: [0, 1]}}",
            "space: {x: {float: [0]}}",
            "space: {x: {float: [a, b]}}",
            "space: {x: {float: [0, 1], ordered: true}}",
            "space: {x: {float: [0, 1], scale: exp}}",
            "space: {x: {float: [0, 1], fixed: perhaps}}",
            "space: {x: {int: [0.5, 1]}}",
            "space: {x: {int: [0, 4], scale: discount}}",
            "space: {x: {float: [0, 1], step: 0}}",
            "space: {x: {int: [0, 4], step: 0.5}}",
            "space: {x: {float: [0, 1], normal: 0.5}}",
            "space: {x: {float: [0, 1], init: [0.1]}}",
            "space: {x: {float: [0, 1], factors: [1]}}",
            "space: {x: {float: [0, 1], factors: []}}",
            "space: {x: {float: [0, 1], size: 0}}",
            "space: {x: {float: [0, 1], change: 1.5}}",
            "space: {x: {flag: true, resample: -1}}",
            "space: {x: {choice: [a, b], step: 1}}",
            "space: {x: {choice: [a, b]}, y: {float: [0, 1], when: {}}}",
            "space: {x: {choice: [a, b]}, y: {float: [0, 1], when: {x: []}}}",
            "space: {x: {choice: [a, b]}, y: {float: [0, 1], when: {x: a}}}",
            "constraints: x < 1",
            "constraints: [1]",
            "space: {x: {choice: []}}",
            "space: {x: {choice: [1, 1]}}",
            "space: {x: {choice: [1, 2], scale: log}}",
            "space: {x: {flag: false}}",
            "objective: {metric: m}",
            "objective: {metric: m, goal: up}",
            "objective: {metric: 1, goal: maximize}",
            "population: 1",
            "population: 2.5",
            "population: 1000001",
            "budget: {}",
            "budget: {steps: 0}",
            "budget: {steps: 10, wall_clock: soon}",
            "budget: {steps: 10, wall_clock: 90}",
            "budget: {steps: 10, target: high}",
            "interval: {steps: 0}",
            "interval: 5",
            "interval: {}",
            "interval: {seconds: 0}",
            "interval: {seconds: 5m}",
            "interval: {seconds: 5, steps: 5}",
            "burn_in: {steps: -1}",
            "strategy: {exploit: {truncation: {fraction: 0}}}",
            "strategy: {exploit: {truncation: {fraction: 1}}}",
            "strategy: {exploit: {truncation: {fracture: 0.2}}}",
            "strategy: {exploit: {truncation: {donors: 1.5}}}",
            "strategy: {exploit: {truncation: {}, average: 0}}",
            "strategy: {exploit: {average: 3}}",
            "strategy: {exploit: {tournament: {size: 1}}}",
            "strategy: {exploit: {bands: {deviations: -1}}}",
            "strategy: {explore: {mutate: {amplitude: [1.5]}}}",
            "strategy: {explore: {mutate: {amplitude: [0.5, 1.5]}}}",
            "strategy: {explore: {then: shift}}",
            "strategy: {explore: {mutate: {}, then: shfit}}",
            "strategy: {exploit: best}",
            "strategy: {java: {a.B: {}, a.C: {}}}",
            "strategy: {java: 5}",
            "strategy: {explore: {command: []}}",
            "strategy: {explore: {command: {seconds: 5}}}",
            "strategy: {explore: {command: {words: [a], seconds: 0}}}",
            "strategy: {explore: {command: [a], java: b.C}}",
            "strategy: {exploit: {command: [a]}}",
            "strategy: {classpath: a.jar}",
            "strategy: {explore: {perturb: {factors: [1]}}}",
            "strategy: {explore: {perturb: {factors: [-1]}}}",
            "strategy: {explore: {perturb: {}, resample: 1.5}}",
            "strategy: {copy: all}",
            "strategy: {random_search: {}, copy: weights}",
            "strategy: 5",
            "strategy: {compare: best}",
            "strategy: {exploit: {gap: {absolute: 0.1}}}",
            "strategy: {exploit: {truncation: {}, tournament: {}}}",
            "strategy: {exploit: {welch: {window: 1}}}",
            "strategy: {exploit: {non_dominated: {}}}",
            "strategy: {explore: {shift: {levels: 1}}}",
            "strategy: {explore: {pb2: {categories: all}}}",
            "strategy: {explore: {trust_region: {window: 3}}}",
            "strategy: {explore: {trust_region: {}, pb2: {}}}",
            "strategy: {mo_pbt: {}}",
            "strategy: {ipbt: {growth: 1}}",
            "strategy: {ipbt: {patience: 0}}",
            "strategy: {asha: {eta: 1}}",
            "strategy: {fire: {level: 1}}",
            "strategy: {mf_pbt: {periods: [1]}}",
            "strategy: {asha: {}, fire: {}}",
            "execution: {mode: both}",
            "execution: {slots: 0}",
            "execution: {hot: -1}",
            "execution: {threads: 2}",
            "execution: {cpus: 0}",
            "execution: {gpus: 1.5}",
            "execution: {gpus: -1}",
            "execution: {devices: 0}",
            "execution: {disk: much}",
            "execution: {disk: -1}",
            "execution: {disk: 0}",
            "execution: {slots: 2, slurm: 1}",
            "execution: {slots: 2, launcher: {}}",
            "execution: {slots: 2, launcher: {command: []}}",
            "execution: {slots: 2, launcher: {command: [env], shell: 1}}",
            "execution: {slots: 2, slurm: {nodes: 1}}",
            "execution: {slurm: {slots: 0}}",
            "execution: {slurm: {slots: 2, gpus: 0.5}}",
            "execution: {slurm: {slots: 2, memory: much}}",
            "objective: {metric: m, goal: minimize, absences: -1}",
            "objective: {metric: m, goal: minimize, absences: 1000001}",
            "attempts: 0",
            "keep: {}",
            "keep: 1",
            "keep: {ancestors: -1}",
            "keep: {ancestors: 1, children: 1}",
            "initial: {x: 1}",
            "initial: [5]",
            "baseline: grid",
            "strict: 1",
            "seed: 1.5");

    /** What a schema cannot say and the parser refuses all the same. */
    static final List<String> BEYOND_THE_SCHEMA = List.of(
            "space: {x: {float: [1, 0]}}",
            "space: {x: {float: [0, 1], scale: log}}",
            "space: {x: {float: [0, 1], scale: discount}}",
            "space: {x: {float: [0, 1], step: 0.3}}",
            "space: {x: {float: [0, 1], normal: [2, 0.5]}}",
            "space: {x: {float: [0, 1], init: [0.5, 2]}}",
            "space: {x: {float: [0, 1], size: 0.5, factors: [2]}}",
            "space: {x: {choice: [a, b]}, y: {float: [0, 1], when: {x: [c]}}}",
            "space: {x: {choice: [a, b]}, y: {float: [0, 1], when: {z: [a]}}}",
            "constraints: [x <]",
            "constraints: [y < 1]",
            "constraints: [x > 1]",
            "initial: [{x: 1}]\nconstraints: [x < 1]",
            "interval: {steps: 11}",
            "execution: {cpus: 2}",
            "execution: {gpus: 0.5}",
            "execution: {slurm: {slots: 2}}",
            "execution: {slots: 2, launcher: {command: [env]}}",
            "trainer: {command: [c]}\nexecution: {launcher: {command: [env]}}",
            "trainer: {command: [c]}\nexecution: {slots: 2, launcher: {command: [ssh, '{host}']}}",
            "trainer: {command: [c]}\nexecution: {launcher: {command: [env], hosts: [a]}}",
            "trainer: {command: [c]}\nexecution: {slots: 2, gpus: 1, launcher: {command: [env]}}",
            "trainer: {command: [c]}\nexecution: {slots: 2, launcher: {command: [env]}, slurm: {}}",
            "trainer: {command: [c]}\nexecution: {slurm: {cpus: 2}}",
            "trainer: {command: [c]}\nexecution: {gpus: 0.5, slurm: {slots: 2}}",
            "trainer: {command: [c]}\nexecution: {devices: [0], slurm: {slots: 2}}",
            "trainer: {command: [c]}\nexecution: {slurm: {slots: 2, time: 0s}}",
            "trainer: {command: [c], limits: {silence: 0s}}",
            "initial: [{x: 2}]",
            "initial: [{y: 1}]",
            "initial: [{checkpoint: 5}]",
            "strategy: {exploit: {truncation: {fraction: 0.001}}}");

    @Test
    void theMinimalStudyIsGood() {
        assertThat(parses(MINIMAL)).isTrue();
        assertThat(validates(MINIMAL)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("GOOD")
    void bothAccept(String line) {
        assertThat(parses(with(line))).as("parser").isTrue();
        assertThat(validates(with(line))).as("schema").isTrue();
    }

    @ParameterizedTest
    @FieldSource("BAD")
    void bothRefuse(String line) {
        assertThat(parses(with(line))).as("parser").isFalse();
        assertThat(validates(with(line))).as("schema").isFalse();
    }

    @ParameterizedTest
    @FieldSource("BEYOND_THE_SCHEMA")
    void onlyTheParserRefuses(String line) {
        assertThat(parses(with(line))).as("parser").isFalse();
        assertThat(validates(with(line))).as("schema").isTrue();
    }

    @Test
    void everyKeyIsInTheManual() throws IOException {
        String manual = Files.readString(root().resolve("docs/study-file.md"))
                + Files.readString(root().resolve("docs/strategies.md"));
        for (String key : keys(JsonMapper.shared().readTree(SCHEMA))) {
            assertThat(manual).as(key).containsPattern("[`.]" + key + "[`.]");
        }
    }

    static Path root() {
        Path start = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        return Files.isDirectory(start.resolve("docs"))
                ? start
                : start.resolveSibling("").normalize();
    }

    private static Set<String> keys(JsonNode node) {
        Set<String> keys = new TreeSet<>();
        if (node.has("properties") && node.get("properties").isObject()) {
            keys.addAll(node.get("properties").propertyNames());
        }
        node.forEach(child -> keys.addAll(keys(child)));
        return keys;
    }

    static String with(String line) {
        String key = line.substring(0, line.indexOf(':') + 1);
        String rest = MINIMAL.lines().filter(each -> !each.startsWith(key)).reduce("", (a, b) -> a + b + "\n");
        return rest + line + "\n";
    }

    private static boolean parses(String yaml) {
        try {
            StudyFile.look("study.yaml", yaml, Path.of("/"), List.of()).startable();
            return true;
        } catch (StudyFileException e) {
            return false;
        }
    }

    private static boolean validates(String yaml) {
        return validates(SCHEMA, yaml);
    }

    /** Through JSON, as the parser sees the values, since YAML parsers disagree about what is a number. */
    static boolean validates(String against, String yaml) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(against, InputFormat.JSON);
        Tree tree =
                YamlReader.file("study.yaml", yaml, new java.util.ArrayList<>()).orElseThrow();
        String json = JsonMapper.shared().writeValueAsString(tree.plain());
        return schema.validate(json, InputFormat.JSON).isEmpty();
    }

    private static String text(String resource) {
        try (InputStream in = StudySchemaTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
