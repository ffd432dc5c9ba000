package org.evolvent.views.internal.export;

import java.nio.file.Path;
import java.util.Map;
import org.evolvent.core.population.Member;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.store.internal.run.RunDirectory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes each table to a file with an object in each line. */
final class JsonLines extends Tables implements Export {
    private final TextFiles files;
    private long number;

    JsonLines(Path directory) {
        files = new TextFiles(directory);
    }

    @Override
    void row(String table, Map<String, @Nullable Object> row) {
        files.write(table + ".jsonl", JsonMapper.shared().writeValueAsString(row) + "\n");
    }

    @Override
    public void add(Event event) {
        rows(++number, event);
    }

    @Override
    public void flush() {
        files.flush();
    }

    @Override
    public void finish(RunDirectory run, StudyState state) {
        boolean isDriven = RunDirectory.driver(run.path()).isPresent();
        for (Member member : state.population()) {
            row("members", Rows.member(state, member, isDriven));
        }
        files.close();
    }
}
