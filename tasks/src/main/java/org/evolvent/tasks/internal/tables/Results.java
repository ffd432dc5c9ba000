package org.evolvent.tasks.internal.tables;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ObjIntConsumer;

/** Makes the tables of {@code tasks/RESULTS.md}, several at the same time; each is the same for the same number of seeds. */
public final class Results {
    /** Below this line of the file are the tables, and above it the words. */
    static final String MARK = "<!-- tables -->";

    private Results() {}

    /**
     * Makes tables.
     *
     * @param arguments the number of seeds, at least 1; then a file ending in {@code .md}, whose tables are replaced, or names of tables to
     *     print (all when there are none)
     */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        int seeds = Integer.parseInt(arguments[0]);
        List<String> rest = List.of(arguments).subList(1, arguments.length);
        Map<String, ObjIntConsumer<PrintStream>> tables = tables();
        if (rest.size() == 1 && rest.get(0).endsWith(".md")) {
            Path file = Path.of(rest.get(0));
            Files.writeString(file, replaced(Files.readString(file), made(tables, seeds)));
            return;
        }
        if (!rest.isEmpty()) {
            if (!tables.keySet().containsAll(rest)) {
                throw new IllegalArgumentException(
                        "The tables are %s but must be some of %s".formatted(rest, tables.keySet()));
            }
            tables.keySet().retainAll(rest);
        }
        System.out.print(made(tables, seeds));
    }

    /** Returns all tables by name, in their order. */
    static Map<String, ObjIntConsumer<PrintStream>> tables() {
        Map<String, ObjIntConsumer<PrintStream>> tables = new LinkedHashMap<>(Scoreboard.tables());
        tables.putAll(Reproductions.tables());
        tables.put("donors", CopyingTable::donors);
        tables.put("false-exploits", CopyingTable::falseExploits);
        tables.put("modes", (out, seeds) -> ModesTable.print(out, (3 * seeds + 9) / 10));
        tables.put("defaults", (out, seeds) -> DefaultsTable.print(out, (3 * seeds + 9) / 10));
        return tables;
    }

    /** Returns a text with other tables below its mark. */
    static String replaced(String text, String tables) {
        int mark = text.indexOf(MARK);
        if (mark < 0) {
            throw new IllegalArgumentException("There is no line '%s' below which the tables are".formatted(MARK));
        }
        return text.substring(0, mark) + MARK + "\n" + tables;
    }

    private static String made(Map<String, ObjIntConsumer<PrintStream>> tables, int seeds)
            throws InterruptedException, ExecutionException {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<String>> parts = new ArrayList<>();
            tables.forEach((name, table) -> parts.add(threads.submit(() -> {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
                    table.accept(out, seeds);
                }
                System.err.println("made: " + name);
                return bytes.toString(StandardCharsets.UTF_8);
            })));
            StringBuilder all = new StringBuilder();
            for (Future<String> part : parts) {
                all.append(part.get());
            }
            return all.toString();
        } finally {
            threads.shutdownNow();
        }
    }
}
