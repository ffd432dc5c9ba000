package org.evolvent.ui.internal.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.evolvent.core.space.Parameter;
import org.evolvent.runtime.EvolventException;
import org.evolvent.ui.internal.page.Page;
import org.evolvent.ui.internal.run.Query;
import org.evolvent.ui.internal.run.ShownRun;
import org.evolvent.ui.internal.run.Views;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Reading;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/**
 * The page of one run as a file that needs no server and no network: the same views, with what they show in the file itself. What is
 * computed for whoever zooms in, and for a point of a tree that is too large, is left to the server's page.
 */
public final class Report {
    private static final List<String> VIEWS =
            List.of("overview", "schedules", "population", "slots", "tree", "map", "ancestors");

    private static final String MOST_DECISIONS = "1000";

    /** So many members have a page of their own in a report, and so many intervals say more when they are pointed at. */
    private static final int MOST_MEMBERS = 128;

    private static final int MOST_NODES = 5000;

    private Report() {}

    /**
     * Writes a report; a file that is there is replaced as a whole.
     *
     * @param run the run directory
     * @param directory the same as people name it
     * @param reading is told how far its log has been read
     * @throws EvolventException when there is no run, its log is damaged, or the file cannot be written
     */
    public static void write(Path run, String directory, Path file, Reading reading) {
        String page;
        try (ShownRun shown = new ShownRun(name(run), directory, run)) {
            shown.readWhole(reading);
            page = of(shown);
        }
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            Files.writeString(fresh, page, StandardOpenOption.CREATE_NEW);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EvolventException("The report %s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static String name(Path run) {
        Path last = run.toAbsolutePath().normalize().getFileName();
        return last == null ? "run" : last.toString();
    }

    /** Returns a run as one page of HTML. */
    static String of(ShownRun run) {
        Map<String, Object> documents = new LinkedHashMap<>();
        VIEWS.forEach(view -> add(documents, run, view, Map.of()));
        add(documents, run, "decisions", Map.of("most", MOST_DECISIONS));
        History history = run.source().history();
        for (String colour : colours(history)) {
            add(documents, run, "tree", Map.of("colour", colour));
            add(documents, run, "map", Map.of("colour", colour));
        }
        int members = Math.min(MOST_MEMBERS, history.state().population().size());
        for (int member = 0; member < members; member++) {
            add(documents, run, "member", Map.of("index", Integer.toString(member)));
        }
        int nodes = history.intervals().size();
        for (int node = 0; node < nodes && nodes <= MOST_NODES; node++) {
            add(documents, run, "node", Map.of("index", Integer.toString(node)));
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("runs", List.of(run.line()));
        data.put("documents", documents);
        return Page.report(packed(JsonMapper.shared().writeValueAsBytes(data)));
    }

    private static List<String> colours(History history) {
        return Stream.concat(
                        Stream.of("standing", "score"),
                        history.study().space().parameters().stream().map(Parameter::name))
                .toList();
    }

    private static void add(Map<String, Object> documents, ShownRun run, String view, Map<String, String> options) {
        Optional<byte[]> json = Views.json(run, view, new Query(options));
        String name = options.entrySet().stream()
                .filter(option -> !option.getKey().equals("most"))
                .map(option -> "?" + option.getKey() + "=" + option.getValue())
                .findFirst()
                .orElse("");
        json.ifPresent(bytes -> documents.put(view + name, new RawValue(new String(bytes, StandardCharsets.UTF_8))));
    }

    private static String packed(byte[] json) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }
}
