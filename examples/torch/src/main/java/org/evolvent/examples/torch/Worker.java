package org.evolvent.examples.torch;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves a trainer as a process of its own: version 2 of {@code docs/protocol.md}. A crash of native code then ends one attempt, not the
 * study. What the trainer prints becomes log.
 */
public final class Worker {
    private static final int VERSION = 2;

    /** The file that a checkpoint has besides the trainer's: the steps behind its weights. */
    private static final String STEPS = "steps";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TrainerFactory factory;
    private final PrintStream answers;
    private List<String> fixed = List.of();
    private @Nullable Trainer trainer;
    private Hyperparameters created = Hyperparameters.of(Map.of());
    private long steps;

    Worker(TrainerFactory factory, PrintStream answers) {
        this.factory = factory;
        this.answers = answers;
    }

    /** Answers the requests on standard input until it ends, or asks to stop. */
    public static void serve(TrainerFactory factory) throws Exception {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        new Worker(factory, answers).answer(System.in);
    }

    void answer(InputStream requests) throws Exception {
        BufferedReader reader = new BufferedReader(new InputStreamReader(requests, StandardCharsets.UTF_8));
        String line = reader.readLine();
        while (line != null) {
            JsonNode request = read(line);
            if (request.path("type").asString("").equals("stop")) {
                break;
            }
            answers.println(JSON.writeValueAsString(answerTo(request)));
            line = reader.readLine();
        }
        close();
    }

    /** Returns what was asked; a line that cannot be read becomes a request that nobody knows, and without an id. */
    private static JsonNode read(String line) {
        try {
            JsonNode request = JSON.readTree(line);
            return request.isObject() ? request : JSON.createObjectNode();
        } catch (JacksonException unreadable) {
            return JSON.createObjectNode();
        }
    }

    private ObjectNode answerTo(JsonNode request) {
        String type = request.path("type").asString("");
        ObjectNode answer = JSON.createObjectNode().put("evolvent", type.equals("start") ? 1 : VERSION);
        answer.put("type", "ok").set("id", request.has("id") ? request.get("id") : JSON.nullNode());
        try {
            perform(type, request, answer);
        } catch (Exception e) {
            e.printStackTrace();
            String message = Optional.ofNullable(e.getMessage()).orElse(e.toString());
            answer.put("type", "error").put("message", message);
        }
        return answer;
    }

    private void perform(String type, JsonNode request, ObjectNode answer) throws Exception {
        switch (type) {
            case "start" -> start(request, answer);
            case "create" -> {
                create(request);
                answer.put("step", steps);
            }
            case "restore" -> {
                restore(request);
                answer.put("step", steps);
            }
            case "apply" -> {
                take(request);
                answer.put("step", steps);
            }
            case "train" -> train(request, answer);
            case "evaluate" -> trainer().evaluate().ifPresent(report -> put(report, answer));
            case "save" -> save(Path.of(request.path("directory").asString()));
            default ->
                throw new IllegalArgumentException("The type of a request is '%s', which is unknown".formatted(type));
        }
    }

    private void start(JsonNode request, ObjectNode answer) {
        List<Integer> versions = JSON.convertValue(request.path("versions"), new TypeReference<>() {});
        if (!versions.contains(VERSION)) {
            throw new IllegalArgumentException("The versions are %s but %d must be one".formatted(versions, VERSION));
        }
        fixed = JSON.convertValue(request.path("fixed"), new TypeReference<>() {});
        answer.put("version", VERSION);
    }

    private void create(JsonNode request) throws Exception {
        close();
        created = hyperparameters(request);
        trainer = factory.create(created, request.path("seed").asLong());
        steps = 0;
    }

    private void restore(JsonNode request) throws Exception {
        Hyperparameters wanted = hyperparameters(request);
        if (trainer == null || fixed.stream().anyMatch(name -> !wanted.get(name).equals(created.get(name)))) {
            create(request);
        }
        Path directory = Path.of(request.path("directory").asString());
        trainer().restore(directory);
        steps = Long.parseLong(Files.readString(directory.resolve(STEPS)).strip());
        take(request);
    }

    private void take(JsonNode request) throws Exception {
        trainer().apply(hyperparameters(request));
        if (request.has("reseed")) {
            trainer().reseed(request.path("reseed").asLong());
        }
    }

    private void train(JsonNode request, ObjectNode answer) throws Exception {
        long asked = request.path("steps").asLong();
        Report report = request.has("seconds")
                ? trainer().train(asked, Duration.ofNanos((long)
                        (request.path("seconds").asDouble() * 1e9)))
                : trainer().train(asked);
        steps += report.steps().orElse(asked);
        put(report, answer.put("step", steps));
    }

    private static void put(Report report, ObjectNode answer) {
        ObjectNode metrics = answer.putObject("metrics");
        report.metrics().forEach((name, value) -> {
            if (Double.isFinite(value)) {
                metrics.put(name, value);
            } else {
                metrics.put(name, value.toString()); // "NaN", "Infinity", "-Infinity"
            }
        });
        report.samples().forEach(answer.putArray("samples")::add);
    }

    private void save(Path directory) throws Exception {
        trainer().save(directory);
        Files.writeString(directory.resolve(STEPS), steps + "\n");
    }

    private Trainer trainer() {
        if (trainer == null) {
            throw new IllegalStateException("There is no trainer.\nMaybe 'create' or 'restore' must come first?");
        }
        return trainer;
    }

    private static Hyperparameters hyperparameters(JsonNode request) {
        Map<String, Object> plain = JSON.convertValue(request.path("hyperparameters"), new TypeReference<>() {});
        return Hyperparameters.ofPlain(plain);
    }

    private void close() throws Exception {
        if (trainer != null) {
            trainer.close();
            trainer = null;
        }
    }
}
