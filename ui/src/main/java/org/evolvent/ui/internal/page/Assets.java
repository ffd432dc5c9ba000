package org.evolvent.ui.internal.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The files of the page, by their names. What is not listed here cannot be asked for. */
public final class Assets {
    /** The libraries, in the order in which a page loads them: each after those that it needs. */
    public static final List<String> LIBRARIES = List.of(
            "d3-array",
            "d3-color",
            "d3-dispatch",
            "d3-ease",
            "d3-format",
            "d3-path",
            "d3-selection",
            "d3-time",
            "d3-timer",
            "d3-interpolate",
            "d3-time-format",
            "d3-scale",
            "d3-shape",
            "d3-drag",
            "d3-transition",
            "d3-zoom",
            "uPlot");

    /** The modules of the page, each after those that it imports. */
    public static final List<String> MODULES = List.of(
            "dom",
            "format",
            "theme",
            "svg",
            "api",
            "parts",
            "chart",
            "steps",
            "scores",
            "overview",
            "ancestors",
            "schedules",
            "decisions",
            "population",
            "member",
            "slots",
            "tree-draw",
            "tree-strips",
            "tree-find",
            "tree-input",
            "tree",
            "family",
            "contest",
            "compare",
            "main");

    private static final String NPM = "/META-INF/resources/webjars/";
    private static final Map<String, String> VERSIONS = Map.ofEntries(
            Map.entry("d3-array", "3.2.4"),
            Map.entry("d3-color", "3.1.0"),
            Map.entry("d3-dispatch", "3.0.1"),
            Map.entry("d3-drag", "3.0.0"),
            Map.entry("d3-ease", "3.0.1"),
            Map.entry("d3-format", "3.1.0"),
            Map.entry("d3-interpolate", "3.0.1"),
            Map.entry("d3-path", "3.1.0"),
            Map.entry("d3-scale", "4.0.2"),
            Map.entry("d3-selection", "3.0.0"),
            Map.entry("d3-shape", "3.2.0"),
            Map.entry("d3-time", "3.1.0"),
            Map.entry("d3-time-format", "4.1.0"),
            Map.entry("d3-timer", "3.0.1"),
            Map.entry("d3-transition", "3.0.1"),
            Map.entry("d3-zoom", "3.0.0"),
            Map.entry("uPlot", "1.6.30"));

    private static final Map<String, String> PLACES = places();

    private Assets() {}

    private static Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("index.html", "index.html");
        places.put("style.css", "style.css");
        places.put("tree.css", "tree.css");
        MODULES.forEach(module -> places.put(module + ".js", module + ".js"));
        for (String library : LIBRARIES) {
            String dist = NPM + library.toLowerCase(Locale.ROOT) + "/" + VERSIONS.get(library) + "/dist/";
            places.put(
                    "lib/" + library + ".js",
                    dist + (library.equals("uPlot") ? "uPlot.iife.min" : library + ".min") + ".js");
        }
        places.put("lib/uPlot.css", NPM + "uplot/" + VERSIONS.get("uPlot") + "/dist/uPlot.min.css");
        return places;
    }

    /** Returns the names of all files. */
    public static Iterable<String> names() {
        return PLACES.keySet();
    }

    /** Returns the bytes of a file; empty when there is none of that name. */
    public static Optional<byte[]> bytes(String name) {
        String place = PLACES.get(name);
        if (place == null) {
            return Optional.empty();
        }
        try (InputStream in = Assets.class.getResourceAsStream(place)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns a file as text.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static String text(String name) {
        return new String(
                bytes(name).orElseThrow(() -> new IllegalArgumentException("there is no " + name)),
                StandardCharsets.UTF_8);
    }

    /** Returns the media type of a file by the end of its name. */
    public static String type(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            default -> "text/javascript; charset=utf-8";
        };
    }
}
