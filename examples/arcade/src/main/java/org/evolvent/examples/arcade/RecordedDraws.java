package org.evolvent.examples.arcade;

import java.util.ArrayDeque;
import java.util.Deque;
import org.evolvent.examples.arcade.game.Draws;
import tools.jackson.databind.JsonNode;

/** Draws from a recording, which have to be asked for in its order. */
final class RecordedDraws implements Draws {
    private record Draw(String kind, double value) {}

    private final Deque<Draw> rest = new ArrayDeque<>();

    /** A draw was asked for that is not the recording's next one. */
    static final class Mismatch extends RuntimeException {
        Mismatch(String message) {
            super(message);
        }
    }

    /** Puts draws in: a list of pairs of a kind and of values. */
    void put(JsonNode pairs) {
        for (JsonNode pair : pairs) {
            for (JsonNode value : pair.path(1)) {
                rest.add(new Draw(pair.path(0).asString(), value.asDouble()));
            }
        }
    }

    /** Returns how many draws have not been asked for. */
    int left() {
        return rest.size();
    }

    @Override
    public double real() {
        return next("rand");
    }

    @Override
    public int integer(int low, int high) {
        double value = next("randint");
        if (value < low || value > high) {
            throw new Mismatch("an integer from %d to %d was drawn, but %s recorded".formatted(low, high, value));
        }
        return (int) value;
    }

    private double next(String kind) {
        Draw draw = rest.poll();
        if (draw == null || !draw.kind.equals(kind)) {
            throw new Mismatch("a %s was drawn, but %s recorded".formatted(kind, draw == null ? "nothing" : draw.kind));
        }
        return draw.value;
    }
}
