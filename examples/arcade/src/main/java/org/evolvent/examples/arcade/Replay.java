package org.evolvent.examples.arcade;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.evolvent.examples.arcade.game.Action;
import org.evolvent.examples.arcade.game.Game;
import org.evolvent.examples.arcade.game.Title;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays recorded episodes again, with their actions and random draws, and compares all that is seen. Which game a recording is of follows
 * from what is seen at the start. Exit code 0: all identical; 1: a difference, which is told; 2: a file is missing or is no recording.
 */
final class Replay {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RecordedDraws draws = new RecordedDraws();
    private @Nullable Game game;
    private int steps;
    private int episode;
    private int stepOfEpisode;

    private Replay() {}

    /** The number of steps that were identical, and what differed then, if anything did. */
    record Result(int steps, Optional<String> difference) {}

    /** Arguments: files of recorded episodes, JSON lines with gzip. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> files, PrintStream out, PrintStream err) {
        List<String> missing =
                files.stream().filter(file -> !Files.isReadable(Path.of(file))).toList();
        if (files.isEmpty() || !missing.isEmpty()) {
            err.println(
                    files.isEmpty()
                            ? "usage: examples/arcade/replay FILE.jsonl.gz..."
                            : "There is no %s.\nMaybe the recordings lie elsewhere? The games need no data, only this command does."
                                    .formatted(String.join(", no ", missing)));
            return 2;
        }
        for (String file : files) {
            try {
                Result result = replay(Path.of(file));
                out.println("%s: %d steps identical".formatted(file, result.steps));
                if (result.difference.isPresent()) {
                    out.println("%s: %s".formatted(file, result.difference.get()));
                    return 1;
                }
            } catch (IOException | JacksonException | IllegalArgumentException e) {
                err.println("%s is no recording: %s".formatted(file, e.getMessage()));
                return 2;
            }
        }
        return 0;
    }

    /** Replays one file, to its end or the first difference. */
    static Result replay(Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            Replay replay = new Replay();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Optional<String> difference = replay.play(JSON.readTree(line));
                if (difference.isPresent()) {
                    String place = "episode %d, step %d: ".formatted(replay.episode, replay.stepOfEpisode);
                    return new Result(replay.steps, Optional.of(place + difference.get()));
                }
            }
            if (replay.game == null) {
                throw new IllegalArgumentException("it is empty");
            }
            return new Result(replay.steps, Optional.empty());
        }
    }

    private Optional<String> play(JsonNode line) {
        try {
            return line.has("ep") ? begin(line) : step(line);
        } catch (RecordedDraws.Mismatch e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    private Optional<String> begin(JsonNode line) {
        episode = line.path("ep").asInt();
        stepOfEpisode = 0;
        game = title(line).game();
        draws.put(line.path("reset_rng"));
        game.reset(draws);
        return seen(game, line);
    }

    /** Breakout and Asterix have as many channels, but only the first draws something in a reset. */
    private static Title title(JsonNode line) {
        int channels = line.path("shape").path(2).asInt();
        boolean draws = !line.path("reset_rng").isEmpty();
        return switch (channels) {
            case 4 -> draws ? Title.BREAKOUT : Title.ASTERIX;
            case 6 -> Title.SPACE_INVADERS;
            case 7 -> Title.FREEWAY;
            case 10 -> Title.SEAQUEST;
            default -> throw new IllegalArgumentException("no game has %d channels".formatted(channels));
        };
    }

    private Optional<String> step(JsonNode line) {
        if (game == null) {
            throw new IllegalArgumentException("it does not begin with an episode's start");
        }
        stepOfEpisode++;
        draws.put(line.path("rng"));
        int reward = game.step(Action.ALL.get(line.path("a").asInt()), draws);
        if (reward != line.path("r").asInt()) {
            return Optional.of("the reward is %d, but %d recorded"
                    .formatted(reward, line.path("r").asInt()));
        }
        if (game.isOver() != line.path("done").asBoolean()) {
            return Optional.of(
                    game.isOver()
                            ? "the episode is over, but goes on recorded"
                            : "the episode is not over, but was recorded as over");
        }
        Optional<String> difference = seen(game, line);
        if (difference.isEmpty()) {
            steps++;
        }
        return difference;
    }

    private Optional<String> seen(Game played, JsonNode line) {
        if (draws.left() > 0) {
            return Optional.of("%d recorded draws were not asked for".formatted(draws.left()));
        }
        float[] view = new float[Game.SIZE * Game.SIZE * played.channels()];
        played.observe(view, 0);
        List<Integer> on = new ArrayList<>();
        for (int i = 0; i < view.length; i++) {
            if (view[i] != 0) {
                on.add(i);
            }
        }
        int[] recorded = new int[line.path("on").size()];
        Arrays.setAll(recorded, i -> line.path("on").path(i).asInt());
        return Arrays.equals(recorded, on.stream().mapToInt(Integer::intValue).toArray())
                ? Optional.empty()
                : Optional.of("seen is %s, but %s recorded".formatted(on, Arrays.toString(recorded)));
    }
}
